"""Who acts: an account in one of its roles. Given to every action and query as an argument."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from sreda.access.models import Level, Role

LEVELS = {
    Role.MUNICIPAL: Level.MUNICIPALITY,
    Role.MINISTRY: Level.REGION,
    Role.OPERATOR: Level.REGION,
    Role.OBSERVER: Level.REGION,
}


class InTree(Protocol):
    """What has a place in the tree of organizations."""

    pk: int
    region_id: int | None
    municipality_id: int | None


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """One role that the account holds now."""

    uid: UUID
    role: Role
    organization_id: int
    organization_uid: UUID
    organization_name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in one role at one organization (``scope``); ``others`` may be chosen."""

    account_id: int | None
    account_uid: UUID | None = None
    person_id: int | None = None
    name: str = ""
    role: Role | None = None
    scope_id: int = 0
    scope_uid: UUID | None = None
    scope_name: str = ""
    grant_uid: UUID | None = None
    others: tuple[HeldGrant, ...] = ()
    theme: str = ""
    vision: str = ""
    language: str = ""
    unread: int = 0
    session_uid: UUID | None = None
    by_card: bool = False
    is_system: bool = field(default=False)

    @property
    def role_code(self) -> str:
        """The role's code for the trail; empty without a role."""
        return self.role or ""

    @property
    def level(self) -> Level:
        """How far the acting role sees."""
        return LEVELS.get(self.role, Level.ORGANIZATION) if self.role else Level.ORGANIZATION

    def holds(self, *roles: Role) -> bool:
        """Say whether the acting role is one of ``roles``."""
        return self.is_system or self.role in roles

    def covers(self, organization: InTree) -> bool:
        """Say whether an organization lies in the acting role's line."""
        if self.is_system:
            return True
        if not self.role:
            return False
        places = [organization.pk]
        if self.level == Level.MUNICIPALITY:
            places.append(organization.municipality_id or 0)
        if self.level == Level.REGION:
            places.append(organization.region_id or 0)
        return self.scope_id in places


def line_q(actor: Actor, prefix: str = "") -> Q:
    """Return the filter of ``Actor.covers`` over organizations found at ``prefix``."""
    if actor.is_system:
        return Q()
    if not actor.role:
        return Q(pk__in=[])
    line = Q(**{f"{prefix}id": actor.scope_id})
    if actor.level == Level.MUNICIPALITY:
        line |= Q(**{f"{prefix}municipality_id": actor.scope_id})
    if actor.level == Level.REGION:
        line |= Q(**{f"{prefix}region_id": actor.scope_id})
    return line


def system_actor() -> Actor:
    """Return the named actor of jobs and operators' commands: may all, and is audited as none."""
    return Actor(account_id=None, name="sreda", is_system=True)


class Request(HttpRequest):
    """A request whose ``actor`` is known; public views get one without an account."""

    actor: Actor
