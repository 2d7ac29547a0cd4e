"""The register as a list: searched, narrowed, ordered, page by page, and whole for a table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, Level, any_actor, scope_probe
from sreda.foundation.errors import require
from sreda.foundation.paging import Page
from sreda.foundation.prepared import Prepared
from sreda.foundation.words import short_date
from sreda.organizations.calculations.asking import RegisterAsk
from sreda.organizations.models import Kind, Locality, Organization, Status
from sreda.organizations.policies import (
    can_export_register,
    can_list_register,
    visible_organizations,
)
from sreda.organizations.queries.filters import Filter, Option, Place, register_filters
from sreda.organizations.queries.finding import TREE_TOPS, not_the_region_q, search_q

SIZE = 50
# No organization has this uid: where it comes out in a query, the municipality asked for goes in.
ANY_PLACE = UUID(int=0x5EDB)

STATUS_TONES = {
    Status.SUSPENDED.value: "warn",
    Status.REORGANIZED.value: "accent",
    Status.CLOSED.value: "bad",
}
_ROW_FIELDS = (
    "uid",
    "name",
    "kind",
    "municipality_id",
    "locality",
    "inn",
    "status",
    "is_sample",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One organization of the list; codes and days are words already. ``status_tone`` is empty
    for those that work.
    """

    uid: UUID
    name: str
    kind: str
    municipality: str
    locality: str
    inn: str
    status: str
    status_tone: str
    is_sample: bool
    updated_on: str


@dataclass(frozen=True, slots=True)
class Register:
    """A page of the register with the ways to narrow it."""

    page: Page[RegisterRow]
    ask: RegisterAsk
    filters: tuple[Filter, ...]

    @property
    def chosen(self) -> tuple[tuple[str, Option], ...]:
        """The filters in force: name and option of each."""
        return tuple((f.name, f.chosen) for f in self.filters if f.chosen is not None)


def organizations_page(*, actor: Actor, ask: RegisterAsk) -> Register:
    """Return the page of the register that was asked for, within the actor's line.

    :raises Forbidden: for those whose work is one organization. Cost: 3 queries, 4 with a search
    or a filter beyond the kind.
    """
    require(
        can_list_register(actor),
        _(
            "Реестр открыт муниципалитету, министерству, оператору и наблюдателю. "
            "Своя организация есть в меню"
        ),
    )
    line, scope = any_actor(actor), actor.scope_id
    numbers: dict[str, int] = dict(_kinds_query(line).rows(scope=scope))
    places = _places(actor)
    names = {place.pk: place.name for place in places} or {scope: actor.scope_name}
    return Register(
        page=_page(actor, ask, total=_total(actor, ask, numbers), names=names),
        ask=ask,
        filters=register_filters(ask, numbers=numbers, places=places),
    )


def _in_line(actor: Actor) -> "QuerySet[Organization]":
    """Return the actor's line below the region itself, told so that an index orders it."""
    return visible_organizations(actor).filter(not_the_region_q(actor))


@cache
def _kinds_query(line: Actor) -> Prepared:
    """Return the query for the number of rows of each kind."""
    found = visible_organizations(line).filter(not_the_region_q(line)).values_list("kind")
    return Prepared(lambda: (found.annotate(number=Count("pk")), scope_probe(line)))


@cache
def _places_query(line: Actor) -> Prepared:
    """Return the query for the line's municipalities."""
    found = visible_organizations(line).filter(kind=Kind.MUNICIPALITY)
    rows = found.values_list("sort_name", "pk", "uid", "name")
    return Prepared(lambda: (rows, scope_probe(line)))


def _rows_query(line: Actor, ask: RegisterAsk, start: int) -> Prepared:
    """Return the query for a page of rows; ``ANY_PLACE`` stands for the municipality of ``ask``."""
    probes: dict[str, Any] = scope_probe(line)
    if ask.municipality:
        probes["municipality"] = ANY_PLACE
    found = _ordered(_asked(_in_line(line), ask), ask.sort)
    rows = found.values_list(*_ROW_FIELDS)[start : start + SIZE]
    return Prepared(lambda: (rows, probes))


# What is asked for again and again: all but what was typed.
_known_rows_query = lru_cache(maxsize=256)(_rows_query)


def _places(actor: Actor) -> list[Place]:
    """Return the municipalities to choose from, for those who see more than one."""
    if actor.level != Level.REGION:
        return []
    found = _places_query(any_actor(actor)).rows(scope=actor.scope_id)
    return [Place(pk, uid, name) for _sort_name, pk, uid, name in sorted(found)]


def _total(actor: Actor, ask: RegisterAsk, numbers: Mapping[str, int]) -> int:
    """Return how many rows there are; asks only when the numbers by kind do not tell."""
    if ask.text or ask.municipality or ask.locality or ask.status:
        return _asked(_in_line(actor), ask).count()
    if ask.kind:
        return numbers.get(ask.kind, 0)
    return sum(number for kind, number in numbers.items() if kind not in TREE_TOPS)


def _page(
    actor: Actor, ask: RegisterAsk, *, total: int, names: Mapping[int, str]
) -> Page[RegisterRow]:
    pages = max(1, -(-total // SIZE))
    number = min(max(1, ask.page), pages)
    shape = replace(ask, municipality=ANY_PLACE if ask.municipality else None, page=1)
    query = _rows_query if ask.text else _known_rows_query
    prepared = query(any_actor(actor), shape, (number - 1) * SIZE)
    found = prepared.rows(scope=actor.scope_id, municipality=ask.municipality)
    words, zone = _words(get_language()), get_current_timezone()
    rows = tuple(words.row(row, names, zone) for row in found)
    return Page(rows=rows, number=number, pages=pages, total=total, size=SIZE)


EXPORT_FIELDS = (
    "name",
    "full_name",
    "kind",
    "municipality",
    "locality",
    "inn",
    "ogrn",
    "kpp",
    "oktmo",
    "address",
    "phone",
    "email",
    "site",
    "head_name",
    "head_post",
    "status",
    "is_sample",
)


def export_headers() -> tuple[str, ...]:
    """Return the headers of the table, which the import reads back."""
    return tuple(
        str(getattr(Organization._meta.get_field(field), "verbose_name", field))
        for field in EXPORT_FIELDS
    )


def export_rows(*, actor: Actor, ask: RegisterAsk) -> Iterator[tuple[str, ...]]:
    """Yield the organizations that were asked for as rows of text, in the list's order.

    :raises Forbidden: for those who may not list the register. Cost: 1 query, read in parts.
    """
    require(can_export_register(actor), _("Таблицу скачивают те, кому открыт реестр"))
    fields = ["municipality__name" if f == "municipality" else f for f in EXPORT_FIELDS]
    found = _asked(_in_line(actor), ask)
    rows = _ordered(found, ask.sort).values_list(*fields)
    return _as_text(rows.iterator(chunk_size=1000))


def _as_text(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[str, ...]]:
    words = _words(get_language())
    for row in rows:
        yield tuple(
            words.cell(field, value) for field, value in zip(EXPORT_FIELDS, row, strict=True)
        )


def _asked(visible: "QuerySet[Organization]", ask: RegisterAsk) -> "QuerySet[Organization]":
    # The tree itself is listed only when it is asked for by kind.
    found = visible.filter(kind=ask.kind) if ask.kind else visible.exclude(kind__in=TREE_TOPS)
    if ask.municipality:
        found = found.filter(municipality__uid=ask.municipality)
    if ask.locality:
        found = found.filter(locality=ask.locality)
    if ask.status:
        found = found.filter(status=ask.status)
    return found.filter(search_q(ask.text)) if ask.text else found


def _ordered(found: "QuerySet[Organization]", sort: str) -> "QuerySet[Organization]":
    name = sort.removeprefix("-")
    back = sort.startswith("-")
    if name == "name":
        return found.order_by("-sort_name" if back else "sort_name", "id")
    first = _SORTED_BY[name]()
    return found.order_by(first.desc() if back else first.asc(), "sort_name", "id")


def _by_kind() -> Case:
    places = (When(kind=kind.value, then=place) for place, kind in enumerate(Kind))
    return Case(*places, output_field=IntegerField())


# Made only when asked for: building an expression costs more than running it.
_SORTED_BY: dict[str, Callable[[], F | Coalesce | Case]] = {
    # Where NULLs stand differs between databases.
    "municipality": lambda: Coalesce("municipality__sort_name", Value("")),
    "kind": _by_kind,
    "updated": lambda: F("updated_at"),
}


class _Words:
    """The words for codes in the language of now."""

    def __init__(self) -> None:
        self.kinds = {item.value: str(item.label) for item in Kind}
        self.localities = {"": "", **{item.value: str(item.label) for item in Locality}}
        self.statuses = {item.value: str(item.label) for item in Status}
        self.yes, self.no = _("да"), _("нет")

    def row(self, values: tuple[Any, ...], names: Mapping[int, str], zone: tzinfo) -> RegisterRow:
        """Return a row of the list; ``names`` are those of the municipalities."""
        uid, name, kind, place, locality, inn, status, is_sample, updated_at = values
        return RegisterRow(
            uid=uid,
            name=name,
            kind=self.kinds[kind],
            municipality=names.get(place, ""),
            locality=self.localities[locality],
            inn=inn,
            status=self.statuses[status],
            status_tone=STATUS_TONES.get(status, ""),
            is_sample=is_sample,
            updated_on=short_date(updated_at.astimezone(zone)),
        )

    def cell(self, field: str, value: Any) -> str:
        """Return a value as the table shows it."""
        if field == "is_sample":
            return self.yes if value else self.no
        tables = {"kind": self.kinds, "locality": self.localities, "status": self.statuses}
        if field in tables:
            return tables[field].get(value, "")
        return value or ""


@cache
def _words(_language: str | None) -> _Words:
    return _Words()
