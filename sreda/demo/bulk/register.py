"""Rows of the register: the region, its municipalities, the made-up organizations."""

import csv
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from sreda.access.facade import Actor
from sreda.demo.calculations.made import MadeOrganization
from sreda.demo.calculations.places import REFERENCE, municipalities
from sreda.organizations.facade import (
    AcademicYear,
    Building,
    Kind,
    Organization,
    add_buildings,
    add_organizations,
    ensure_academic_year,
    ensure_region,
)


@dataclass(frozen=True, slots=True)
class Register:
    """What was written, by the keys of ``calculations``."""

    region: Organization
    year: AcademicYear
    by_key: dict[str, Organization]


def write_register(made: list[MadeOrganization], *, actor: Actor, now: datetime) -> Register:
    """Write the region, its school year, municipalities, organizations and buildings. The caller
    audits the organizations; the region and the year have events of their own.
    """
    region = ensure_region(actor=actor, name=settings.SREDA_REGION, now=now)
    towns = _write_municipalities(region, now=now)
    rows = [_organization(one, region, towns.get(one.municipality)) for one in made]
    by_key = dict(zip((one.key for one in made), add_organizations(rows, now=now), strict=True))
    add_buildings(_buildings(made, by_key), now=now)
    return Register(
        region=region,
        year=_write_year(region, actor=actor, now=now),
        by_key={**by_key, **towns, "region": region},
    )


def _write_municipalities(region: Organization, *, now: datetime) -> dict[str, Organization]:
    """Write the municipalities; they are facts, so they are no samples."""
    towns = municipalities()
    rows = [
        Organization(
            kind=Kind.MUNICIPALITY,
            name=town.name,
            parent=region,
            region=region,
            locality=town.center_locality,
            oktmo=town.oktmo,
        )
        for town in towns
    ]
    written = add_organizations(rows, now=now)
    return dict(zip((town.key for town in towns), written, strict=True))


def _organization(
    one: MadeOrganization, region: Organization, town: Organization | None
) -> Organization:
    return Organization(
        kind=one.kind,
        name=one.name,
        full_name=one.full_name,
        parent=town or region,
        region=region,
        municipality=town,
        locality=one.locality,
        inn=one.inn,
        ogrn=one.ogrn,
        kpp=one.kpp,
        oktmo=one.oktmo,
        address=one.address,
        phone=one.phone,
        email=one.email,
        site=one.site,
        head_name=one.head_name,
        head_post=one.head_post,
        status=one.status,
        is_sample=True,
    )


def _buildings(made: list[MadeOrganization], by_key: dict[str, Organization]) -> list[Building]:
    return [
        Building(
            organization=by_key[one.key],
            name=building.name,
            address=building.address,
            locality=one.locality,
            built_year=building.built_year,
            classrooms=building.classrooms,
            accessibility=building.accessibility,
            condition=building.condition,
            note=building.note,
        )
        for one in made
        for building in one.buildings
    ]


def _write_year(region: Organization, *, actor: Actor, now: datetime) -> AcademicYear:
    with (REFERENCE / "academic_years.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    return ensure_academic_year(
        actor=actor,
        region_id=region.pk,
        title=row["title"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        now=now,
    )
