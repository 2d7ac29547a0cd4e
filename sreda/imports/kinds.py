"""What can be imported. Upper contexts register their kinds; this one knows none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise

from sreda.access.facade import Actor
from sreda.imports.calculations.rows import Applied, Checked, Column, Row

CHUNK = 1000  # rows given to a kind at once


@dataclass(frozen=True, slots=True)
class BatchMark:
    """The batch that rows come from, for a kind's own records."""

    uid: UUID
    file_name: str
    file_sha256: str


class Kind(Protocol):
    """One kind of rows: which columns there are, what is right, how rows are written.

    ``title`` is the list's word («Организации»), ``heading`` the page's («Загрузка организаций из
    таблицы»), ``home`` the URL name of the page where loaded rows are seen.
    """

    code: str
    title: str | Promise
    heading: str | Promise
    home: str
    columns: tuple[Column, ...]

    def can_import(self, actor: Actor) -> bool:
        """Say whether the actor may load rows of this kind within the acting scope."""

    def check(self, actor: Actor, rows: Sequence[Row]) -> list[Checked]:
        """Judge at most 1,000 rows against rules and the database, in the order given.

        Changes nothing. The number of queries does not depend on the number of rows.
        """

    def apply(
        self, actor: Actor, rows: Sequence[Checked], batch: BatchMark, now: datetime
    ) -> Applied:
        """Write at most 1,000 ready rows, in bulk, inside the transaction of the caller.

        The rows were checked a moment ago in the same transaction. The batch itself is audited
        by the caller.
        """


class UnknownKind(LookupError):
    """No context has registered that kind."""


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make ``kind`` importable; called in ``AppConfig.ready`` of the context that owns it."""
    _kinds[kind.code] = kind


def forget_kind(code: str) -> None:
    """Undo ``register_kind``: tests do."""
    _kinds.pop(code, None)


def kind_of(code: str) -> Kind:
    """Return the kind.

    :raises UnknownKind: when no context has it.
    """
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def all_kinds() -> tuple[Kind, ...]:
    """Return every registered kind in the order of registration."""
    return tuple(_kinds.values())
