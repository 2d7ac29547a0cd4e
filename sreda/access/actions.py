"""Writing grants (pieces, called by the facts' own actions) and choosing among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sreda.access.actor import Actor
from sreda.access.models import Grant, Role
from sreda.accounts.facade import choose_acting
from sreda.audit.facade import record
from sreda.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role that follows from a fact, named «roster.Post:<uid>»."""

    account_id: int
    role: Role
    organization_id: int
    fact: str
    starts_at: datetime
    ends_at: datetime | None = None


@transaction.atomic(savepoint=False)
def give_grants(grants: Sequence[NewGrant]) -> list[Grant]:
    """Write the grants of facts that are being written. A piece: the fact's action checks the
    permission and audits. Cost: 1 statement per 1,000.
    """
    return Grant.objects.bulk_create(
        [
            Grant(
                account_id=grant.account_id,
                role=grant.role,
                organization_id=grant.organization_id,
                fact=grant.fact,
                starts_at=grant.starts_at,
                ends_at=grant.ends_at,
            )
            for grant in grants
        ],
        batch_size=1000,
    )


@transaction.atomic(savepoint=False)
def end_grants(*, facts: Iterable[str], at: datetime) -> int:
    """End the grants of facts that end; out on the next request. A piece. Cost: 1 statement."""
    live = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    return Grant.objects.filter(live, fact__in=list(facts)).update(ends_at=at)


@transaction.atomic(durable=True)
def switch_role(*, actor: Actor, grant_uid: UUID, now: datetime) -> None:
    """Act in another of the actor's own roles from the next request on.

    :raises NotFound: when the actor does not hold it now.
    """
    if actor.session_uid is None or grant_uid not in {grant.uid for grant in actor.others}:
        raise NotFound
    choose_acting(session_uid=actor.session_uid, acting=grant_uid)
    record(
        "access.role.switch",
        actor=actor,
        change={"grant": [str(actor.grant_uid or ""), str(grant_uid)]},
        at=now,
    )
