"""The organizations of one list: a page of them, their numbers by municipality, the table."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.paging import Page, page_of
from sreda.foundation.words import fold
from sreda.foundation.workbooks import workbook
from sreda.monitoring.models import Wave, WaveMember
from sreda.monitoring.policies import visible_members
from sreda.monitoring.queries.waves import WaveRow, open_wave, wave_row

MOST_WORDS = 8
ORDERS = {
    "name": ("organization__sort_name",),
    "-name": ("-organization__sort_name",),
    "municipality": ("organization__municipality__sort_name", "organization__sort_name"),
    "-municipality": ("-organization__municipality__sort_name", "organization__sort_name"),
    "locality": ("organization__locality", "organization__sort_name"),
    "-locality": ("-organization__locality", "organization__sort_name"),
}


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Which lines: words of the name, a municipality's uid, a locality; and in which order."""

    text: str = ""
    municipality: UUID | None = None
    locality: str = ""
    sort: str = "name"

    @property
    def is_set(self) -> bool:
        """Whether any condition is given."""
        return bool(self.text or self.municipality or self.locality)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An organization in a list; ``kind`` and ``locality`` are in words."""

    uid: UUID
    name: str
    kind: str
    municipality: str
    locality: str
    inn: str
    address: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class MunicipalityCount:
    """How many organizations of a list stand in a municipality."""

    uid: UUID
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class WavePage:
    """One list, a page of its organizations, all its municipalities."""

    wave: WaveRow
    members: Page[MemberRow]
    municipalities: tuple[MunicipalityCount, ...]


def wave_page(*, actor: Actor, uid: UUID, wanted: MemberFilter, number: int) -> WavePage:
    """Return a list of the actor's region, as far as the actor's line goes. Cost: 5 queries.

    :raises Forbidden: to those whose work is one organization.
    :raises NotFound: for any other uid.
    """
    wave = open_wave(actor=actor, uid=uid)
    return WavePage(
        wave=wave_row(wave, actor=actor),
        members=page_of(_members(actor, wave, wanted), number=number, row=_row),
        municipalities=_municipalities(actor, wave),
    )


def wave_table(*, actor: Actor, uid: UUID, wanted: MemberFilter) -> bytes:
    """Return the same organizations, all of them, as an XLSX. Cost: 2 queries.

    :raises Forbidden: to those whose work is one organization.
    :raises NotFound: for any other uid.
    """
    wave = open_wave(actor=actor, uid=uid)
    heads = (
        _("Наименование"),
        _("Вид"),
        _("Муниципалитет"),
        _("Местность"),
        _("ИНН"),
        _("Адрес"),
        _("Учебные данные"),
    )
    rows = (_row(member) for member in _members(actor, wave, wanted).iterator(chunk_size=1000))
    return workbook(sheet=str(wave.year), headers=heads, rows=(_cells(row) for row in rows))


def _members(actor: Actor, wave: Wave, wanted: MemberFilter) -> "QuerySet[WaveMember]":
    found = visible_members(actor).filter(_text_q(wanted.text), wave=wave)
    if wanted.municipality:
        found = found.filter(organization__municipality__uid=wanted.municipality)
    if wanted.locality:
        found = found.filter(organization__locality=wanted.locality)
    order = ORDERS.get(wanted.sort, ORDERS["name"])
    return found.select_related("organization__municipality").order_by(*order, "pk")


def _text_q(text: str) -> Q:
    """Every word stands in the name or the address, or begins the ИНН."""
    wanted = Q()
    for word in fold(text).split()[:MOST_WORDS]:
        fits = Q(organization__search_name__contains=word)
        if word.isascii() and word.isdigit():
            fits |= Q(organization__inn__startswith=word)
        wanted &= fits
    return wanted


def _municipalities(actor: Actor, wave: Wave) -> tuple[MunicipalityCount, ...]:
    place = "organization__municipality__"
    rows: Any = (
        visible_members(actor)
        .filter(wave=wave, organization__municipality__isnull=False)
        .values_list(f"{place}uid", f"{place}name")
        .annotate(number=Count("pk"))
        .order_by(f"{place}sort_name", f"{place}id")
    )
    return tuple(MunicipalityCount(uid=uid, name=name, number=number) for uid, name, number in rows)


def _row(member: WaveMember) -> MemberRow:
    organization = member.organization
    municipality = organization.municipality
    return MemberRow(
        uid=organization.uid,
        name=organization.name,
        kind=str(organization.get_kind_display()),
        municipality=municipality.name if municipality else "",
        locality=str(organization.get_locality_display()),
        inn=organization.inn,
        address=organization.address,
        is_sample=organization.is_sample,
    )


def _cells(row: MemberRow) -> tuple[str, ...]:
    sample = _("учебные данные") if row.is_sample else ""
    return (row.name, row.kind, row.municipality, row.locality, row.inn, row.address, sample)
