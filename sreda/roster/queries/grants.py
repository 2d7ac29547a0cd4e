"""Which grants follow from which facts. The one place that says so: actions write what it
returns, ``access-rebuild`` compares with it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone

from sreda.access.facade import NewGrant, Role
from sreda.roster.calculations.facts import enrollment_fact, guardian_fact, post_fact
from sreda.roster.calculations.periods import Period, childhood, overlap, period
from sreda.roster.calculations.reach import scope_id
from sreda.roster.models import Enrollment, Guardianship, Post

Fact = Post | Enrollment | Guardianship
Accounts = Mapping[int, int]


def day_of(moment: datetime) -> date:
    """Return the day of a moment on the region's clocks."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def period_of(fact: Fact) -> Period:
    """Return the moments in which a fact opens anything. No query."""
    zone = timezone.get_default_timezone()
    return period(fact.starts_on, fact.ends_on, fact.ended_at, zone=zone)


def post_grants(posts: Iterable[Post], accounts: Accounts) -> list[NewGrant]:
    """Return the grants of posts, read with their organization. No query.

    ``accounts`` maps a person to the account; 0 stands for an account that is missing.
    """
    return [
        _grant(
            account_id=accounts.get(post.person_id, 0),
            role=Role(post.role),
            organization_id=scope_id(post.role, post.organization),
            fact=post_fact(post.uid),
            within=period_of(post),
        )
        for post in posts
    ]


def enrollment_grants(enrollments: Iterable[Enrollment], accounts: Accounts) -> list[NewGrant]:
    """Return the grants of pupils. No query."""
    return [
        _grant(
            account_id=accounts.get(enrollment.person_id, 0),
            role=Role.PUPIL,
            organization_id=enrollment.organization_id,
            fact=enrollment_fact(enrollment.uid),
            within=period_of(enrollment),
        )
        for enrollment in enrollments
    ]


def guardian_grants(
    pairs: Iterable[tuple[Guardianship, Enrollment]], accounts: Accounts
) -> list[NewGrant]:
    """Return the grants of guardians where their children are enrolled, until the child is 18.

    The guardianships are read with their child; pairs that never hold together give none. No query.
    """
    return [
        _grant(
            account_id=accounts.get(guardianship.guardian_id, 0),
            role=Role.GUARDIAN,
            organization_id=enrollment.organization_id,
            fact=guardian_fact(guardianship.uid, enrollment.uid),
            within=within,
        )
        for guardianship, enrollment in pairs
        if not (within := _guardian_period(guardianship, enrollment)).is_empty
    ]


def ends_of_guardians(
    pairs: Iterable[tuple[Guardianship, Enrollment]],
) -> list[tuple[str, datetime]]:
    """Return when the grants of pairs that have ended end, by fact. No query."""
    periods = (
        (
            guardian_fact(guardianship.uid, enrollment.uid),
            _guardian_period(guardianship, enrollment),
        )
        for guardianship, enrollment in pairs
    )
    return [(fact, within.ends_at) for fact, within in periods if within.ends_at]


def _guardian_period(guardianship: Guardianship, enrollment: Enrollment) -> Period:
    zone = timezone.get_default_timezone()
    together = overlap(period_of(guardianship), period_of(enrollment))
    return overlap(together, childhood(guardianship.child.birth_date, zone=zone))


def _grant(
    *, account_id: int, role: Role, organization_id: int, fact: str, within: Period
) -> NewGrant:
    return NewGrant(
        account_id=account_id,
        role=role,
        organization_id=organization_id,
        fact=fact,
        starts_at=within.starts_at,
        ends_at=within.ends_at,
    )
