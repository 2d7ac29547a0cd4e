"""Choosing the role to act in."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from sreda.access.actions import switch_role
from sreda.access.actor import Request
from sreda.access.middleware import without_role
from sreda.foundation import clock
from sreda.ui.pages import redirect


@without_role
@require_POST
def switch(request: Request, uid: UUID) -> HttpResponse:
    """Act in another role, then go to its first page."""
    switch_role(actor=request.actor, grant_uid=uid, now=clock.now())
    return redirect(request, reverse("portal:home"))
