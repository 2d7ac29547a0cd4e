"""Putting values into a row that is not saved yet, as they are stored."""

from collections.abc import Mapping

from sreda.foundation.words import fold, sort_key
from sreda.organizations.calculations.changes import NAME_FIELDS, NUMBER_FIELDS
from sreda.organizations.calculations.identifiers import bare_number
from sreda.organizations.calculations.words import tidy, tidy_name
from sreda.organizations.models import Organization


def put_values(organization: Organization, values: Mapping[str, object]) -> None:
    """Put values by field, tidied, and what follows from them. Writes nothing."""
    for field, value in values.items():
        setattr(organization, field, tidied(field, value))
    set_stored_names(organization)


def put_place(organization: Organization, municipality: Organization | None) -> None:
    """Put the organization into a municipality, or right under the region. Writes nothing.

    A parent that was chosen otherwise (an authority) stays.
    """
    above = (None, organization.municipality_id, organization.region_id)
    follows = organization.parent_id in above
    organization.municipality = municipality
    if follows:
        organization.parent_id = municipality.pk if municipality else organization.region_id


def tidied(field: str, value: object) -> object:
    """Return a value as it is stored: quotes in names, bare numbers, single spaces."""
    if not isinstance(value, str):
        return value
    if field in NAME_FIELDS:
        return tidy_name(value)
    return bare_number(value) if field in NUMBER_FIELDS else tidy(value)


def set_stored_names(organization: Organization) -> None:
    """Fill the names that databases order by and search in. Writes nothing."""
    organization.sort_name = sort_key(organization.name)[:500]
    organization.search_name = fold(
        " ".join([organization.name, organization.full_name, organization.address])
    )[:1400]
