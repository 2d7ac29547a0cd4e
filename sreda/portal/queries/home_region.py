"""«Сегодня» above schools: the register in numbers, what waits, what changed."""

from collections import Counter
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet, UUIDField, Value
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sreda.access.facade import Actor, Level, any_actor, scope_probe
from sreda.foundation.prepared import Prepared
from sreda.foundation.words import moment_words, sort_key, spaced
from sreda.imports.facade import WaitingBatch, waiting_batches
from sreda.organizations.facade import (
    TREE_TOPS,
    Kind,
    Organization,
    Status,
    not_the_region_q,
    visible_organizations,
)
from sreda.portal.queries.home_parts import Home, HomeRow, HomeSection, HomeStat
from sreda.portal.queries.present import Moment
from sreda.ui.addresses import url

MUNICIPALITIES_SHOWN = 10
CHANGES_SHOWN = 6
# What these roles work with; regions, municipalities and authorities are the frame around it.
COUNTED = {
    Kind.SCHOOL: gettext_lazy("Школы"),
    Kind.COLLEGE: gettext_lazy("Колледжи"),
    Kind.KINDERGARTEN: gettext_lazy("Детские сады"),
    Kind.ADDITIONAL: gettext_lazy("Дополнительное образование"),
    Kind.IT_CUBE: gettext_lazy("IT-кубы"),
    Kind.PD_CENTER: gettext_lazy("Повышение квалификации"),
}


class _Group(NamedTuple):
    """How many organizations of one kind are in one state in one municipality. A group of none
    tells what that municipality is called.
    """

    kind: str
    municipality_id: int | None
    status: str
    number: int
    municipality_uid: UUID | None
    municipality: str

    @property
    def is_counted(self) -> bool:
        """Whether they work, and are what these roles work with."""
        return self.kind in COUNTED and self.status != Status.CLOSED


class _Changed(NamedTuple):
    """An organization that was changed lately."""

    uid: UUID
    name: str
    municipality: str | None
    updated_at: datetime


def region_home(actor: Actor, at: Moment) -> Home:
    """Return the page of ministry, operator, observer and municipality. Cost: at most 3 queries."""
    groups = [_Group(*row) for row in _numbers(any_actor(actor)).rows(scope=actor.scope_id)]
    # As many as the register lists.
    total = sum(group.number for group in groups if group.kind not in TREE_TOPS)
    words = ngettext("%(num)s организация", "%(num)s организаций", total)
    counted = [group for group in groups if group.is_counted]
    places = [group for group in groups if not group.number]
    aside = [_municipalities(counted, places)] if actor.level == Level.REGION else []
    return Home(
        lead=f"{actor.scope_name}, {words % {'num': spaced(total)}}",
        stats=_stats(counted),
        main=(*_waiting(actor), _changes(actor)),
        aside=tuple(aside),
    )


def _in_line(line: Actor) -> "QuerySet[Organization]":
    """Return the organizations of a line without the region itself."""
    return visible_organizations(line).filter(not_the_region_q(line))


@cache
def _numbers(line: Actor) -> Prepared:
    """Return the query that counts by kind, municipality and state, and names municipalities.

    One statement of two parts: joined to every organization the names cost twice as much.
    """
    groups = _in_line(line).values_list("kind", "municipality_id", "status")
    nobody = Value(None, output_field=UUIDField())
    counted = groups.annotate(number=Count("pk"), place_uid=nobody, place=Value(""))
    places = visible_organizations(line).filter(kind=Kind.MUNICIPALITY)
    named = places.values_list(Value(""), "pk", Value(""), Value(0), "uid", "name")
    return Prepared(lambda: (counted.union(named, all=True), scope_probe(line)))


@cache
def _newest(line: Actor) -> Prepared:
    """Return the query for what changed last in the register."""
    newest = _in_line(line).order_by("-updated_at", "-pk").values("pk")[:CHANGES_SHOWN]
    # The whole line is put in order by keys alone; names are read for those that are shown.
    shown = Organization.objects.filter(pk__in=newest).order_by("-updated_at", "-pk")
    rows = shown.values_list("uid", "name", "municipality__name", "updated_at")
    return Prepared(lambda: (rows, scope_probe(line)))


def _stats(counted: list[_Group]) -> tuple[HomeStat, ...]:
    numbers: Counter[str] = Counter()
    for group in counted:
        numbers[group.kind] += group.number
    return tuple(
        HomeStat(label=str(COUNTED[kind]), value=spaced(numbers[kind]), url=_register(kind=kind))
        for kind in COUNTED
        if numbers[kind]
    )


def _municipalities(counted: list[_Group], places: list[_Group]) -> HomeSection:
    """Return the municipalities with most organizations. Cost: no query."""
    working: Counter[int | None] = Counter()
    for group in counted:
        working[group.municipality_id] += group.number
    most = sorted(
        places,
        key=lambda group: (-working[group.municipality_id], sort_key(group.municipality)),
    )
    return HomeSection(
        code="municipalities",
        title=_("Муниципалитеты"),
        rows=tuple(
            HomeRow(
                title=group.municipality,
                url=_register(municipality=group.municipality_uid),
                number=spaced(working[group.municipality_id]),
            )
            for group in most[:MUNICIPALITIES_SHOWN]
            if working[group.municipality_id]
        ),
        empty=_("Организаций в реестре пока нет."),
    )


def _waiting(actor: Actor) -> tuple[HomeSection, ...]:
    """Return the tables that wait for somebody. Cost: 1 query; none for those who load none."""
    rows = tuple(
        HomeRow(
            title=batch.file_name,
            url=url("imports:batch", batch.uid),
            meta=_batch_words(batch),
            icon="upload",
            tone="warn" if batch.held_back else "",
        )
        for batch in waiting_batches(actor=actor)
    )
    if not rows:
        return ()
    return (
        HomeSection(
            code="waiting",
            title=_("Таблицы ждут вас"),
            rows=rows,
            more_label=_("Все загрузки"),
            more_url=url("imports:list"),
        ),
    )


def _batch_words(batch: WaitingBatch) -> str:
    moment = moment_words(batch.touched_at)
    if not batch.held_back:
        return f"{capfirst(batch.state_words)}. {moment}"
    words = ngettext("%(num)s строка ждёт решения", "%(num)s строк ждут решения", batch.held_back)
    return f"{words % {'num': spaced(batch.held_back)}}. {moment}"


def _changes(actor: Actor) -> HomeSection:
    """Return what changed last in the register. Cost: 1 query."""
    newest = [_Changed(*row) for row in _newest(any_actor(actor)).rows(scope=actor.scope_id)]
    return HomeSection(
        code="changes",
        title=_("Последнее в реестре"),
        rows=tuple(
            HomeRow(
                title=found.name,
                url=url("organizations:card", found.uid),
                meta=_place(found.municipality, moment_words(found.updated_at)),
                icon="building",
            )
            for found in newest
        ),
        empty=_("Здесь появятся организации, которые добавили или изменили последними."),
        more_label=_("Весь реестр"),
        more_url=_register(),
    )


def _place(municipality: str | None, moment: str) -> str:
    return f"{municipality}. {capfirst(moment)}" if municipality else capfirst(moment)


def _register(**conditions: str | UUID | None) -> str:
    address = url("organizations:list")
    return (
        f"{address}?{urlencode({name: str(value) for name, value in conditions.items()})}"
        if conditions
        else address
    )
