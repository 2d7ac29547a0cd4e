"""Roles that follow from facts, and what a wider reach takes away: pieces of actions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sreda.access.facade import Actor, Grant, NewGrant, Role, give_grants
from sreda.accounts.facade import EndReason, account_ids_of, end_cards, end_codes

FAMILY = frozenset({Role.PUPIL, Role.GUARDIAN})


@transaction.atomic(savepoint=False)
def open_roles(grants: Sequence[NewGrant], *, actor: Actor, now: datetime) -> None:
    """Write the grants of facts that are being written.

    A code was given by somebody who looked at what its owner could reach on that day, so the codes
    of accounts that now reach further end. A card is a pupil's: with any post it ends, and so does
    what it opened. Cost: 4 statements per 1,000, 2 more with posts.
    """
    end_codes(actor=actor, account_ids=_reaching_further(grants, now), now=now)
    posts = {grant.account_id for grant in grants if grant.role not in FAMILY}
    if posts:
        end_cards(actor=actor, account_ids=posts, reason=EndReason.REVOKED, now=now)
    give_grants(grants)


def _reaching_further(grants: Sequence[NewGrant], now: datetime) -> set[int]:
    wanted = [grant for grant in grants if grant.ends_at is None or grant.ends_at > now]
    lasting = Grant.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    present = set(
        lasting.filter(account_id__in={grant.account_id for grant in wanted}).values_list(
            "account_id", "role", "organization_id"
        )
    )
    return {
        grant.account_id
        for grant in wanted
        if (grant.account_id, str(grant.role), grant.organization_id) not in present
    }


@transaction.atomic(savepoint=False)
def end_codes_of(person_ids: Iterable[int], *, actor: Actor, now: datetime) -> None:
    """End the codes of people who have lost a fact: whoever gave them may have nothing to do with
    these people any more. Cost: 3 statements, 2 more with codes.
    """
    account_ids = account_ids_of(person_ids).values()
    end_codes(actor=actor, account_ids=account_ids, now=now)
