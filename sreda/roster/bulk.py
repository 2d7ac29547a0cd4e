"""Many facts at once, with their accounts and grants: for imports, restore and the demo. Codes and
cards end as they do with one fact.

The rows are given unsaved; the database holds them to the same constraints as the actions do.
One audit event per batch carries ``source``: the file's digest, or a word for what is no file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction

from sreda.access.facade import Actor
from sreda.accounts.facade import ensure_accounts
from sreda.audit.facade import record
from sreda.people.facade import Person
from sreda.roster.actions.roles import open_roles
from sreda.roster.models import Enrollment, Guardianship, Post, SchoolClass
from sreda.roster.queries.facts import pairs_of_enrollments, pairs_of_guardianships
from sreda.roster.queries.grants import enrollment_grants, guardian_grants, post_grants

BATCH = 1000
Row = TypeVar("Row", bound=models.Model)


@transaction.atomic(savepoint=False)
def add_classes(
    classes: Sequence[SchoolClass], *, actor: Actor, source: str, now: datetime
) -> list[SchoolClass]:
    """Open classes. Cost: 1 statement per 1,000 and the audit event."""
    rows = SchoolClass.objects.bulk_create(classes, batch_size=BATCH)
    _record("roster.class.load", len(rows), actor=actor, source=source, now=now)
    return rows


@transaction.atomic(savepoint=False)
def add_posts(posts: Sequence[Post], *, actor: Actor, source: str, now: datetime) -> list[Post]:
    """Open posts, given with their person and organization. Cost: 9 statements per 1,000."""
    for batch in _batches(posts):
        Post.objects.bulk_create(batch)
        grants = post_grants(batch, _accounts([post.person for post in batch]))
        open_roles(grants, actor=actor, now=now)
    _record("roster.post.load", len(posts), actor=actor, source=source, now=now)
    return list(posts)


@transaction.atomic(savepoint=False)
def add_enrollments(
    enrollments: Sequence[Enrollment], *, actor: Actor, source: str, now: datetime
) -> list[Enrollment]:
    """Enroll children, given with their person; guardians known before follow.

    Cost: 8 statements per 1,000.
    """
    for batch in _batches(enrollments):
        Enrollment.objects.bulk_create(batch)
        pairs = pairs_of_enrollments(batch)
        guardians = [guardianship.guardian for guardianship, _enrollment in pairs]
        ids = _accounts([*(enrollment.person for enrollment in batch), *guardians])
        grants = [*enrollment_grants(batch, ids), *guardian_grants(pairs, ids)]
        open_roles(grants, actor=actor, now=now)
    _record("roster.enrollment.load", len(enrollments), actor=actor, source=source, now=now)
    return list(enrollments)


@transaction.atomic(savepoint=False)
def add_guardianships(
    guardianships: Sequence[Guardianship], *, actor: Actor, source: str, now: datetime
) -> list[Guardianship]:
    """Name guardians, given with both people; it opens wherever the children are enrolled.

    Cost: 8 statements per 1,000.
    """
    for batch in _batches(guardianships):
        Guardianship.objects.bulk_create(batch)
        ids = _accounts([guardianship.guardian for guardianship in batch])
        grants = guardian_grants(pairs_of_guardianships(batch), ids)
        open_roles(grants, actor=actor, now=now)
    _record("roster.guardianship.load", len(guardianships), actor=actor, source=source, now=now)
    return list(guardianships)


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _accounts(people: Sequence[Person]) -> dict[int, int]:
    once = {person.pk: person for person in people}
    accounts = ensure_accounts(list(once.values()))
    return {person_id: account.pk for person_id, account in accounts.items()}


def _record(event: str, rows: int, *, actor: Actor, source: str, now: datetime) -> None:
    record(event, actor=actor, change={"rows": ["", str(rows)], "source": ["", source]}, at=now)
