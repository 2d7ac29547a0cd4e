"""Who is asking: one query per request."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from sreda.access.actor import Actor, HeldGrant
from sreda.access.models import Grant, Role
from sreda.accounts.facade import SignInWay, live_sessions
from sreda.people.facade import names

NOBODY = Actor(account_id=None)

_FIELDS = {
    "session": F("uid"),
    "person": F("account__person_id"),
    "account_key": F("account__uid"),
    "last_name": F("account__person__last_name"),
    "first_name": F("account__person__first_name"),
    "theme": F("account__theme"),
    "vision": F("account__vision"),
    "language": F("account__language"),
    "unread": F("account__unread"),
    "grant": F("account__grants__uid"),
    "role": F("account__grants__role"),
    "place": F("account__grants__organization_id"),
    "place_uid": F("account__grants__organization__uid"),
    "place_name": F("account__grants__organization__name"),
    "starts": F("account__grants__starts_at"),
    "ends": F("account__grants__ends_at"),
}


def actor_of(key: str, *, now: datetime) -> Actor:
    """Return who a session's cookie stands for; ``NOBODY`` when it is over. Cost: 1 query.

    The acting role is the chosen one while it lasts, else the first by time that lasts.
    """
    sessions: Any = live_sessions(key, now=now)
    rows: list[dict[str, Any]] = list(
        sessions.values("account_id", "acting", "way", "bound_to_id", **_FIELDS).order_by("grant")
    )
    if not rows:
        return NOBODY
    return _actor(rows[0], _held(rows, now=now))


def _held(rows: list[dict[str, Any]], *, now: datetime) -> list[HeldGrant]:
    return [
        HeldGrant(
            uid=row["grant"],
            role=Role(row["role"]),
            organization_id=row["place"],
            organization_uid=row["place_uid"],
            organization_name=row["place_name"],
        )
        for row in rows
        if row["grant"]
        and row["starts"] <= now
        and (row["ends"] is None or row["ends"] > now)
        and row["bound_to_id"] in (None, row["place"])
    ]


def _actor(row: dict[str, Any], held: list[HeldGrant]) -> Actor:
    acting = next((grant for grant in held if grant.uid == row["acting"]), None)
    acting = acting or (held[0] if held else None)
    return Actor(
        account_id=row["account_id"],
        account_uid=row["account_key"],
        person_id=row["person"],
        name=names.friendly(row["last_name"], row["first_name"]),
        role=acting.role if acting else None,
        scope_id=acting.organization_id if acting else 0,
        scope_uid=acting.organization_uid if acting else None,
        scope_name=acting.organization_name if acting else "",
        grant_uid=acting.uid if acting else None,
        others=tuple(grant for grant in held if grant is not acting),
        theme=row["theme"],
        vision=row["vision"],
        language=row["language"],
        unread=row["unread"],
        session_uid=row["session"],
        by_card=row["way"] == SignInWay.CARD,
    )


def actor_for_account(account_id: int, *, now: datetime) -> Actor:
    """Return an account in its first lasting role, for operators' commands. Cost: 1 query."""
    live = Q(starts_at__lte=now) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    grant = (
        Grant.objects.filter(live, account_id=account_id)
        .select_related("account__person", "organization")
        .order_by("uid")
        .first()
    )
    if grant is None:
        return Actor(account_id=account_id)
    person = grant.account.person
    return Actor(
        account_id=account_id,
        account_uid=grant.account.uid,
        person_id=person.pk,
        name=names.friendly(person.last_name, person.first_name),
        role=Role(grant.role),
        scope_id=grant.organization_id,
        scope_uid=grant.organization.uid,
        scope_name=grant.organization.name,
        grant_uid=grant.uid,
    )


def grants_by_fact(facts: Iterable[str]) -> dict[str, Grant]:
    """Return the grants written by facts. Cost: 1 query."""
    return {grant.fact: grant for grant in Grant.objects.filter(fact__in=list(facts))}


def export_person(person_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return the roles that one person has and had. Cost: 1 query."""
    grants = (
        Grant.objects.filter(account__person_id=person_id)
        .select_related("organization")
        .order_by("-uid")
    )
    return [
        (
            "Grant",
            {
                _("роль"): str(grant.get_role_display()),
                _("где"): grant.organization.name,
                _("с"): grant.starts_at.date().isoformat(),
                _("по"): grant.ends_at.date().isoformat() if grant.ends_at else "",
            },
        )
        for grant in grants
    ]
