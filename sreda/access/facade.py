"""The door of ``access``."""

from sreda.access.actions import NewGrant, end_grants, give_grants
from sreda.access.actor import Actor, HeldGrant, Request, line_q, system_actor
from sreda.access.middleware import public, without_role
from sreda.access.models import Grant, Level, Role
from sreda.access.queries import actor_for_account, export_person, grants_by_fact

__all__ = [
    "Actor",
    "Grant",
    "HeldGrant",
    "Level",
    "NewGrant",
    "Request",
    "Role",
    "actor_for_account",
    "end_grants",
    "export_person",
    "give_grants",
    "grants_by_fact",
    "line_q",
    "public",
    "system_actor",
    "without_role",
]
