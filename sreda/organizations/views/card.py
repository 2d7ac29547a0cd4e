"""The pages of one organization: overview, buildings, history."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sreda.access.facade import Request
from sreda.foundation.errors import require
from sreda.foundation.paging import page_number
from sreda.organizations.policies import can_read_history
from sreda.organizations.queries.card import building_rows, card_head, organization_card
from sreda.organizations.queries.finding import open_organization
from sreda.organizations.queries.history import organization_history
from sreda.ui.pages import render


@require_safe
def card(request: Request, uid: UUID) -> HttpResponse:
    """Show the overview."""
    organization = open_organization(actor=request.actor, uid=uid)
    shown = organization_card(actor=request.actor, organization=organization)
    context = {"card": shown, "head": shown.head, "tab": "card"}
    return render(request, "organizations/card.html", context)


@require_safe
def buildings(request: Request, uid: UUID) -> HttpResponse:
    """Show the buildings, closed ones too."""
    organization = open_organization(actor=request.actor, uid=uid)
    context = {
        "buildings": building_rows(organization),
        "head": card_head(actor=request.actor, organization=organization),
        "tab": "buildings",
    }
    return render(request, "organizations/buildings.html", context)


@require_safe
def history(request: Request, uid: UUID) -> HttpResponse:
    """Show who changed what and when."""
    actor = request.actor
    organization = open_organization(actor=actor, uid=uid)
    require(
        can_read_history(actor, organization),
        _("Историю видят те, кто здесь работает. Сами сведения открыты на карточке"),
    )
    number = page_number(request.GET.get("page"))
    context = {
        "page": organization_history(actor=actor, organization=organization, number=number),
        "head": card_head(actor=actor, organization=organization),
        "tab": "history",
    }
    return render(request, "organizations/history.html", context)
