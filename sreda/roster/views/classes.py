"""A class: its page, and what is printed for it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sreda.access.facade import Request
from sreda.foundation import clock
from sreda.foundation.errors import NotFound
from sreda.roster.actions.sign_in import print_cards, print_codes
from sreda.roster.calculations.printed import PrintedCards, PrintedCodes
from sreda.roster.forms import chosen_uids
from sreda.roster.queries.classes import class_page
from sreda.roster.queries.sheets import cards_sheet, codes_sheet, open_class_to_manage
from sreda.ui.pages import render


@require_GET
def school_class(request: Request, uid: UUID) -> HttpResponse:
    """Show a class with its pupils and their guardians."""
    page = class_page(actor=request.actor, uid=uid, today=clock.today(), now=clock.now())
    return render(request, "roster/class.html", {"page": page})


@require_http_methods(["GET", "POST"])
def cards(request: Request, uid: UUID) -> HttpResponse:
    """Choose pupils; print their cards and the sheet of PINs."""
    today, now = clock.today(), clock.now()
    opened = open_class_to_manage(actor=request.actor, uid=uid, today=today)
    people = _chosen(request)
    if people:
        printed = print_cards(actor=request.actor, school_class=opened, pupils=people, now=now)
        return _cards(request, uid, printed)
    sheet = cards_sheet(actor=request.actor, school_class=opened, today=today, now=now)
    return _choose(request, "roster/choose_cards.html", {"sheet": sheet})


@require_http_methods(["GET", "POST"])
def codes(request: Request, uid: UUID) -> HttpResponse:
    """Choose guardians; print their one-time codes."""
    today, now = clock.today(), clock.now()
    opened = open_class_to_manage(actor=request.actor, uid=uid, today=today)
    people = _chosen(request)
    if people:
        printed = print_codes(actor=request.actor, school_class=opened, people=people, now=now)
        return _codes(request, uid, printed)
    sheet = codes_sheet(actor=request.actor, school_class=opened, today=today, now=now)
    return _choose(request, "roster/choose_codes.html", {"sheet": sheet})


def _chosen(request: Request) -> list[UUID]:
    """Return the uids that a POST names."""
    if request.method != "POST":
        return []
    uids = chosen_uids(request.POST, "person")
    if uids is None:
        raise NotFound
    return uids


def _choose(request: Request, template: str, context: dict[str, object]) -> HttpResponse:
    """Show the choice: all of those who need it, or only the one that the address names."""
    only = request.GET.get("only", "")
    nobody = _("Отметьте хотя бы одного человека") if request.method == "POST" else ""
    context |= {"only": only, "nobody": nobody}
    return render(request, template, context, status=422 if nobody else 200)


def _cards(request: Request, uid: UUID, printed: PrintedCards) -> HttpResponse:
    cards = [
        (card, request.build_absolute_uri(reverse("accounts:card", args=[card.secret])))
        for card in printed.cards
    ]
    context = {"printed": printed, "cards": cards, "back": _class_url(uid)}
    return _once(render(request, "roster/print_cards.html", context))


def _codes(request: Request, uid: UUID, printed: PrintedCodes) -> HttpResponse:
    address = request.build_absolute_uri(reverse("accounts:code"))
    context = {"printed": printed, "address": address, "back": _class_url(uid)}
    return _once(render(request, "roster/print_codes.html", context))


def _class_url(uid: UUID) -> str:
    return reverse("roster:school_class", args=[uid])


def _once(response: HttpResponse) -> HttpResponse:
    """Secrets stand on this page: nothing on the way keeps it."""
    response.headers["Cache-Control"] = "no-store"
    return response
