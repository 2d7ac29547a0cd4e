"""The journal of what was done: a page of it, and the rows of the table to take away."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.accounts.facade import account_ids_of
from sreda.audit.facade import EventRow, events_page
from sreda.foundation.errors import require
from sreda.foundation.paging import Page
from sreda.foundation.words import fold, moment_words
from sreda.foundation.workbooks import workbook
from sreda.portal.policies import can_read_trail, may_see_names, names_open, visible_trail
from sreda.portal.queries.change_words import NO_NAMES, Change, KnownNames, change_words, names_in
from sreda.portal.queries.event_words import event_words, role_words
from sreda.roster.facade import visible_persons

LONGEST_TABLE = 20_000
FOUND_BY_NAME = 200
WIDTHS = (18, 40, 28, 24, 32, 60)


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which events: the beginning of their name, who did them (by name), the days inclusive."""

    group: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One event in words. ``who`` is empty where names do not open."""

    at: datetime
    what: str
    who: str
    role: str
    place: str
    place_uid: UUID | None
    changes: tuple[Change, ...]


def trail_page(
    actor: Actor, *, wanted: TrailFilter, number: int, today: date, size: int = 50
) -> Page[TrailRow]:
    """Return events of the actor's line, newest first. Cost: 2 to 7 queries.

    :raises Forbidden: to those who may not read the journal.
    """
    require(can_read_trail(actor), _("Журнал действий открыт администратору школы и оператору"))
    page = events_page(
        within=visible_trail(actor),
        number=number,
        event=wanted.group,
        account_ids=_accounts(actor, wanted.person, today=today),
        since=wanted.since,
        until=wanted.until,
        size=size,
    )
    names = names_in(page.rows, place_id=actor.scope_id) if may_see_names(actor) else NO_NAMES
    return Page(
        rows=tuple(_row(row, names) for row in page.rows),
        number=page.number,
        pages=page.pages,
        total=page.total,
        size=page.size,
    )


def _accounts(actor: Actor, person: str, *, today: date) -> list[int] | None:
    """Return the accounts of people found by a name; None when nobody was asked for."""
    if not person or not may_see_names(actor):
        return None
    people = visible_persons(actor, today=today)
    for word in fold(person).split():
        people = people.filter(search_name__contains=word)
    return list(account_ids_of(people.values_list("pk", flat=True)[:FOUND_BY_NAME]).values())


def _row(row: EventRow, names: KnownNames) -> TrailRow:
    return TrailRow(
        at=row.at,
        what=event_words(row.event),
        who=_who(row, names),
        role=role_words(row.role_code),
        place=row.organization_name,
        place_uid=row.organization_uid,
        changes=change_words(row.target_type, row.change, names),
    )


def _who(row: EventRow, names: KnownNames) -> str:
    if row.account_id is None:
        return _("Среда")
    return names.accounts.get(row.account_id, "") if names_open(row.role_code) else ""


def trail_table(actor: Actor, *, wanted: TrailFilter, today: date) -> bytes:
    """Return the newest 20,000 events under the conditions as an XLSX. Cost: 2 to 7 queries.

    :raises Forbidden: to those who may not read the journal.
    """
    page = trail_page(actor, wanted=wanted, number=1, today=today, size=LONGEST_TABLE)
    heads = (_("Когда"), _("Что"), _("Кто"), _("Роль"), _("Где"), _("Что изменилось"))
    return workbook(
        sheet=_("Журнал действий"),
        headers=heads,
        widths=WIDTHS,
        rows=(
            (
                moment_words(row.at),
                row.what,
                row.who,
                row.role,
                row.place,
                "; ".join(f"{one.field}: {one.old} → {one.new}" for one in row.changes),
            )
            for row in page.rows
        ),
    )
