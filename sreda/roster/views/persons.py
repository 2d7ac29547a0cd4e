"""One person: the page, the ways in, the posts."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sreda.access.facade import Request
from sreda.foundation import clock
from sreda.foundation.errors import DomainError
from sreda.people.facade import Person
from sreda.roster.actions.hiring import add_post_to
from sreda.roster.actions.posts import end_post
from sreda.roster.actions.sign_in import issue_code, reset_person, revoke_card
from sreda.roster.calculations.printed import CodeSlip, PrintedCodes
from sreda.roster.forms import PostForm
from sreda.roster.queries.choices import more_posts
from sreda.roster.queries.opening import open_person, open_post
from sreda.roster.queries.persons import person_page
from sreda.roster.queries.sheets import person_to_give_code, person_to_manage, post_to_end
from sreda.roster.views.people import wanted_post
from sreda.ui.pages import redirect, render, toast


@require_GET
def person(request: Request, uid: UUID) -> HttpResponse:
    """Show a person."""
    page = person_page(actor=request.actor, uid=uid, today=clock.today(), now=clock.now())
    return render(request, "roster/person.html", {"page": page})


@require_http_methods(["GET", "POST"])
def code(request: Request, uid: UUID) -> HttpResponse:
    """Ask first, then give a one-time code."""
    found = _to_give_code(request, uid)
    if request.method == "GET":
        return render(request, "roster/confirm_code.html", {"person": found})
    slip = issue_code(actor=request.actor, person=found, now=clock.now())
    return _slip(request, uid, slip)


@require_http_methods(["GET", "POST"])
def reset(request: Request, uid: UUID) -> HttpResponse:
    """Ask first, then take the password, the card and the sessions away and give a code."""
    found = _to_give_code(request, uid)
    if request.method == "GET":
        return render(request, "roster/confirm_reset.html", {"person": found})
    slip = reset_person(actor=request.actor, person=found, now=clock.now())
    return _slip(request, uid, slip)


@require_http_methods(["GET", "POST"])
def card_end(request: Request, uid: UUID) -> HttpResponse:
    """Ask first, then end a pupil's card."""
    found = person_to_manage(actor=request.actor, uid=uid, today=clock.today())
    if request.method == "GET":
        return render(request, "roster/confirm_card_end.html", {"person": found})
    revoke_card(actor=request.actor, person=found, now=clock.now())
    toast(request, _("Карточка отозвана"))
    return redirect(request, reverse("roster:person", args=[uid]))


@require_http_methods(["GET", "POST"])
def post_new(request: Request, uid: UUID) -> HttpResponse:
    """Add one more post to a colleague."""
    found = open_person(actor=request.actor, uid=uid, today=clock.today())
    choices = more_posts(actor=request.actor, person=found, today=clock.today())
    data = request.POST if request.method == "POST" else None
    form = PostForm(data, roles=choices.roles, classes=choices.classes)
    if form.is_bound and form.is_valid():
        try:
            add_post_to(
                actor=request.actor,
                person=found,
                organization=choices.organization,
                wanted=wanted_post(form, choices),
                now=clock.now(),
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            toast(request, _("Должность добавлена"))
            return redirect(request, reverse("roster:person", args=[uid]))
    context = {"form": form, "person": found, "organization": choices.organization}
    return render(request, "roster/post_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def post_end(request: Request, uid: UUID) -> HttpResponse:
    """Ask first, then end a post: its role is out on the next request."""
    if request.method == "GET":
        ending = post_to_end(actor=request.actor, uid=uid, today=clock.today())
        return render(request, "roster/confirm_post_end.html", {"ending": ending})
    post = open_post(actor=request.actor, uid=uid, today=clock.today())
    end_post(actor=request.actor, post=post, now=clock.now())
    toast(request, _("Должность снята"))
    return redirect(request, reverse("roster:people", args=[post.organization.uid]))


def _to_give_code(request: Request, uid: UUID) -> Person:
    return person_to_give_code(actor=request.actor, uid=uid, today=clock.today(), now=clock.now())


def _slip(request: Request, uid: UUID, slip: CodeSlip) -> HttpResponse:
    printed = PrintedCodes(
        school_name=request.actor.scope_name, class_name="", slips=(slip,), without=()
    )
    context = {
        "printed": printed,
        "address": request.build_absolute_uri(reverse("accounts:code")),
        "back": reverse("roster:person", args=[uid]),
    }
    response = render(request, "roster/print_codes.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
