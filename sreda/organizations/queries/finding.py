"""Finding organizations and buildings: those that a URL names, those that somebody looks for,
those that other contexts need.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from sreda.access.facade import Actor, Level, any_actor, scope_probe
from sreda.foundation.errors import NotFound
from sreda.foundation.prepared import Prepared
from sreda.foundation.words import fold
from sreda.organizations.models import AcademicYear, Building, Kind, Organization
from sreda.organizations.policies import visible_organizations

MOST_WORDS = 8
TREE_TOPS = (Kind.REGION, Kind.MUNICIPALITY)
_WHOLE = [field.attname for field in Organization._meta.concrete_fields]
# What pages of an organization tell of the municipality and the region around it.
_PLACE = ["id", "uid", "kind", "name", "region_id", "municipality_id"]
_ANY_UID = UUID(int=0x5EDA)


@dataclass(frozen=True, slots=True)
class TreeName:
    """Where an organization stands, in words; ``municipality`` is empty above municipalities."""

    uid: UUID
    kind: str
    name: str
    municipality: str
    region: str


def open_organization(*, actor: Actor, uid: UUID) -> Organization:
    """Return an organization of the actor's line, with its municipality and region.

    :raises NotFound: for any other uid. Cost: 1 query.
    """
    rows = _by_uid(any_actor(actor)).rows(scope=actor.scope_id, uid=uid)
    if not rows:
        raise NotFound
    (row,) = rows
    whole = len(_WHOLE)
    organization = Organization.from_db(DEFAULT_DB_ALIAS, _WHOLE, row[:whole])
    organization.municipality = _place(row[whole : whole + len(_PLACE)])
    organization.region = _place(row[whole + len(_PLACE) :])
    return organization


@cache
def _by_uid(line: Actor) -> Prepared:
    """Return the query for one organization of a line."""
    names = [*_WHOLE, *(f"municipality__{n}" for n in _PLACE), *(f"region__{n}" for n in _PLACE)]
    found = visible_organizations(line).filter(uid=_ANY_UID).values_list(*names)
    return Prepared(lambda: (found, {"uid": _ANY_UID, **scope_probe(line)}))


def _place(values: Sequence[Any]) -> Organization | None:
    """Return a municipality or a region; a column beyond ``_PLACE`` is read when it is needed."""
    return None if values[0] is None else Organization.from_db(DEFAULT_DB_ALIAS, _PLACE, values)


def open_building(*, actor: Actor, organization_uid: UUID, uid: UUID) -> Building:
    """Return a building of an organization of the actor's line, with the organization.

    :raises NotFound: for any other pair. Cost: 1 query.
    """
    found = Building.objects.select_related("organization__municipality", "organization__region")
    try:
        return found.get(
            uid=uid,
            organization__uid=organization_uid,
            organization__in=visible_organizations(actor),
        )
    except Building.DoesNotExist:
        raise NotFound from None


def tree_names(organization_ids: Iterable[int]) -> dict[int, TreeName]:
    """Return name, municipality and region of organizations by id. Cost: 1 query."""
    rows = Organization.objects.filter(pk__in=set(organization_ids)).values_list(
        "pk", "uid", "kind", "name", "municipality__name", "region__name"
    )
    return {
        pk: TreeName(
            uid=uid, kind=kind, name=name, municipality=municipality or "", region=region or ""
        )
        for pk, uid, kind, name, municipality, region in rows
    }


def organization_by_inn(inn: str, *, region_id: int | None = None) -> Organization | None:
    """Return the organization with that ИНН, within a region if one is named. Cost: 1 query."""
    if not inn:
        return None
    found = Organization.objects.filter(inn=inn)
    return (found if region_id is None else found.filter(region_id=region_id)).first()


def find_organizations(*, actor: Actor, text: str, limit: int = 8) -> list[Organization]:
    """Return organizations of the actor's line that fit ``text``, with their municipality.

    Cost: 1 query; none when there is nothing to look for.
    """
    if not fold(text):
        return []
    found = visible_organizations(actor).filter(search_q(text)).select_related("municipality")
    return list(found.order_by("sort_name", "id")[:limit])


def not_the_region_q(actor: Actor) -> Q:
    """Return the filter that leaves the region's own row out of the actor's line. For those who
    see a region it says the same in the words of an index: what stands in that region.
    """
    if actor.level == Level.REGION:
        return Q(region_id=actor.scope_id)
    return ~Q(kind=Kind.REGION)


def search_q(text: str) -> Q:
    """Return the filter of a search: every word stands in the name, the full name or the address,
    or begins an ИНН or ОГРН. ё and е are one letter.
    """
    wanted = Q()
    for word in fold(text).split()[:MOST_WORDS]:
        fits = Q(search_name__contains=word)
        if word.isascii() and word.isdigit():
            fits |= Q(inn__startswith=word) | Q(ogrn__startswith=word)
        wanted &= fits
    return wanted


def academic_year_on(*, region_id: int, day: date) -> AcademicYear | None:
    """Return the region's school year that ``day`` falls into. Cost: 1 query."""
    years = AcademicYear.objects.filter(region_id=region_id, starts_on__lte=day, ends_on__gte=day)
    return years.order_by("starts_on").first()


def municipalities(region_id: int) -> list[Organization]:
    """Return the municipalities of a region by name. Cost: 1 query."""
    found = Organization.objects.filter(region_id=region_id, kind=Kind.MUNICIPALITY)
    return list(found.order_by("sort_name", "id"))


def municipality_choices(region_id: int) -> list[tuple[str, str]]:
    """Return the municipalities of a region for a select: uid and name. Cost: 1 query."""
    return [(str(found.uid), found.name) for found in municipalities(region_id)]


def kind_choices(organization: Organization | None = None) -> list[tuple[str, str]]:
    """Return the kinds that a new organization, or a given one, may be. Asks nothing."""
    if organization is not None and organization.kind in TREE_TOPS:
        return [(organization.kind, str(Kind(organization.kind).label))]
    not_offered = TREE_TOPS if organization is not None else (Kind.REGION,)
    return [(kind.value, str(kind.label)) for kind in Kind if kind not in not_offered]


def municipality_by_uid(uid: UUID, *, region_id: int) -> Organization | None:
    """Return a municipality of the region, None for any other uid. Cost: 1 query."""
    return Organization.objects.filter(uid=uid, region_id=region_id, kind=Kind.MUNICIPALITY).first()


def working_below(organization: Organization) -> int:
    """Return how many organizations in it still work. Cost: 1 query."""
    below = Organization.objects.exclude(status="CLOSED").exclude(pk=organization.pk)
    if organization.kind == Kind.MUNICIPALITY:
        return below.filter(municipality=organization).count()
    return below.filter(parent=organization).count()
