"""Changing the buildings of an organization."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.audit.facade import difference, record
from sreda.foundation.errors import DomainError, NotFound, require
from sreda.organizations.actions.refusals import refuse_stale_building, refuse_wrong
from sreda.organizations.calculations.changes import BuildingChanges
from sreda.organizations.calculations.words import tidy, tidy_name
from sreda.organizations.models import Building, Organization
from sreda.organizations.policies import can_edit_passport
from sreda.organizations.queries.checking import building_remarks
from sreda.organizations.queries.values import building_stamp, building_values


@transaction.atomic(durable=True)
def add_building(
    *, actor: Actor, organization: Organization, uid: UUID, values: BuildingChanges, now: datetime
) -> Building:
    """Write a new building and return it. The same ``uid`` twice is the same building once.

    :raises WrongValues: naming every field that is wrong.
    """
    _require_keeper(actor, organization)
    known = Building.objects.filter(uid=uid).first()
    if known is not None:
        return _known(known, organization)
    building = Building(uid=uid, organization=organization)
    _set(building, values)
    refuse_wrong(building_remarks(building, today=now.date()))
    building.save()
    _record("add", actor, building, difference({}, building_values(building)), now)
    return building


@transaction.atomic(durable=True)
def change_building(
    *, actor: Actor, building: Building, changes: BuildingChanges, seen: str, now: datetime
) -> bool:
    """Write the changes and say whether there were any. ``seen`` is the ``building_stamp`` that
    the form was filled from.

    :raises WrongValues: naming every field that is wrong.
    :raises ChangedMeanwhile: when the building is not the one that was seen.
    """
    _require_keeper(actor, building.organization)
    row = _lock(building)
    refuse_stale_building(actor=actor, building=row, seen=seen, stamp=building_stamp(row))
    before = building_values(row)
    _set(row, changes)
    changed = difference(before, building_values(row))
    if not changed:
        return False
    refuse_wrong(building_remarks(row, today=now.date()))
    row.save()
    _record("change", actor, row, changed, now)
    return True


@transaction.atomic(durable=True)
def close_building(*, actor: Actor, building: Building, now: datetime) -> None:
    """Say that a building is no longer used; it stays in the register."""
    _require_keeper(actor, building.organization)
    row = _lock(building)
    if row.closed_at is not None:
        raise DomainError(_("Это здание уже закрыто"))
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    _record("close", actor, row, {}, now)


@transaction.atomic(durable=True)
def reopen_building(*, actor: Actor, building: Building, now: datetime) -> None:
    """Say that a closed building is used again."""
    _require_keeper(actor, building.organization)
    row = _lock(building)
    if row.closed_at is None:
        raise DomainError(_("Это здание и так открыто"))
    row.closed_at = None
    row.save(update_fields=["closed_at"])
    _record("reopen", actor, row, {}, now)


def _require_keeper(actor: Actor, organization: Organization) -> None:
    require(
        can_edit_passport(actor, organization),
        _("Здания правят администратор и директор организации, муниципалитет и министерство"),
    )


def _lock(building: Building) -> Building:
    return (
        Building.objects.select_for_update(of=("self",))
        .select_related("organization__municipality", "organization__region")
        .get(pk=building.pk)
    )


def _known(building: Building, organization: Organization) -> Building:
    if building.organization_id != organization.pk:
        raise NotFound
    return building


def _set(building: Building, changes: BuildingChanges) -> None:
    for field, value in changes.items():
        setattr(building, field, _tidied(field, value))


def _tidied(field: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return tidy_name(value) if field == "name" else tidy(value)


def _record(
    verb: str, actor: Actor, building: Building, change: dict[str, list[str]], now: datetime
) -> None:
    record(
        f"organizations.building.{verb}",
        actor=actor,
        target=building,
        organization_id=building.organization_id,
        change=change,
        at=now,
    )
