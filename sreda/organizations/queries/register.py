"""The register as a list: searched, narrowed, ordered, page by page, and whole for a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, Level
from sreda.foundation.errors import require
from sreda.foundation.paging import Page, page_of
from sreda.foundation.words import short_date
from sreda.organizations.calculations.asking import RegisterAsk
from sreda.organizations.models import Kind, Locality, Organization, Status
from sreda.organizations.policies import (
    can_export_register,
    can_list_register,
    visible_organizations,
)
from sreda.organizations.queries.finding import TREE_TOPS, search_q

STATUS_TONES = {
    Status.SUSPENDED.value: "warn",
    Status.REORGANIZED.value: "accent",
    Status.CLOSED.value: "bad",
}
_ROW_FIELDS = (
    "uid",
    "name",
    "kind",
    "municipality__name",
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
class Option:
    """One value that a filter may have; ``number`` is how many rows have it, if counted."""

    value: str
    label: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list. ``chosen`` is the option in force, None for «all»."""

    name: str
    label: str
    everything: str
    options: tuple[Option, ...]
    chosen: Option | None


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

    :raises Forbidden: for those whose work is one organization. Cost: 4 queries.
    """
    require(
        can_list_register(actor),
        _(
            "Реестр открыт муниципалитету, министерству, оператору и наблюдателю. "
            "Своя организация есть в меню"
        ),
    )
    rows = _ordered(_asked(actor, ask), ask.sort).values(*_ROW_FIELDS)
    words = _Words()
    page = page_of(rows, number=ask.page, row=words.row)
    return Register(page=page, ask=ask, filters=_filters(actor, ask))


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
    rows = _ordered(_asked(actor, ask), ask.sort).values_list(*fields)
    return _as_text(rows.iterator(chunk_size=1000))


def _as_text(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[str, ...]]:
    words = _Words()
    for row in rows:
        yield tuple(
            words.cell(field, value) for field, value in zip(EXPORT_FIELDS, row, strict=True)
        )


def _asked(actor: Actor, ask: RegisterAsk) -> "QuerySet[Organization]":
    found = visible_organizations(actor)
    # The tree itself is listed only when it is asked for by kind.
    found = found.filter(kind=ask.kind) if ask.kind else found.exclude(kind__in=TREE_TOPS)
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


def _filters(actor: Actor, ask: RegisterAsk) -> tuple[Filter, ...]:
    numbers = dict(visible_organizations(actor).values_list("kind").annotate(number=Count("pk")))
    kinds = tuple(
        Option(kind.value, str(kind.label), numbers[kind.value])
        for kind in Kind
        if kind.value in numbers and kind != Kind.REGION
    )
    localities = tuple(Option(item.value, str(item.label)) for item in Locality)
    statuses = tuple(Option(item.value, str(item.label)) for item in Status)
    filters = [
        _filter("kind", _("Вид"), _("Все виды"), kinds, ask.kind),
        _filter("locality", _("Местность"), _("Город и село"), localities, ask.locality),
        _filter("status", _("Состояние"), _("Любое состояние"), statuses, ask.status),
    ]
    if actor.level == Level.REGION:
        wanted = str(ask.municipality or "")
        options = _municipality_options(actor)
        filters.insert(
            1, _filter("municipality", _("Муниципалитет"), _("Весь регион"), options, wanted)
        )
    return tuple(filters)


def _filter(
    name: str, label: str, everything: str, options: tuple[Option, ...], wanted: str
) -> Filter:
    chosen = next((option for option in options if wanted and option.value == wanted), None)
    return Filter(name=name, label=label, everything=everything, options=options, chosen=chosen)


def _municipality_options(actor: Actor) -> tuple[Option, ...]:
    found = visible_organizations(actor).filter(kind=Kind.MUNICIPALITY)
    rows = found.order_by("sort_name", "id").values_list("uid", "name")
    return tuple(Option(str(uid), name) for uid, name in rows)


class _Words:
    """The words for codes, translated once for the whole list."""

    def __init__(self) -> None:
        self.kinds = {item.value: str(item.label) for item in Kind}
        self.localities = {"": "", **{item.value: str(item.label) for item in Locality}}
        self.statuses = {item.value: str(item.label) for item in Status}
        self.yes, self.no = _("да"), _("нет")

    def row(self, values: dict[str, Any]) -> RegisterRow:
        """Return a row of the list."""
        return RegisterRow(
            uid=values["uid"],
            name=values["name"],
            kind=self.kinds[values["kind"]],
            municipality=values["municipality__name"] or "",
            locality=self.localities[values["locality"]],
            inn=values["inn"],
            status=self.statuses[values["status"]],
            status_tone=STATUS_TONES.get(values["status"], ""),
            is_sample=values["is_sample"],
            updated_on=short_date(localtime(values["updated_at"])),
        )

    def cell(self, field: str, value: Any) -> str:
        """Return a value as the table shows it."""
        if field == "is_sample":
            return self.yes if value else self.no
        tables = {"kind": self.kinds, "locality": self.localities, "status": self.statuses}
        if field in tables:
            return tables[field].get(value, "")
        return value or ""
