"""Where a post reaches: the organization that its role is given at."""

from typing import Protocol

WHOLE_REGION = frozenset({"MINISTRY", "OPERATOR", "OBSERVER"})
WHOLE_MUNICIPALITY = frozenset({"MUNICIPAL"})


class InTree(Protocol):
    """What has a place in the tree of organizations."""

    pk: int
    region_id: int | None
    municipality_id: int | None


def scope_id(role: str, organization: InTree) -> int:
    """Return the organization that a post's role opens: the region or the municipality around
    the place of work for those who answer for all of it, else the place of work itself.
    """
    if role in WHOLE_REGION:
        return organization.region_id or organization.pk
    if role in WHOLE_MUNICIPALITY:
        return organization.municipality_id or organization.pk
    return organization.pk
