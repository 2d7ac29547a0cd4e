"""Who is asking: one query per request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sreda.access.actor import Actor, HeldGrant
from sreda.access.models import Grant, Level, Role
from sreda.accounts.facade import SignInWay, live_sessions
from sreda.foundation.digests import digest
from sreda.foundation.prepared import Prepared
from sreda.people.facade import names

NOBODY = Actor(account_id=None)
# No organization has this id: where it comes out in a query, the actor's place goes in.
ANY_SCOPE = 8_888_777_766_665_555
_PROBE_KEY = "probe of a session's key"
_PROBE_MOMENT = datetime(1, 2, 3, 4, 5, 6, tzinfo=UTC)
_FIELDS = (
    "account_id",
    "uid",
    "acting",
    "way",
    "bound_to_id",
    "account__uid",
    "account__person_id",
    "account__theme",
    "account__vision",
    "account__language",
    "account__unread",
    "account__person__last_name",
    "account__person__first_name",
    "account__grants__uid",
    "account__grants__role",
    "account__grants__starts_at",
    "account__grants__ends_at",
    "account__grants__organization_id",
    "account__grants__organization__uid",
    "account__grants__organization__name",
)


@dataclass(frozen=True, slots=True)
class AnyActor:
    """Stands for every actor of a role in a ``Prepared`` query. Has only what a line is made of, so
    that a condition on anything else of an actor cannot slip into what all of them share.
    """

    role: Role | None
    level: Level
    is_system: bool
    scope_id: int = ANY_SCOPE


def any_actor(actor: Actor) -> Actor:
    """Return what stands for all actors of this role; its place is the probe ``ANY_SCOPE``."""
    shared = AnyActor(role=actor.role, level=actor.level, is_system=actor.is_system)
    return cast(Actor, shared)


def scope_probe(actor: Actor) -> dict[str, int]:
    """Return the probe of the place in a query about ``actor``'s line; ``system_actor`` has none,
    its line is everything.
    """
    return {} if actor.is_system else {"scope": ANY_SCOPE}


class _Row(NamedTuple):
    """A session with one of its account's grants, in the order of ``_FIELDS``; the grant's part is
    empty for an account without any.
    """

    account_id: int
    session: UUID
    acting: UUID | None
    way: str
    bound_to_id: int | None
    account_uid: UUID
    person_id: int
    theme: str
    vision: str
    language: str
    unread: int
    last_name: str
    first_name: str
    grant: UUID | None
    role: str
    starts_at: datetime
    ends_at: datetime | None
    place_id: int
    place_uid: UUID
    place_name: str


def _sessions_with_grants() -> tuple["QuerySet[Any, Any]", dict[str, Any]]:
    sessions: Any = live_sessions(_PROBE_KEY, now=_PROBE_MOMENT)
    rows = sessions.order_by("account__grants__uid").values_list(*_FIELDS)
    return rows, {"digest": digest(_PROBE_KEY), "now": _PROBE_MOMENT}


_SESSIONS = Prepared(_sessions_with_grants)


def actor_of(key: str, *, now: datetime) -> Actor:
    """Return who a session's cookie stands for; ``NOBODY`` when it is over. Cost: 1 query.

    The acting role is the chosen one while it lasts, else the first by time that lasts.
    """
    rows = [_Row(*row) for row in _SESSIONS.rows(digest=digest(key), now=now)]
    if not rows:
        return NOBODY
    return _actor(rows[0], _held(rows, now=now))


def _held(rows: list[_Row], *, now: datetime) -> list[HeldGrant]:
    return [
        HeldGrant(
            uid=row.grant,
            role=Role(row.role),
            organization_id=row.place_id,
            organization_uid=row.place_uid,
            organization_name=row.place_name,
        )
        for row in rows
        if row.grant
        and row.starts_at <= now
        and (row.ends_at is None or row.ends_at > now)
        and row.bound_to_id in (None, row.place_id)
    ]


def _actor(row: _Row, held: list[HeldGrant]) -> Actor:
    acting = next((grant for grant in held if grant.uid == row.acting), None)
    acting = acting or (held[0] if held else None)
    return Actor(
        account_id=row.account_id,
        account_uid=row.account_uid,
        person_id=row.person_id,
        name=names.friendly(row.last_name, row.first_name),
        role=acting.role if acting else None,
        scope_id=acting.organization_id if acting else 0,
        scope_uid=acting.organization_uid if acting else None,
        scope_name=acting.organization_name if acting else "",
        grant_uid=acting.uid if acting else None,
        others=tuple(grant for grant in held if grant is not acting),
        theme=row.theme,
        vision=row.vision,
        language=row.language,
        unread=row.unread,
        session_uid=row.session,
        by_card=row.way == SignInWay.CARD,
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
    return _acting(grant) if grant else Actor(account_id=account_id)


def actor_for_grant(grant_uid: UUID, *, now: datetime) -> Actor:
    """Return an account in the role of one grant, for jobs that go on after their asker has left;
    ``NOBODY`` once the role has ended or the account is closed. Cost: 1 query.
    """
    live = Q(starts_at__lte=now) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    grant = (
        Grant.objects.filter(live, uid=grant_uid, account__is_active=True)
        .select_related("account__person", "organization")
        .first()
    )
    return _acting(grant) if grant else NOBODY


def _acting(grant: Grant) -> Actor:
    person = grant.account.person
    return Actor(
        account_id=grant.account_id,
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
