"""The people of an organization, and new colleagues."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sreda.access.facade import Request
from sreda.foundation import clock
from sreda.foundation.errors import DomainError
from sreda.foundation.paging import page_number
from sreda.people.facade import Person
from sreda.roster.actions.hiring import FullName, WantedPost, add_colleague
from sreda.roster.forms import ColleagueForm, PostForm, role_code, search_text
from sreda.roster.models import PostRole
from sreda.roster.queries.choices import PostChoices, post_choices
from sreda.roster.queries.people import PeopleFilter, people_page
from sreda.ui.pages import redirect, render, toast


@require_GET
def people(request: Request, uid: UUID) -> HttpResponse:
    """Show who works and learns at an organization."""
    wanted = PeopleFilter(
        text=search_text(request.GET.get("q")),
        role=role_code(request.GET.get("role")),
        number=page_number(request.GET.get("page")),
    )
    page = people_page(
        actor=request.actor, uid=uid, wanted=wanted, today=clock.today(), now=clock.now()
    )
    return render(request, "roster/people.html", {"page": page, "wanted": wanted})


@require_http_methods(["GET", "POST"])
def colleague(request: Request, uid: UUID) -> HttpResponse:
    """Add a new colleague."""
    choices = post_choices(actor=request.actor, uid=uid, today=clock.today())
    data = request.POST if request.method == "POST" else None
    form = ColleagueForm(data, roles=choices.roles, classes=choices.classes)
    if form.is_bound and form.is_valid():
        person = _add(request, form, choices, now=clock.now())
        if person is not None:
            toast(request, _("Сотрудник добавлен. Теперь выдайте код для входа"))
            return redirect(request, reverse("roster:person", args=[person.uid]))
    context = {"form": form, "organization": choices.organization}
    status = 422 if form.errors else 200
    return render(request, "roster/colleague.html", context, status=status)


def _add(
    request: Request, form: ColleagueForm, choices: PostChoices, *, now: datetime
) -> Person | None:
    data = form.cleaned_data
    try:
        return add_colleague(
            actor=request.actor,
            organization=choices.organization,
            name=FullName(data["last_name"], data["first_name"], data["middle_name"]),
            wanted=wanted_post(form, choices),
            is_another=data["is_another"],
            now=now,
        )
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return None


def wanted_post(form: PostForm, choices: PostChoices) -> WantedPost:
    """Return a valid form as actions take it."""
    data = form.cleaned_data
    return WantedPost(
        uid=data["uid"],
        role=PostRole(data["role"]),
        title=data["title"],
        school_class=choices.by_uid.get(form.class_uid) if form.class_uid else None,
    )
