"""What a form or a table wants to be in an organization or a building.

A name that is absent is left as it is. Texts come as people wrote them; the actions tidy them.
"""

from typing import TypedDict
from uuid import UUID


class OrganizationChanges(TypedDict, total=False):
    """New values of an organization's fields; ``municipality_uid`` None: directly in the region."""

    kind: str
    name: str
    full_name: str
    municipality_uid: UUID | None
    locality: str
    inn: str
    ogrn: str
    kpp: str
    oktmo: str
    is_sample: bool
    address: str
    phone: str
    email: str
    site: str
    head_name: str
    head_post: str


class BuildingChanges(TypedDict, total=False):
    """New values of a building's fields."""

    name: str
    address: str
    locality: str
    built_year: int | None
    classrooms: int | None
    accessibility: str
    condition: str
    note: str


# Kept by the organization itself too; the rest belongs to those who answer for the register.
PASSPORT_FIELDS = ("address", "phone", "email", "site", "head_name", "head_post")
REGISTRATION_FIELDS = (
    "kind",
    "name",
    "full_name",
    "municipality",
    "locality",
    "inn",
    "ogrn",
    "kpp",
    "oktmo",
    "is_sample",
)
NAME_FIELDS = ("name", "full_name")
NUMBER_FIELDS = ("inn", "ogrn", "kpp", "oktmo")
BUILDING_FIELDS = (
    "name",
    "address",
    "locality",
    "built_year",
    "classrooms",
    "accessibility",
    "condition",
    "note",
)
