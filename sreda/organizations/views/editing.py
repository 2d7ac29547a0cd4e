"""Adding an organization, changing its passport and its status."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sreda.access.facade import Request
from sreda.foundation import clock
from sreda.foundation.errors import DomainError, require
from sreda.foundation.ids import new_uid
from sreda.foundation.words import time_words
from sreda.organizations.actions.organizations import (
    add_organization,
    change_organization,
    change_status,
)
from sreda.organizations.forms import OrganizationForm, PassportForm, StatusForm
from sreda.organizations.models import Kind, Organization
from sreda.organizations.policies import (
    can_add_organization,
    can_edit_passport,
    can_edit_registration,
)
from sreda.organizations.queries.card import card_head
from sreda.organizations.queries.finding import (
    kind_choices,
    municipality_choices,
    open_organization,
)
from sreda.organizations.views.attempts import attempt, meanwhile
from sreda.ui.pages import redirect, render, toast


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Add an organization."""
    actor = request.actor
    require(can_add_organization(actor), _("Организации добавляют министерство и оператор"))
    form = OrganizationForm(
        request.POST if request.method == "POST" else None,
        initial={"uid": new_uid(), "kind": Kind.SCHOOL},
        municipalities=municipality_choices(actor.scope_id),
        kinds=kind_choices(),
    )
    if request.method == "POST" and form.is_valid():
        uid = form.cleaned_data["uid"] or new_uid()
        values, now = form.changes(), clock.now()
        if attempt(form, lambda: add_organization(actor=actor, uid=uid, values=values, now=now)):
            toast(request, _("Организация добавлена"))
            return redirect(request, reverse("organizations:card", args=[uid]))
    context = {"form": form, "full": True}
    return render(request, "organizations/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: UUID) -> HttpResponse:
    """Change the passport: contacts only, or everything for those who keep the register."""
    actor = request.actor
    organization = open_organization(actor=actor, uid=uid)
    require(
        can_edit_passport(actor, organization),
        _("Паспорт правят администратор и директор организации, муниципалитет и министерство"),
    )
    form = _passport_form(request, organization)
    if request.method == "POST" and form.is_valid() and _saved(request, organization, form):
        return redirect(request, reverse("organizations:card", args=[uid]))
    context = {
        "form": form,
        "full": isinstance(form, OrganizationForm),
        "meanwhile": meanwhile(form),
        "head": card_head(actor=actor, organization=organization),
    }
    return render(request, "organizations/edit.html", context, status=422 if form.errors else 200)


def _passport_form(request: Request, organization: Organization) -> PassportForm:
    data = request.POST if request.method == "POST" else None
    if not can_edit_registration(request.actor, organization):
        return PassportForm(data, initial=PassportForm.initial_of(organization))
    return OrganizationForm(
        data,
        initial=OrganizationForm.initial_of(organization),
        municipalities=municipality_choices(organization.region_id or organization.pk),
        kinds=kind_choices(organization),
    )


def _saved(request: Request, organization: Organization, form: PassportForm) -> bool:
    seen_at = form.seen_at()
    if seen_at is None:
        raise DomainError(_("Форма пришла неполной. Откройте паспорт снова"))
    now, changes, written = clock.now(), form.changes(), []

    def deed() -> None:
        written.append(
            change_organization(
                actor=request.actor,
                organization=organization,
                changes=changes,
                seen_at=seen_at,
                now=now,
            )
        )

    if not attempt(form, deed):
        return False
    saved = _("Сохранено в %(time)s") % {"time": time_words(now)}
    toast(request, saved if written == [True] else _("Вы ничего не изменили"))
    return True


@require_http_methods(["GET", "POST"])
def status(request: Request, uid: UUID) -> HttpResponse:
    """Close an organization, open it again, suspend it."""
    actor = request.actor
    organization = open_organization(actor=actor, uid=uid)
    require(
        can_edit_registration(actor, organization),
        _("Закрывают и открывают организации министерство и оператор"),
    )
    data = request.POST if request.method == "POST" else None
    form = StatusForm(data, present=organization.status)
    if request.method == "POST" and form.is_valid():
        wanted, now = form.cleaned_data["status"], clock.now()
        row = change_status(actor=actor, organization=organization, status=wanted, now=now)
        toast(request, _("Состояние: %(status)s") % {"status": row.get_status_display()})
        return redirect(request, reverse("organizations:card", args=[uid]))
    context = {"form": form, "head": card_head(actor=actor, organization=organization)}
    return render(request, "organizations/status.html", context, status=422 if form.errors else 200)
