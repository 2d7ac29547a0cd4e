"""The values of a row as the trail keeps them, and whether somebody changed it meanwhile."""

from sreda.foundation.digests import digest
from sreda.organizations.calculations.changes import (
    BUILDING_FIELDS,
    PASSPORT_FIELDS,
    REGISTRATION_FIELDS,
)
from sreda.organizations.models import Building, Organization

_OWN_FIELDS = tuple(
    field for field in (*REGISTRATION_FIELDS, *PASSPORT_FIELDS, "status") if field != "municipality"
)


def organization_values(organization: Organization) -> dict[str, str]:
    """Return the fields that people change, as text. No query when the municipality is loaded."""
    municipality = organization.municipality
    return {
        "municipality": municipality.name if municipality else "",
        **{field: _text(getattr(organization, field)) for field in _OWN_FIELDS},
    }


def building_values(building: Building) -> dict[str, str]:
    """Return the fields that people change, as text. No query."""
    return {field: _text(getattr(building, field)) for field in BUILDING_FIELDS}


def building_stamp(building: Building) -> str:
    """Return a mark that changes whenever a value of the building does."""
    return digest("\n".join(building_values(building).values()))[:16]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)
