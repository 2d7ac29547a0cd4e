"""What was changed in an organization and its buildings, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sreda.access.facade import Actor, Level, Role
from sreda.accounts.facade import account_names
from sreda.audit.facade import EventRow, events_page
from sreda.foundation.paging import Page
from sreda.organizations.models import Building, Organization

EVENTS: Mapping[str, str | Promise] = {
    "organizations.organization.add": gettext_lazy("Организация добавлена"),
    "organizations.organization.change": gettext_lazy("Паспорт изменён"),
    "organizations.organization.status": gettext_lazy("Состояние изменено"),
    "organizations.organization.import_add": gettext_lazy("Добавлена загрузкой реестра"),
    "organizations.organization.import_change": gettext_lazy("Изменена загрузкой реестра"),
    "organizations.building.add": gettext_lazy("Добавлено здание"),
    "organizations.building.change": gettext_lazy("Здание изменено"),
    "organizations.building.close": gettext_lazy("Здание закрыто"),
    "organizations.building.reopen": gettext_lazy("Здание снова открыто"),
    "organizations.academic_year.add": gettext_lazy("Добавлен учебный год"),
}
# What a new row is told by; the rest stands on the card.
FIRST_FIELDS = {
    Organization: ("name", "kind", "municipality", "inn", "ogrn", "address"),
    Building: ("address", "built_year", "classrooms"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what it was and what it became, as the card shows it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One deed. ``building`` is the building's name when it was about one."""

    at: datetime
    title: str
    building: str
    building_uid: UUID | None
    who: str
    changes: tuple[FieldChange, ...]


def event_titles() -> dict[str, str]:
    """Return the events of this context in words, for the audit page."""
    return {event: str(title) for event, title in EVENTS.items()}


def organization_history(
    *, actor: Actor, organization: Organization, number: int = 1, size: int = 25
) -> Page[HistoryRow]:
    """Return what was done to an organization and its buildings, newest first.

    A name stands there only for those who work in the same place as the one who did it; others
    read the role and the place. Cost: 4 queries.
    """
    page = events_page(
        within=Q(organization_id=organization.pk),
        number=number,
        event="organizations.",
        size=size,
    )
    accounts = _known_names(actor, organization, page.rows)
    buildings = _building_names(organization)
    rows = tuple(
        HistoryRow(
            at=event.at,
            title=str(EVENTS.get(event.event, event.event)),
            building=buildings.get(event.target_uid, "") if event.target_uid else "",
            building_uid=event.target_uid if event.target_type == "Building" else None,
            who=_who(organization, event, accounts),
            changes=_changes(event),
        )
        for event in page.rows
    )
    return Page(rows, number=page.number, pages=page.pages, total=page.total, size=page.size)


def _known_names(
    actor: Actor, organization: Organization, events: tuple[EventRow, ...]
) -> dict[int, str]:
    """Return the names that the reader may see, by account id."""
    if actor.holds(Role.OBSERVER) and not actor.is_system:
        return {}
    near = {
        event.account_id
        for event in events
        if event.account_id is not None
        and event.role_code
        and _place_id(organization, event.role_code) == actor.scope_id
    }
    return account_names(near) if near else {}


def _place_id(organization: Organization, role_code: str) -> int | None:
    """Return where somebody acted from who changed the organization in that role."""
    level = Actor(account_id=None, role=Role(role_code)).level
    if level == Level.REGION:
        return organization.region_id or organization.pk
    if level == Level.MUNICIPALITY:
        return organization.municipality_id or organization.pk
    return organization.pk


def _who(organization: Organization, event: EventRow, accounts: Mapping[int, str]) -> str:
    if not event.role_code:
        return _("Среда, без участия человека")
    role = str(Role(event.role_code).label)
    name = accounts.get(event.account_id or 0)
    if name:
        return f"{name}, {role}"
    place_id = _place_id(organization, event.role_code)
    places = (organization, organization.municipality, organization.region)
    place = next((place for place in places if place is not None and place.pk == place_id), None)
    return f"{role}, {place.name}" if place else role


def _building_names(organization: Organization) -> dict[UUID, str]:
    return dict(Building.objects.filter(organization=organization).values_list("uid", "name"))


def _changes(event: EventRow) -> tuple[FieldChange, ...]:
    model = Building if event.target_type == "Building" else Organization
    first = FIRST_FIELDS[model] if event.event.endswith("add") else ()
    return tuple(
        FieldChange(
            label=_label(model, field),
            old=_shown(model, field, old),
            new=_shown(model, field, new),
        )
        for field, (old, new) in _ordered(event.change, first)
    )


def _ordered(
    change: Mapping[str, Any], first: tuple[str, ...]
) -> list[tuple[str, tuple[str, str]]]:
    """Return the pairs of old and new by field: all of them, or just those of ``first``."""
    pairs = {
        field: (str(values[0]), str(values[1]))
        for field, values in change.items()
        if isinstance(values, list) and len(values) == 2
    }
    if first:
        return [(field, pairs[field]) for field in first if field in pairs]
    return sorted(pairs.items())


def _label(model: type[models.Model], field: str) -> str:
    try:
        return str(getattr(model._meta.get_field(field), "verbose_name", field))
    except FieldDoesNotExist:
        return field


def _shown(model: type[models.Model], field: str, value: str) -> str:
    """Return a stored value as the card shows it: codes as words."""
    if field == "is_sample":
        return _("да") if value else _("нет")
    try:
        choices = dict(getattr(model._meta.get_field(field), "flatchoices", []))
    except FieldDoesNotExist:
        return value
    return str(choices.get(value, value))
