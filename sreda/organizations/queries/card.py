"""The card of one organization: passport, buildings, what stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sreda.access.facade import Actor
from sreda.foundation.prepared import Prepared
from sreda.foundation.words import short_date
from sreda.organizations.calculations.words import yes_or_no
from sreda.organizations.models import (
    Building,
    Condition,
    Kind,
    Locality,
    Organization,
    Status,
)
from sreda.organizations.policies import (
    can_edit_passport,
    can_edit_registration,
    can_list_register,
    can_read_history,
    can_see_people,
)
from sreda.organizations.queries.counting import KindCount, count_by_kind
from sreda.organizations.queries.register import STATUS_TONES

_ANY_ORGANIZATION = 8_888_777_766_665_556
WITH_SOMETHING_BELOW = (Kind.REGION, Kind.MUNICIPALITY, Kind.AUTHORITY)
CONDITION_TONES = {
    Condition.REPAIR_PLANNED.value: "accent",
    Condition.REPAIR_NEEDED.value: "warn",
    Condition.UNDER_REPAIR.value: "accent",
    Condition.EMERGENCY.value: "bad",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What every page of an organization begins with; ``may_*`` decides about its links."""

    uid: UUID
    name: str
    lead: str
    phone: str
    site: str
    municipality: str
    municipality_uid: UUID | None
    is_municipality: bool
    status: str
    status_tone: str
    is_sample: bool
    may_list: bool
    may_edit: bool
    may_change_status: bool
    may_read_history: bool
    may_see_people: bool


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """A building; codes are words, ``tone`` is set where the state wants attention, ``locality``
    where it is not the organization's own.
    """

    uid: UUID
    name: str
    address: str
    locality: str
    built_year: int | None
    classrooms: int | None
    accessibility: str
    condition: str
    tone: str
    note: str
    closed_on: str


@dataclass(frozen=True, slots=True)
class Stat:
    """One number of the card."""

    label: str
    value: int
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The overview of an organization. ``below`` is filled for a region, a municipality and an
    authority, and ``below_municipality`` narrows the list that its links lead to.
    """

    head: Head
    facts: tuple[tuple[str, str], ...]
    stats: tuple[Stat, ...]
    buildings: tuple[BuildingRow, ...]
    below: tuple[KindCount, ...]
    below_municipality: UUID | None
    updated_at: datetime


def organization_card(*, actor: Actor, organization: Organization) -> Card:
    """Return the card of an opened organization. Cost: 1 query, 2 with something below it."""
    buildings = building_rows(organization)
    has_below = organization.kind in WITH_SOMETHING_BELOW and can_list_register(actor)
    return Card(
        head=card_head(actor=actor, organization=organization),
        facts=_facts(organization),
        stats=_stats([row for row in buildings if not row.closed_on]),
        buildings=buildings,
        below=count_by_kind(actor=actor, below=organization) if has_below else (),
        below_municipality=_below_municipality(organization),
        updated_at=organization.updated_at,
    )


def card_head(*, actor: Actor, organization: Organization) -> Head:
    """Return what stands above every page of an opened organization. Asks nothing."""
    municipality = organization.municipality
    sees_municipality = municipality is not None and actor.covers(municipality)
    return Head(
        uid=organization.uid,
        name=organization.name,
        lead=_lead(organization),
        phone=organization.phone,
        # An address of another scheme may come from nowhere but a mistake: it is not linked.
        site=organization.site if organization.site.startswith(("http://", "https://")) else "",
        municipality=municipality.name if municipality and sees_municipality else "",
        municipality_uid=municipality.uid if municipality and sees_municipality else None,
        is_municipality=organization.kind == Kind.MUNICIPALITY,
        status=str(Status(organization.status).label),
        status_tone=STATUS_TONES.get(organization.status, ""),
        is_sample=organization.is_sample,
        may_list=can_list_register(actor),
        may_edit=can_edit_passport(actor, organization),
        may_change_status=can_edit_registration(actor, organization)
        and organization.kind != Kind.REGION,
        may_read_history=can_read_history(actor, organization),
        may_see_people=can_see_people(actor, organization),
    )


def building_rows(organization: Organization) -> tuple[BuildingRow, ...]:
    """Return the buildings, those in use first, then in the order they were added.

    Cost: 1 query.
    """
    rows = [_Kept(*row) for row in _BUILDINGS.rows(organization=organization.pk)]
    in_order = sorted(rows, key=lambda row: (row.closed_at is not None, row.id))
    return tuple(_building_row(row, organization) for row in in_order)


class _Kept(NamedTuple):
    """A building as it is kept."""

    id: int
    uid: UUID
    name: str
    address: str
    locality: str
    built_year: int | None
    classrooms: int | None
    accessibility: str
    condition: str
    note: str
    closed_at: datetime | None


def _buildings() -> tuple["QuerySet[Any, Any]", dict[str, int]]:
    found = Building.objects.filter(organization_id=_ANY_ORGANIZATION)
    return found.values_list(*_Kept._fields), {"organization": _ANY_ORGANIZATION}


_BUILDINGS = Prepared(_buildings)


def _building_row(building: _Kept, organization: Organization) -> BuildingRow:
    stands_elsewhere = building.locality not in ("", organization.locality)
    return BuildingRow(
        uid=building.uid,
        name=building.name,
        address=building.address,
        locality=str(Locality(building.locality).label) if stands_elsewhere else "",
        built_year=building.built_year,
        classrooms=building.classrooms,
        accessibility=building.accessibility,
        condition=str(Condition(building.condition).label),
        tone=CONDITION_TONES.get(building.condition, ""),
        note=building.note,
        closed_on=short_date(localtime(building.closed_at)) if building.closed_at else "",
    )


def _lead(organization: Organization) -> str:
    place = ", ".join(part for part in (organization.full_name, organization.address) if part)
    sentences = [place] if place else []
    if organization.head_name:
        post = organization.head_post or _("руководитель")
        head = _("%(post)s — %(name)s") % {"post": post, "name": organization.head_name}
        sentences.append(head[:1].upper() + head[1:])
    return ". ".join(sentences)


def _facts(organization: Organization) -> tuple[tuple[str, str], ...]:
    place = organization.municipality or organization.region
    pairs = (
        (_("Вид"), str(Kind(organization.kind).label)),
        (_("Где"), place.name if place else ""),
        (_("Местность"), str(organization.get_locality_display()) if organization.locality else ""),
        (_("Адрес"), organization.address),
        (_("ИНН"), organization.inn),
        (_("ОГРН"), organization.ogrn),
        (_("КПП"), organization.kpp),
        (_("ОКТМО"), organization.oktmo),
        (_("Руководитель"), organization.head_name),
        (_("Должность"), organization.head_post),
        (_("Телефон"), organization.phone),
        (_("Почта"), organization.email),
        (_("Сайт"), organization.site),
        (_("Состояние"), str(Status(organization.status).label)),
    )
    return tuple(pair for pair in pairs if pair[1])


def _stats(buildings: Sequence[BuildingRow]) -> tuple[Stat, ...]:
    if not buildings:
        return ()
    troubled = sum(row.tone in {"warn", "bad"} for row in buildings)
    note = ""
    if troubled:
        note = ngettext("%(num)s требует ремонта", "%(num)s требуют ремонта", troubled) % {
            "num": troubled
        }
    stats = [Stat(_("Здания"), len(buildings), note, "warn" if troubled else "")]
    counted = [row.classrooms for row in buildings if row.classrooms is not None]
    if counted:
        stats.append(Stat(_("Кабинеты"), sum(counted), _in_buildings(len(counted))))
    reachable = sum(_is_reachable(row) for row in buildings)
    stats.append(Stat(_("С доступной средой"), reachable, _of_buildings(len(buildings))))
    years = [row.built_year for row in buildings if row.built_year is not None]
    if years:
        stats.append(Stat(_("Старшее здание"), min(years), _("год постройки")))
    return tuple(stats)


def _is_reachable(row: BuildingRow) -> bool:
    return bool(row.accessibility) and yes_or_no(row.accessibility) is not False


def _in_buildings(number: int) -> str:
    return ngettext("в %(num)s здании", "в %(num)s зданиях", number) % {"num": number}


def _of_buildings(number: int) -> str:
    return ngettext("из %(num)s здания", "из %(num)s зданий", number) % {"num": number}


def _below_municipality(organization: Organization) -> UUID | None:
    if organization.kind == Kind.MUNICIPALITY:
        return organization.uid
    municipality = organization.municipality
    return municipality.uid if municipality else None
