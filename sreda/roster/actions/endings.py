"""What ends together with a fact. Pieces of the facts' own actions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, end_grants
from sreda.accounts.facade import EndReason, account_ids_of, end_cards
from sreda.foundation.errors import DomainError
from sreda.people.facade import Person
from sreda.roster.models import Enrollment
from sreda.roster.queries.grants import Fact, day_of


class AlreadyEnded(DomainError):
    """Somebody ended it before."""


def lock_child(person_id: int) -> None:
    """Hold a child's row. Whoever enrolls a child or names a guardian does: else each would miss
    the other's new row, and the guardian's grant would be written by neither. Cost: 1 statement.
    """
    Person.objects.select_for_update().get(pk=person_id)


def end_fact(fact: Fact, *, now: datetime) -> None:
    """Write that a fact, just read under a lock, ends at this moment; one that has not begun ends
    on its first day.

    :raises AlreadyEnded: when somebody ended it before. Cost: 1 statement.
    """
    if fact.ended_at is not None:
        raise AlreadyEnded(_("Это уже закончено: кто-то сделал это раньше вас"))
    fact.ends_on = max(day_of(now), fact.starts_on)
    fact.ended_at = now
    fact.save(update_fields=["ends_on", "ended_at"])


@transaction.atomic(savepoint=False)
def end_grants_of_facts(ends: Iterable[tuple[str, datetime]]) -> None:
    """End the grants of facts, each at its moment. Cost: 1 statement per different moment."""
    by_moment: dict[datetime, list[str]] = defaultdict(list)
    for fact, moment in ends:
        by_moment[moment].append(fact)
    for moment, facts in by_moment.items():
        end_grants(facts=facts, at=moment)


@transaction.atomic(savepoint=False)
def end_cards_of(enrollment: Enrollment, *, actor: Actor, now: datetime) -> None:
    """End the cards that the pupil has from the organization. Cost: 3 statements, 3 more
    with a card."""
    end_cards(
        actor=actor,
        account_ids=account_ids_of([enrollment.person_id]).values(),
        reason=EndReason.REVOKED,
        now=now,
        organization_id=enrollment.organization_id,
    )
