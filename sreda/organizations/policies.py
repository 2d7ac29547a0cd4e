"""Who may see and change what in the register.

The line of a role (``access.line_q``) decides what exists for it at all; inside the line these
say what is allowed.
"""

from django.db.models import QuerySet

from sreda.access.facade import Actor, Role, line_q
from sreda.organizations.models import Organization

# Whose work is about many organizations.
REGISTER_READERS = (Role.MUNICIPAL, Role.MINISTRY, Role.OPERATOR, Role.OBSERVER)
# Who answers for the register itself.
REGISTER_KEEPERS = (Role.MINISTRY, Role.OPERATOR)
# Who keeps contacts and buildings right: the organization itself and those above it.
PASSPORT_KEEPERS = (
    Role.SCHOOL_ADMIN,
    Role.DIRECTOR,
    Role.MUNICIPAL,
    Role.MINISTRY,
    Role.OPERATOR,
)
HISTORY_READERS = (
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.HEAD_TEACHER,
    *PASSPORT_KEEPERS,
    Role.OBSERVER,
)
# Who works with the people of their own organization (the pages are in ``roster``).
PEOPLE_READERS = (
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.HEAD_TEACHER,
    Role.DIRECTOR,
    Role.SCHOOL_ADMIN,
)


def visible_organizations(actor: Actor) -> "QuerySet[Organization]":
    """Return the organizations of the actor's line; for everybody else they do not exist."""
    return Organization.objects.filter(line_q(actor))


def can_list_register(actor: Actor) -> bool:
    """Those whose work is about many organizations."""
    return actor.holds(*REGISTER_READERS)


def can_export_register(actor: Actor) -> bool:
    """Whoever reads the list may take it along."""
    return can_list_register(actor)


def can_import_register(actor: Actor) -> bool:
    """Those who answer for the register."""
    return actor.holds(*REGISTER_KEEPERS)


def can_add_organization(actor: Actor) -> bool:
    """Those who answer for the register."""
    return actor.holds(*REGISTER_KEEPERS)


def can_edit_passport(actor: Actor, organization: Organization) -> bool:
    """Contacts, head and buildings: the organization's administrator and director, and those
    above it.
    """
    return actor.holds(*PASSPORT_KEEPERS) and actor.covers(organization)


def can_edit_registration(actor: Actor, organization: Organization) -> bool:
    """Name, kind, numbers, municipality, locality and status: those who answer for the register."""
    return actor.holds(*REGISTER_KEEPERS) and actor.covers(organization)


def can_read_history(actor: Actor, organization: Organization) -> bool:
    """Those who work there and those above them; not pupils, guardians, authors and experts."""
    return actor.holds(*HISTORY_READERS) and actor.covers(organization)


def can_see_people(actor: Actor, organization: Organization) -> bool:
    """Names open only inside the organization; above it a list is organizations with counts."""
    return actor.holds(*PEOPLE_READERS) and actor.scope_id == organization.pk
