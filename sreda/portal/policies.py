"""Which ways the menu offers to whom, out of the access table; who may read the trail."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from sreda.access.facade import Actor, Grant, Level, Role, line_q
from sreda.portal.access_table import DOORS, Door, MenuEntry
from sreda.ui.addresses import Addresses, addresses

# What people do to their own way in. It happens at no organization.
OWN_WAY_IN = (
    "accounts.code.use",
    "accounts.password.change",
    "accounts.session.begin",
    "accounts.session.end",
    "accounts.session.end_others",
)
# Roles of those who act inside one organization, and of those who only sign in.
OF_A_PLACE = frozenset(
    {"", *(role for role in Role if Actor(None, role=role).level == Level.ORGANIZATION)}
)


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the menu that somebody may open, with its address."""

    label: str
    icon: str
    url: str
    words: str
    name: str
    covers: tuple[str, ...]
    in_profile: bool


@lru_cache(maxsize=64)
def _offered(role: Role | None) -> tuple[tuple[Door, MenuEntry], ...]:
    """Return the rows with a menu entry for a role, in the menu's order."""
    rows = [
        (door, door.menu)
        for door in DOORS
        if door.menu
        and door.opens_for(role, signed_in=True)
        and (door.menu.only is None or role in door.menu.only)
    ]
    return tuple(sorted(rows, key=lambda row: row[1].order))


def ways_of(actor: Actor) -> tuple[Way, ...]:
    """Return the menu of somebody signed in, in order. Cost: no query."""
    known = addresses()
    return tuple(
        way if way.url else replace(way, url=known(way.name, actor.scope_uid))
        for way in _ways(actor.role, get_language(), known)
    )


@lru_cache(maxsize=128)
def _ways(role: Role | None, _language: str | None, known: Addresses) -> tuple[Way, ...]:
    """Return the menu of a role in words; an address is empty where it is the own place's."""
    return tuple(
        Way(
            label=str(entry.label),
            icon=entry.icon,
            url="" if entry.at_own_place else known(door.name),
            words=str(entry.words or ""),
            name=door.name,
            covers=entry.covers,
            in_profile=entry.in_profile,
        )
        for door, entry in _offered(role)
    )


def can_read_trail(actor: Actor) -> bool:
    """Say whether the journal of what was done is open: to those who answer for accounts."""
    return actor.holds(Role.SCHOOL_ADMIN, Role.OPERATOR)


def may_see_names(actor: Actor) -> bool:
    """Say whether the journal tells names: only inside an organization, never above it."""
    return actor.holds(Role.SCHOOL_ADMIN) and not actor.is_system


def visible_trail(actor: Actor) -> Q:
    """Return the filter of the events that the actor may read.

    What belongs to no organization is the operator's to read: of accounts of the own line, and of
    «Среда» itself. A school reads of it only how its own people signed in, while they were its own.
    """
    if actor.is_system:
        return Q()
    line = line_q(actor, "organization__")
    nowhere = Q(organization__isnull=True)
    grants = Grant.objects.filter(line, account_id=OuterRef("actor_account_id"))
    if not may_see_names(actor):
        return line | (nowhere & (Q(actor_account_id__isnull=True) | Q(Exists(grants))))
    then = grants.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=OuterRef("at")))
    then = then.filter(starts_at__lte=OuterRef("at"))
    here = Q(event__in=OWN_WAY_IN, actor_role__in=OF_A_PLACE)
    return line | (nowhere & here & Q(Exists(then)))


def names_open(role_code: str) -> bool:
    """Say whether somebody who acted in that role may be named inside an organization: those who
    act above organizations are their role only.
    """
    return role_code in OF_A_PLACE
