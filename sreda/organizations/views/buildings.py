"""Adding, changing, closing and reopening buildings."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sreda.access.facade import Request
from sreda.foundation import clock
from sreda.foundation.errors import require
from sreda.foundation.ids import new_uid
from sreda.organizations.actions.buildings import (
    add_building,
    change_building,
    close_building,
    reopen_building,
)
from sreda.organizations.forms import BuildingForm
from sreda.organizations.models import Organization
from sreda.organizations.policies import can_edit_passport
from sreda.organizations.queries.card import card_head
from sreda.organizations.queries.finding import open_building, open_organization
from sreda.organizations.queries.values import building_stamp
from sreda.organizations.views.attempts import attempt, meanwhile
from sreda.ui.pages import redirect, render, toast


@require_http_methods(["GET", "POST"])
def new(request: Request, uid: UUID) -> HttpResponse:
    """Add a building."""
    actor = request.actor
    organization = open_organization(actor=actor, uid=uid)
    _require_keeper(request, organization)
    data = request.POST if request.method == "POST" else None
    form = BuildingForm(data, initial={"uid": new_uid()})
    if request.method == "POST" and form.is_valid():
        values, now = form.changes(), clock.now()
        building_uid = form.cleaned_data["uid"] or new_uid()
        done = attempt(
            form,
            lambda: add_building(
                actor=actor, organization=organization, uid=building_uid, values=values, now=now
            ),
        )
        if done:
            toast(request, _("Здание добавлено"))
            return _to_buildings(request, uid)
    context = {"form": form, "head": card_head(actor=actor, organization=organization)}
    status = 422 if form.errors else 200
    return render(request, "organizations/building_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: UUID, building_uid: UUID) -> HttpResponse:
    """Change a building."""
    actor = request.actor
    building = open_building(actor=actor, organization_uid=uid, uid=building_uid)
    _require_keeper(request, building.organization)
    data = request.POST if request.method == "POST" else None
    initial = {**BuildingForm.initial_of(building), "seen": building_stamp(building)}
    form = BuildingForm(data, initial=initial)
    if request.method == "POST" and form.is_valid():
        changes, seen, now = form.changes(), form.cleaned_data["seen"], clock.now()
        done = attempt(
            form,
            lambda: change_building(
                actor=actor, building=building, changes=changes, seen=seen, now=now
            ),
        )
        if done:
            toast(request, _("Здание сохранено"))
            return _to_buildings(request, uid)
    context = {
        "form": form,
        "building_uid": building.uid,
        "is_closed": building.closed_at is not None,
        "meanwhile": meanwhile(form),
        "head": card_head(actor=actor, organization=building.organization),
    }
    status = 422 if form.errors else 200
    return render(request, "organizations/building_edit.html", context, status=status)


@require_POST
def close(request: Request, uid: UUID, building_uid: UUID) -> HttpResponse:
    """Say that a building is no longer used."""
    building = open_building(actor=request.actor, organization_uid=uid, uid=building_uid)
    close_building(actor=request.actor, building=building, now=clock.now())
    undo = reverse("organizations:building_reopen", args=[uid, building_uid])
    toast(request, _("Здание закрыто"), undo)
    return _to_buildings(request, uid)


@require_POST
def reopen(request: Request, uid: UUID, building_uid: UUID) -> HttpResponse:
    """Say that a closed building is used again."""
    building = open_building(actor=request.actor, organization_uid=uid, uid=building_uid)
    reopen_building(actor=request.actor, building=building, now=clock.now())
    toast(request, _("Здание снова открыто"))
    return _to_buildings(request, uid)


def _require_keeper(request: Request, organization: Organization) -> None:
    require(
        can_edit_passport(request.actor, organization),
        _("Здания правят администратор и директор организации, муниципалитет и министерство"),
    )


def _to_buildings(request: Request, uid: UUID) -> HttpResponse:
    return redirect(request, reverse("organizations:buildings", args=[uid]))
