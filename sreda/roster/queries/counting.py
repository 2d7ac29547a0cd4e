"""How many people an organization has: counts open where names do not."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from sreda.roster.models import Enrollment, Post
from sreda.roster.policies import live_q


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """Pupils, the classes they are in, and people who work there."""

    pupils: int
    classes: int
    staff: int


def people_counts(organization_id: int, *, today: date) -> PeopleCount:
    """Return how many pupils, classes and staff an organization has. Cost: 2 queries."""
    pupils = Enrollment.objects.filter(live_q(today), organization_id=organization_id)
    found = pupils.aggregate(
        pupils=Count("person_id", distinct=True), classes=Count("school_class_id", distinct=True)
    )
    posts = Post.objects.filter(live_q(today), organization_id=organization_id)
    staff = posts.aggregate(staff=Count("person_id", distinct=True))["staff"]
    return PeopleCount(pupils=found["pupils"], classes=found["classes"], staff=staff)
