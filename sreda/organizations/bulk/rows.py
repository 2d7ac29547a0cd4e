"""Many organizations and buildings at once: the checks of the forms, few statements."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sreda.access.facade import Actor
from sreda.audit.facade import difference, record_many
from sreda.foundation.errors import DomainError
from sreda.imports.facade import Applied
from sreda.organizations.calculations.changes import PASSPORT_FIELDS, REGISTRATION_FIELDS
from sreda.organizations.models import Building, Organization
from sreda.organizations.queries.checking import Remark, building_remarks, organization_remarks
from sreda.organizations.queries.drafting import set_stored_names
from sreda.organizations.queries.import_comparing import Draft, draft_of
from sreda.organizations.queries.values import organization_values

BATCH = 500
# Together with a changed field these follow.
_FOLLOWING = {
    "municipality": ("parent",),
    "name": ("sort_name", "search_name"),
    "full_name": ("search_name",),
    "address": ("search_name",),
}


def add_organizations(rows: Iterable[Organization], *, now: datetime) -> list[Organization]:
    """Fill the stored names and times, judge every row as a form would, and write them.

    The rows' ``region``, ``municipality`` and ``parent`` are saved already. The caller audits.

    :raises DomainError: naming the first row that is wrong. Cost: 1 statement per 500 rows.
    """
    organizations = list(rows)
    for organization in organizations:
        organization.created_at = organization.updated_at = now
        set_stored_names(organization)
        _refuse(organization.name, organization_remarks(organization))
    return Organization.objects.bulk_create(organizations, batch_size=BATCH)


def add_buildings(rows: Iterable[Building], *, now: datetime) -> list[Building]:
    """Judge every building as a form would, and write them. The caller audits.

    :raises DomainError: naming the first row that is wrong. Cost: 1 statement per 500 rows.
    """
    buildings = list(rows)
    for building in buildings:
        _refuse(building.name, building_remarks(building, today=now.date()))
    return Building.objects.bulk_create(buildings, batch_size=BATCH)


def write_drafts(*, actor: Actor, drafts: Sequence[Draft], now: datetime) -> Applied:
    """Write checked rows of a table: new organizations, changes of known ones, their history.

    Rows that change nothing are counted and left alone. The batch is audited by ``imports``.
    """
    new = [draft for draft in drafts if draft.existing_id is None]
    created = _add(actor, [draft.organization for draft in new], now=now)
    changed = _change(actor, [draft for draft in drafts if draft.existing_id is not None], now=now)
    return Applied(created=created, changed=changed, same=len(drafts) - created - changed)


def _add(actor: Actor, organizations: list[Organization], *, now: datetime) -> int:
    for organization in organizations:
        if organization.parent_id is None:
            organization.parent_id = organization.region_id
    saved = add_organizations(organizations, now=now)
    record_many(
        "organizations.organization.import_add",
        actor=actor,
        targets=[(row, difference({}, organization_values(row))) for row in saved],
        at=now,
    )
    return len(saved)


def _change(actor: Actor, drafts: Sequence[Draft], *, now: datetime) -> int:
    """Put the rows' values into the organizations as they are now, locked, in one order."""
    ids = [draft.existing_id for draft in drafts if draft.existing_id is not None]
    locked = Organization.objects.select_for_update(of=("self",)).select_related("municipality")
    rows = {row.pk: row for row in locked.filter(pk__in=ids).order_by("pk")}
    changed: list[tuple[Organization, Mapping[str, list[str]]]] = []
    for draft in drafts:
        # Two rows may speak of one organization, by its ИНН and by its ОГРН.
        row = rows[draft.existing_id or 0]
        wanted = draft_of(draft.read, row)
        what = difference(organization_values(row), organization_values(wanted))
        if what:
            wanted.updated_at = now
            rows[wanted.pk] = wanted
            changed.append((wanted, what))
    if changed:
        fields = _touched({field for _row, what in changed for field in what})
        touched = {row.pk for row, _what in changed}
        Organization.objects.bulk_update([rows[pk] for pk in touched], fields, batch_size=BATCH)
        record_many(
            "organizations.organization.import_change", actor=actor, targets=[*changed], at=now
        )
    return len(changed)


def _touched(changed: set[str]) -> list[str]:
    """Return the columns to write: what changed, what follows from it, and the time."""
    known = {*REGISTRATION_FIELDS, *PASSPORT_FIELDS, "status"}
    following = {name for field in changed for name in _FOLLOWING.get(field, ())}
    return sorted((changed & known) | following | {"updated_at"})


def _refuse(name: str, remarks: Mapping[str, Remark]) -> None:
    for remark in remarks.values():
        raise DomainError(f"{name}: {remark.text} ({remark.found})")
