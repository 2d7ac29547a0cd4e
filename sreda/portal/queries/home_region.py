"""«Сегодня» above schools: the register in numbers, what waits, what changed."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sreda.access.facade import Actor, Level
from sreda.foundation.words import moment_words, spaced
from sreda.organizations.facade import Kind, Status, visible_organizations
from sreda.portal.queries.home_parts import Home, HomeRow, HomeSection, HomeStat
from sreda.portal.queries.present import Moment

MUNICIPALITIES_SHOWN = 10
CHANGES_SHOWN = 6
# What these roles work with; regions, municipalities and authorities are the frame around it.
COUNTED = (
    Kind.SCHOOL,
    Kind.COLLEGE,
    Kind.KINDERGARTEN,
    Kind.ADDITIONAL,
    Kind.IT_CUBE,
    Kind.PD_CENTER,
)


def region_home(actor: Actor, at: Moment) -> Home:
    """Return the page of ministry, operator, observer and municipality. Cost: 3 queries."""
    groups = _numbers(actor)
    total = sum(group["number"] for group in groups)
    words = ngettext("%(num)s организация", "%(num)s организаций", total)
    aside = [_municipalities(groups)] if actor.level == Level.REGION else []
    return Home(
        lead=f"{actor.scope_name}, {words % {'num': spaced(total)}}",
        stats=_stats(groups),
        main=(*_waiting(actor), _changes(actor)),
        aside=tuple(aside),
    )


def _numbers(actor: Actor) -> list[dict[str, Any]]:
    """Count by kind and municipality at once. Cost: 1 query."""
    working = visible_organizations(actor).filter(kind__in=COUNTED).exclude(status=Status.CLOSED)
    groups: Any = (
        working.values("kind", "municipality__uid", "municipality__name")
        .annotate(number=Count("pk"))
        .order_by("municipality__sort_name")
    )
    return list(groups)


def _stats(groups: list[dict[str, Any]]) -> tuple[HomeStat, ...]:
    numbers: Counter[str] = Counter()
    for group in groups:
        numbers[group["kind"]] += group["number"]
    return tuple(
        HomeStat(label=_kind_words(kind), value=spaced(numbers[kind]), url=_register(kind=kind))
        for kind in COUNTED
        if numbers[kind]
    )


def _kind_words(kind: str) -> str:
    """Return the kind in the plural."""
    words = {
        Kind.SCHOOL: _("Школы"),
        Kind.COLLEGE: _("Колледжи"),
        Kind.KINDERGARTEN: _("Детские сады"),
        Kind.ADDITIONAL: _("Дополнительное образование"),
        Kind.IT_CUBE: _("IT-кубы"),
        Kind.PD_CENTER: _("Повышение квалификации"),
    }
    return words[Kind(kind)]


def _municipalities(groups: list[dict[str, Any]]) -> HomeSection:
    numbers: Counter[tuple[UUID, str]] = Counter()
    for group in groups:
        if group["municipality__uid"]:
            numbers[group["municipality__uid"], group["municipality__name"]] += group["number"]
    return HomeSection(
        code="municipalities",
        title=_("Муниципалитеты"),
        rows=tuple(
            HomeRow(title=name, url=_register(municipality=uid), number=spaced(number))
            for (uid, name), number in numbers.most_common(MUNICIPALITIES_SHOWN)
        ),
        empty=_("Организаций в реестре пока нет."),
    )


def _waiting(actor: Actor) -> tuple[HomeSection, ...]:
    """Return the tables that wait for somebody, for those who load any. Cost: at most 1 query."""
    return ()


def _changes(actor: Actor) -> HomeSection:
    """Return what changed last in the register. Cost: 1 query."""
    newest = visible_organizations(actor).exclude(kind=Kind.REGION)
    newest = newest.select_related("municipality").order_by("-updated_at", "-pk")
    return HomeSection(
        code="changes",
        title=_("Последнее в реестре"),
        rows=tuple(
            HomeRow(
                title=found.name,
                url=reverse("organizations:card", args=[found.uid]),
                meta=_place(found.municipality, moment_words(found.updated_at)),
                icon="building",
            )
            for found in newest[:CHANGES_SHOWN]
        ),
        empty=_("Здесь появятся организации, которые добавили или изменили последними."),
        more_label=_("Весь реестр"),
        more_url=_register(),
    )


def _place(municipality: Any, moment: str) -> str:
    return f"{municipality.name}. {capfirst(moment)}" if municipality else capfirst(moment)


def _register(**conditions: str | UUID) -> str:
    address = reverse("organizations:list")
    return (
        f"{address}?{urlencode({name: str(value) for name, value in conditions.items()})}"
        if conditions
        else address
    )
