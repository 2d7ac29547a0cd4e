"""The rows of a chunk beside the register: which are new, which change something, which are
doubtful.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.words import sort_key
from sreda.imports.facade import Checked, Decision, Key, Level, Outcome, Problem, Row
from sreda.organizations.calculations.words import (
    KIND_WORDS,
    LOCALITY_WORDS,
    STATUS_WORDS,
    YES_NO_WORDS,
    written,
)
from sreda.organizations.models import Organization, Status
from sreda.organizations.queries.checking import (
    Remark,
    organization_remarks,
    taken_remark,
    tree_remarks,
)
from sreda.organizations.queries.drafting import put_place, put_values
from sreda.organizations.queries.finding import municipalities
from sreda.organizations.queries.import_reading import ReadRow, read_row
from sreda.organizations.queries.values import organization_values


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as it would be written: the payload that ``check`` hands to ``apply``.

    ``existing_id`` is None for a new organization.
    """

    read: ReadRow
    organization: Organization
    existing_id: int | None


@dataclass(frozen=True, slots=True)
class _Register:
    """What the register knows that a chunk may speak of."""

    municipalities: Mapping[str, Organization]
    by_inn: Mapping[str, Organization]
    by_ogrn: Mapping[str, Organization]
    by_name: Mapping[tuple[str, int | None], tuple[Organization, ...]]


def check_register_rows(actor: Actor, rows: Sequence[Row]) -> list[Checked]:
    """Judge rows of a register's table, at most 1,000, in the order given. Cost: 3 queries."""
    known = {found.name: found for found in municipalities(actor.scope_id)}
    reads = [read_row(row, known) for row in rows]
    register = _register(actor, reads, known)
    return [_checked(actor, read, register) for read in reads]


def draft_of(read: ReadRow, base: Organization) -> Organization:
    """Return a copy of ``base`` with the row's values in it. Writes and asks nothing."""
    draft = copy(base)
    # A copied row would share its loaded relations with the original.
    draft._state = copy(base._state)
    draft._state.fields_cache = dict(base._state.fields_cache)
    if read.gives_place:
        put_place(draft, read.municipality)
    put_values(draft, read.values)
    return draft


def _register(
    actor: Actor, reads: Sequence[ReadRow], known: Mapping[str, Organization]
) -> _Register:
    inns = {str(read.values["inn"]) for read in reads if read.values.get("inn")}
    ogrns = {str(read.values["ogrn"]) for read in reads if read.values.get("ogrn")}
    numbered = Organization.objects.filter(Q(inn__in=inns) | Q(ogrn__in=ogrns))
    found = list(numbered.select_related("municipality"))
    names = {sort_key(str(read.values.get("name", "")))[:500] for read in reads if _is_bare(read)}
    by_name: dict[tuple[str, int | None], tuple[Organization, ...]] = {}
    same_name = Organization.objects.filter(region_id=actor.scope_id, sort_name__in=names)
    for organization in same_name.select_related("municipality").order_by("id"):
        key = (organization.sort_name, organization.municipality_id)
        by_name[key] = (*by_name.get(key, ()), organization)
    return _Register(
        municipalities=known,
        by_inn={row.inn: row for row in found if row.inn},
        by_ogrn={row.ogrn: row for row in found if row.ogrn},
        by_name=by_name,
    )


def _is_bare(read: ReadRow) -> bool:
    """Say whether the row has no number to be known by."""
    return not read.values.get("inn") and not read.values.get("ogrn")


def _checked(actor: Actor, read: ReadRow, register: _Register) -> Checked:
    existing, doubt = _existing(actor, read, register)
    base = existing or Organization(
        region_id=actor.scope_id, municipality=None, kind="", status=Status.ACTIVE
    )
    draft = draft_of(read, base)
    problems = [*read.problems, *doubt, *_remarks(read, draft, base if existing else None)]
    outcome = Outcome.NEW
    if existing is not None:
        is_same = organization_values(draft) == organization_values(existing)
        outcome = Outcome.SAME if is_same else Outcome.CHANGED
    return Checked(
        row=read.row,
        outcome=outcome,
        values=_shown_values(read, draft),
        keys=_keys(read),
        problems=tuple(problems),
        title=draft.name,
        payload=Draft(read, draft, existing.pk if existing else None),
    )


def _existing(
    actor: Actor, read: ReadRow, register: _Register
) -> tuple[Organization | None, tuple[Problem, ...]]:
    """Return the organization that the row speaks of, and what is doubtful about that."""
    by_inn = register.by_inn.get(str(read.values.get("inn", "")))
    by_ogrn = register.by_ogrn.get(str(read.values.get("ogrn", "")))
    for column, label, found in (("inn", _("ИНН"), by_inn), ("ogrn", _("ОГРН"), by_ogrn)):
        if found is not None and not actor.covers(found):
            remark = taken_remark(label, found, actor=actor)
            return None, (_error(column, remark, str(read.values[column])),)
    if by_inn is not None and by_ogrn is not None and by_inn.pk != by_ogrn.pk:
        return None, (_two_owners(by_inn, by_ogrn, str(read.values["ogrn"])),)
    existing = by_inn or by_ogrn
    if existing is not None or not _is_bare(read):
        return existing, ()
    return _namesake(read, register)


def _two_owners(by_inn: Organization, by_ogrn: Organization, ogrn: str) -> Problem:
    text = _("ИНН у организации «%(inn)s», а ОГРН у организации «%(ogrn)s»") % {
        "inn": by_inn.name,
        "ogrn": by_ogrn.name,
    }
    return Problem(Level.ERROR, "ogrn", text, found=ogrn, expected=_("номера одной организации"))


def _namesake(
    read: ReadRow, register: _Register
) -> tuple[Organization | None, tuple[Problem, ...]]:
    """Return the organization of that name in that municipality, for a row without numbers."""
    place = read.municipality.pk if read.municipality else None
    same = register.by_name.get((sort_key(str(read.values.get("name", "")))[:500], place), ())
    for organization in same:
        if organization_values(draft_of(read, organization)) == organization_values(organization):
            return organization, ()
    if not same or read.row.decision is Decision.SEPARATE:
        return None, ()
    if read.row.decision is Decision.UPDATE:
        return same[0], ()
    text = _("Уже есть: %(name)s, ИНН %(inn)s") % {
        "name": same[0].name,
        "inn": same[0].inn or _("не указан"),
    }
    choices = (Decision.UPDATE, Decision.SEPARATE)
    return same[0], (Problem(Level.DOUBLE, None, text, choices=choices),)


def _remarks(
    read: ReadRow, draft: Organization, existing: Organization | None
) -> Iterator[Problem]:
    """Yield what is wrong with the values that the row gives; each column speaks once."""
    remarks = {
        **tree_remarks(draft, was_kind=existing.kind if existing else ""),
        **organization_remarks(draft),
    }
    for column, remark in remarks.items():
        if column in read.row.values and not read.has_error(column):
            yield _error(column, remark, read.row.values[column])


def _error(column: str, remark: Remark, found: str) -> Problem:
    return Problem(
        Level.ERROR,
        column,
        remark.text,
        found=remark.found or found,
        expected=remark.expected,
    )


def _keys(read: ReadRow) -> tuple[Key, ...]:
    """Return what may stand in one row of the file only; a wrong number is no key."""
    keys = []
    for column in ("inn", "ogrn"):
        value = str(read.values.get(column, ""))
        if value:
            keys.append(Key(column, value))
    return tuple(keys)


def _shown_values(read: ReadRow, draft: Organization) -> dict[str, str]:
    """Return the cells as they will be loaded; a cell that means nothing stays as it was.

    In the words of the file, not of the page: they may be read again in another language.
    """
    words = {
        "kind": written(draft.kind, KIND_WORDS),
        "locality": written(draft.locality, LOCALITY_WORDS),
        "status": written(draft.status, STATUS_WORDS),
        "municipality": draft.municipality.name if draft.municipality else "",
        "is_sample": written("1" if draft.is_sample else "", YES_NO_WORDS),
    }
    return {
        column: text
        if read.has_error(column)
        else words.get(column, str(read.values.get(column, text)))
        for column, text in read.row.values.items()
    }
