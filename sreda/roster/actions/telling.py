"""Telling the people of a school what happened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sreda.accounts.facade import account_ids_of
from sreda.notifications.facade import notify
from sreda.people.facade import full_name
from sreda.roster.calculations.naming import class_name
from sreda.roster.queries.grants import day_of
from sreda.roster.queries.telling import pupil_of_card, who_minds_cards


@transaction.atomic(savepoint=False)
def tell_card_stopped(*, card_uid: UUID, now: datetime) -> int:
    """Tell the class teacher, or the school's administrators where there is none, that a card was
    stopped after wrong PINs; return how many were told. Told once, however often this runs.

    A pupil who has left meanwhile is nobody's to tell of. A piece of the job; the trail has the
    stop itself. Cost: 7 statements.
    """
    enrollment = pupil_of_card(card_uid, today=day_of(now))
    if enrollment is None or enrollment.school_class is None:
        return 0
    people = who_minds_cards(enrollment, today=day_of(now))
    at = enrollment.school_class
    return notify(
        account_ids=account_ids_of(people).values(),
        text=_("Карточка остановлена: PIN много раз вводили неверно. %(name)s, %(class)s")
        % {"name": full_name(enrollment.person), "class": class_name(at.grade, at.letter)},
        url=reverse("roster:school_class", args=[at.uid]),
        about=card_uid,
        now=now,
    )
