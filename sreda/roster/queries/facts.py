"""Facts that belong together: guardianships and enrollments of the same child."""

from collections.abc import Collection
from datetime import date

from sreda.roster.models import Enrollment, Guardianship
from sreda.roster.policies import live_q

Pair = tuple[Guardianship, Enrollment]


def pairs_of_enrollments(enrollments: Collection[Enrollment]) -> list[Pair]:
    """Return every guardianship of the children beside each of these enrollments. Cost: 1 query."""
    children = {enrollment.person_id for enrollment in enrollments}
    by_child: dict[int, list[Guardianship]] = {}
    for guardianship in (
        Guardianship.objects.filter(child_id__in=children)
        .select_related("guardian", "child")
        .order_by("pk")
    ):
        by_child.setdefault(guardianship.child_id, []).append(guardianship)
    return [
        (guardianship, enrollment)
        for enrollment in enrollments
        for guardianship in by_child.get(enrollment.person_id, [])
    ]


def pairs_of_guardianships(guardianships: Collection[Guardianship]) -> list[Pair]:
    """Return every enrollment of the children beside each of these guardianships. Cost: 1 query.

    The guardianships are read with their guardian and child.
    """
    children = {guardianship.child_id for guardianship in guardianships}
    by_child: dict[int, list[Enrollment]] = {}
    for enrollment in Enrollment.objects.filter(person_id__in=children).order_by("pk"):
        by_child.setdefault(enrollment.person_id, []).append(enrollment)
    return [
        (guardianship, enrollment)
        for guardianship in guardianships
        for enrollment in by_child.get(guardianship.child_id, [])
    ]


def live_enrollments(person_id: int, *, today: date) -> list[Enrollment]:
    """Return where a child is enrolled on a day, with the organization. Cost: 1 query."""
    return list(
        Enrollment.objects.filter(live_q(today), person_id=person_id)
        .select_related("organization", "school_class__organization")
        .order_by("pk")
    )


def unended_enrollment(person_id: int, organization_id: int, *, today: date) -> Enrollment | None:
    """Return the enrollment at an organization that lasts or is still to begin. Cost: 1 query."""
    lasting = Enrollment.objects.filter(person_id=person_id, organization_id=organization_id)
    return (
        lasting.filter(ended_at__isnull=True)
        .exclude(ends_on__lt=today)
        .select_related("school_class")
        .order_by("pk")
        .first()
    )
