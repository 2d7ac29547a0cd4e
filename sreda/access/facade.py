"""The door of ``access``."""

from sreda.access.actions import NewGrant, end_grants, give_grants
from sreda.access.actor import Actor, HeldGrant, Request, line_q, system_actor
from sreda.access.middleware import public, without_role
from sreda.access.models import Grant, Level, Role
from sreda.access.queries import (
    actor_for_account,
    actor_for_grant,
    any_actor,
    export_person,
    grants_by_fact,
    scope_probe,
)

__all__ = [
    "Actor",
    "Grant",
    "HeldGrant",
    "Level",
    "NewGrant",
    "Request",
    "Role",
    "actor_for_account",
    "actor_for_grant",
    "any_actor",
    "end_grants",
    "export_person",
    "give_grants",
    "grants_by_fact",
    "line_q",
    "public",
    "scope_probe",
    "system_actor",
    "without_role",
]
