"""Which ways the menu offers to whom, out of the access table; who may read the trail."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import get_language

from sreda.access.facade import Actor, Grant, Role, line_q
from sreda.portal.access_table import DOORS, Door, MenuEntry
from sreda.ui.addresses import Addresses, addresses


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

    Signing in belongs to no organization: it is shown where the account has had a role.
    """
    accounts = Grant.objects.filter(line_q(actor, "organization__")).values("account_id")
    own = Q(organization__isnull=True, event__startswith="accounts.")
    return line_q(actor, "organization__") | (own & Q(actor_account_id__in=accounts))
