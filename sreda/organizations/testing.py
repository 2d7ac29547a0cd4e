"""Makers of organizations for tests: a region, its municipalities, what stands in them."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sreda.organizations.models import AcademicYear, Building, Kind, Locality, Organization
from sreda.organizations.queries.drafting import set_stored_names

_numbers = count(1)
MADE_AT = datetime(2026, 9, 1, tzinfo=UTC)


def make_organization(*, kind: Kind = Kind.SCHOOL, name: str = "", **fields: Any) -> Organization:
    """Write an organization; a region or a municipality for it is made where none is given."""
    name = name or f"{Kind(kind).label} № {next(_numbers)}"
    if kind != Kind.REGION and fields.get("region") is None:
        municipality = fields.get("municipality")
        fields["region"] = municipality.region if municipality else make_region()
    fields.setdefault("parent", fields.get("municipality") or fields.get("region"))
    organization = Organization(
        kind=kind, name=name, created_at=MADE_AT, updated_at=MADE_AT, **fields
    )
    set_stored_names(organization)
    organization.save()
    return organization


def make_region(name: str = "Пермский край") -> Organization:
    """Write a region."""
    return make_organization(kind=Kind.REGION, name=name)


def make_municipality(
    name: str = "Гайнский муниципальный округ", *, region: Organization | None = None
) -> Organization:
    """Write a municipality of a region."""
    return make_organization(kind=Kind.MUNICIPALITY, name=name, region=region or make_region())


def make_school(
    name: str = "", *, municipality: Organization | None = None, **fields: Any
) -> Organization:
    """Write a village school of a municipality."""
    fields.setdefault("locality", Locality.RURAL)
    return make_organization(
        kind=Kind.SCHOOL, name=name, municipality=municipality or make_municipality(), **fields
    )


def make_building(organization: Organization, name: str = "Главное", **fields: Any) -> Building:
    """Write a building."""
    fields.setdefault("address", "ул. Школьная, 1")
    return Building.objects.create(organization=organization, name=name, **fields)


def make_academic_year(region: Organization, title: str = "2026/27") -> AcademicYear:
    """Return the region's school year from 1 September to 31 August, written once."""
    year = int(title[:4])
    return AcademicYear.objects.get_or_create(
        region=region,
        title=title,
        defaults={"starts_on": date(year, 9, 1), "ends_on": date(year + 1, 8, 31)},
    )[0]
