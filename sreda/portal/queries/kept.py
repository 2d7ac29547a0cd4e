"""«Что о нас хранится»: what every context keeps of one person, with the reason and the term.

The words come from the docstrings of the models, so that they cannot differ from the code.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, Role
from sreda.access.facade import export_person as access_export
from sreda.accounts.facade import account_ids_of
from sreda.accounts.facade import export_person as accounts_export
from sreda.audit.facade import EventRow, export_account, history_of
from sreda.files.facade import export_person as files_export
from sreda.imports.facade import export_person as imports_export
from sreda.notifications.facade import export_person as notifications_export
from sreda.people.facade import export_person as people_export
from sreda.people.facade import full_name
from sreda.portal.calculations.kept_lines import KeptLines, kept_lines
from sreda.portal.queries.event_words import event_words, role_words
from sreda.roster.facade import export_person as roster_export
from sreda.roster.facade import visible_persons

Record = tuple[str, dict[str, str]]
Export = Callable[[int], list[Record]]

EXPORTS: tuple[Export, ...] = (
    people_export,
    roster_export,
    access_export,
    accounts_export,
    notifications_export,
    files_export,
    imports_export,
)
CHANGES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class KeptKind:
    """One kind of record: what, why, how long; ``records`` are the person's own, if any."""

    code: str
    title: str
    lines: KeptLines
    records: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """Everything kept of one person. ``name`` is empty for oneself."""

    name: str
    kinds: tuple[KeptKind, ...]

    @property
    def kept(self) -> tuple[KeptKind, ...]:
        """The kinds of which there are records."""
        return tuple(kind for kind in self.kinds if kind.records)

    @property
    def absent(self) -> tuple[KeptKind, ...]:
        """The kinds of which there is no record."""
        return tuple(kind for kind in self.kinds if not kind.records)


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody changed something of the person's: what, when, in which role, where."""

    at: datetime
    what: str
    role: str
    place: str


@lru_cache(maxsize=1)
def personal_models() -> tuple[tuple[str, Any, KeptLines], ...]:
    """Return (class name, label, lines) of every model that keeps something about people."""
    models = [model for model in apps.get_models() if model.__module__.startswith("sreda.")]
    models.sort(key=lambda model: _place(model._meta.app_label))
    found = ((model, kept_lines(model.__doc__ or "")) for model in models)
    return tuple((m.__name__, m._meta.verbose_name, lines) for m, lines in found if lines)


def _place(context: str) -> int:
    """Return the place on the page: who one is, where, how one signs in, all else."""
    order = [export.__module__.split(".")[1] for export in EXPORTS]
    return order.index(context) if context in order else len(order)


def kept_of(person_id: int, *, account_id: int | None, name: str = "") -> KeptPerson:
    """Return what is kept of a person. Cost: a query or a few per context."""
    return _told(list(_records(person_id, account_id)), name=name)


def _told(records: list[Record], *, name: str = "") -> KeptPerson:
    return KeptPerson(
        name=name,
        kinds=tuple(
            KeptKind(
                code=code,
                title=capfirst(str(label)),
                lines=lines,
                records=tuple(values for model, values in records if model == code),
            )
            for code, label, lines in personal_models()
        ),
    )


def _records(person_id: int, account_id: int | None) -> Iterator[Record]:
    for export in EXPORTS:
        yield from export(person_id)
    if account_id is not None:
        yield from export_account(account_id)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The page: the person's own records, those of their children, and who changed what.

    ``closed`` says in words why there are no records on it, only what is kept and why.
    """

    own: KeptPerson
    children: tuple[KeptPerson, ...] = ()
    touches: tuple[Touch, ...] = ()
    closed: str = ""


def kept_page(actor: Actor, *, today: date) -> KeptPage:
    """Return everything kept of the actor and, for a guardian, of the children they may see.

    A card opens one school, and its PIN is short: whoever came by it reads what is kept and why,
    not the records. Cost: a few queries per context and person; nobody opens it often.
    """
    if actor.by_card:
        return KeptPage(
            own=_told([]),
            closed=_("Вы вошли по карточке. Чтобы увидеть сами записи, войдите с паролем"),
        )
    person_id = actor.person_id or 0
    own = kept_of(person_id, account_id=actor.account_id)
    return KeptPage(own=own, children=_children(actor, today=today), touches=_touches(actor))


def _children(actor: Actor, *, today: date) -> tuple[KeptPerson, ...]:
    if not actor.holds(Role.GUARDIAN):
        return ()
    children = visible_persons(actor, today=today).exclude(pk=actor.person_id or 0)
    people = list(children.order_by("sort_name", "pk"))
    accounts = account_ids_of([child.pk for child in people])
    return tuple(
        kept_of(child.pk, account_id=accounts.get(child.pk), name=full_name(child))
        for child in people
    )


def _touches(actor: Actor) -> tuple[Touch, ...]:
    """Return what others did to the account: reset, closed, given a code. Roles, not names."""
    if actor.account_uid is None:
        return ()
    rows = history_of(actor.account_uid, size=CHANGES_SHOWN).rows
    return tuple(_touch(row) for row in rows if row.account_id != actor.account_id)


def _touch(row: EventRow) -> Touch:
    return Touch(
        at=row.at,
        what=event_words(row.event),
        role=role_words(row.role_code),
        place=row.organization_name,
    )


def kept_as_data(page: KeptPage, *, at: datetime) -> dict[str, Any]:
    """Return the page as plain data for a file."""
    return {
        "made_at": at.isoformat(),
        "note": page.closed,
        "own": _as_data(page.own),
        "children": [{"name": child.name, "kept": _as_data(child)} for child in page.children],
        "changed_by_others": [
            {"at": t.at.isoformat(), "what": t.what, "role": t.role, "place": t.place}
            for t in page.touches
        ],
    }


def _as_data(person: KeptPerson) -> list[dict[str, Any]]:
    return [
        {
            "code": kind.code,
            "title": kind.title,
            "what": kind.lines.what,
            "why": kind.lines.why,
            "how_long": kind.lines.how_long,
            "records": list(kind.records),
        }
        for kind in person.kinds
    ]
