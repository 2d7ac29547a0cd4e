"""Whom something is told."""

from datetime import date
from uuid import UUID

from sreda.accounts.facade import Account
from sreda.roster.models import Enrollment, Post, PostRole
from sreda.roster.policies import live_q


def pupil_of_card(card_uid: UUID, *, today: date) -> Enrollment | None:
    """Return where the owner of a card learns: the enrollment at the card's own organization.

    None when there is no such card, or the pupil has left. Cost: 2 queries.
    """
    card = (
        Account.objects.filter(cards__uid=card_uid)
        .values_list("person_id", "cards__organization_id")
        .first()
    )
    if card is None:
        return None
    person_id, organization_id = card
    return (
        Enrollment.objects.filter(
            live_q(today), person_id=person_id, organization_id=organization_id
        )
        .select_related("person", "school_class")
        .order_by("pk")
        .first()
    )


def who_minds_cards(enrollment: Enrollment, *, today: date) -> list[int]:
    """Return the people who lead the pupil's class, else the school's administrators.

    Cost: 1 or 2 queries.
    """
    posts = Post.objects.filter(live_q(today))
    leaders = posts.filter(role=PostRole.CLASS_TEACHER, school_class_id=enrollment.school_class_id)
    found = list(leaders.values_list("person_id", flat=True))
    if found:
        return found
    admins = posts.filter(role=PostRole.SCHOOL_ADMIN, organization_id=enrollment.organization_id)
    return list(admins.values_list("person_id", flat=True))
