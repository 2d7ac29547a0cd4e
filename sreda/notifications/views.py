"""One's notices."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sreda.access.facade import Request
from sreda.foundation import clock
from sreda.foundation.paging import page_number
from sreda.notifications import actions, queries
from sreda.ui.pages import redirect, render, toast


@require_GET
def notices(request: Request) -> HttpResponse:
    """Show one's notices, the unread first."""
    page = queries.notices_page(actor=request.actor, number=page_number(request.GET.get("page")))
    return render(request, "notifications/notices.html", {"page": page})


@require_http_methods(["GET", "POST"])
def open_one(request: Request, uid: UUID) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    url = actions.read_notice(actor=request.actor, uid=uid, now=clock.now())
    return redirect(request, url or reverse("notifications:list"))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark all notices as read."""
    actions.read_all(actor=request.actor, now=clock.now())
    toast(request, _("Все уведомления прочитаны"))
    return redirect(request, reverse("notifications:list"))
