"""The door of ``organizations``."""

from sreda.organizations.actions.founding import ensure_academic_year, ensure_region
from sreda.organizations.bulk.rows import add_buildings, add_organizations
from sreda.organizations.models import (
    AcademicYear,
    Building,
    Condition,
    Kind,
    Locality,
    Organization,
    Status,
)
from sreda.organizations.policies import (
    can_edit_passport,
    can_list_register,
    can_see_people,
    visible_organizations,
)
from sreda.organizations.queries.counting import count_by_kind
from sreda.organizations.queries.finding import (
    TREE_TOPS,
    TreeName,
    academic_year_on,
    find_organizations,
    municipalities,
    not_the_region_q,
    open_organization,
    organization_by_inn,
    tree_names,
)
from sreda.organizations.queries.history import event_titles

__all__ = [
    "TREE_TOPS",
    "AcademicYear",
    "Building",
    "Condition",
    "Kind",
    "Locality",
    "Organization",
    "Status",
    "TreeName",
    "academic_year_on",
    "add_buildings",
    "add_organizations",
    "can_edit_passport",
    "can_list_register",
    "can_see_people",
    "count_by_kind",
    "ensure_academic_year",
    "ensure_region",
    "event_titles",
    "find_organizations",
    "municipalities",
    "not_the_region_q",
    "open_organization",
    "organization_by_inn",
    "tree_names",
    "visible_organizations",
]
