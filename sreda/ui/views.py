"""The appearance page and the two pages that show the parts themselves."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sreda.ui import samples
from sreda.ui.appearance import appearance_of, changed, keep
from sreda.ui.forms import AppearanceForm
from sreda.ui.pages import is_htmx, redirect, render, toast


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Show how pages may look, or keep the choice: the whole form or one button's value."""
    if request.method != "POST":
        form = AppearanceForm.of(appearance_of(request))
        return render(request, "ui/appearance.html", {"form": form, "next": _next(request)})
    if "whole" not in request.POST:
        return _keep_one(request)
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "next": _next(request)}
        return render(request, "ui/appearance.html", context, status=422)
    toast(request, _("Внешний вид сохранён"))
    response = redirect(request, _next(request))
    keep(request, response, changed(appearance_of(request), form.wanted()))
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part in every state."""
    return render(request, "ui/gallery.html", samples.gallery())


@require_safe
def states(request: HttpRequest) -> HttpResponse:
    """Show the empty pages, the refusals and the failures."""
    return render(request, "ui/states.html")


def _keep_one(request: HttpRequest) -> HttpResponse:
    """Keep the value of the button that was pressed and stay on the page."""
    look = changed(appearance_of(request), request.POST.dict())
    if not is_htmx(request):
        response = redirect(request, _next(request))
        keep(request, response, look)
        return response
    request.appearance = look  # type: ignore[attr-defined]  # the fragment shows the new choice
    response = render(request, "ui/_appearance_quick.html", {"next": _next(request)})
    keep(request, response, look)
    trigger = {"appearance": {"theme": look.theme, "vision": look.vision}}
    response.headers["HX-Trigger"] = json.dumps(trigger)
    return response


def _next(request: HttpRequest) -> str:
    """Return where to go on to: an address of this installation only."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if allowed else "/"
