"""Telling the people of a school what happened."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.accounts.facade import account_ids_of
from sreda.foundation.words import moment_words
from sreda.notifications.facade import notify
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
        # No pupil's name: a notice outlives the role, the page behind the address does not.
        text=_("Карточка ученика %(class)s остановлена: PIN много раз вводили неверно")
        % {"class": class_name(at.grade, at.letter)},
        url=reverse("roster:school_class", args=[at.uid]),
        about=card_uid,
        now=now,
    )


@transaction.atomic(savepoint=False)
def tell_of_code(*, actor: Actor, account_ids: Collection[int], now: datetime) -> None:
    """Tell those who have a password that somebody was given a code for their account. A piece.
    Cost: at most 2 statements.
    """
    text = _(
        "Для вас выдан новый код входа: %(who)s, %(moment)s. "
        "Если вы его не просили, скажите об этом в школе"
    )
    _tell_owners(text, actor, account_ids, now)


@transaction.atomic(savepoint=False)
def tell_of_reset(*, actor: Actor, account_ids: Collection[int], now: datetime) -> None:
    """Tell those who had a password that it was taken away. A piece. Cost: at most 2 statements."""
    text = _(
        "Ваш прежний пароль сброшен: %(who)s, %(moment)s. "
        "Если вы об этом не просили, скажите в школе"
    )
    _tell_owners(text, actor, account_ids, now)


def _tell_owners(text: str, actor: Actor, account_ids: Collection[int], now: datetime) -> None:
    who = _("оператор") if actor.is_system else f"{actor.name}, {actor.scope_name}"
    if account_ids:
        notify(
            account_ids=account_ids,
            text=text % {"who": who, "moment": moment_words(now)},
            url=reverse("accounts:profile"),
            now=now,
        )
