"""What two people do in the same moment, on a database that threads share."""

from functools import partial
from threading import Barrier

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from sreda.accounts.actions.cards import (
    FAILURES_TO_STOP,
    CardHolder,
    WrongPin,
    draw_cards,
    issue_cards,
    sign_in_by_card,
)
from sreda.accounts.actions.codes import finish_first_visit
from sreda.accounts.actions.passwords import WrongPassword, sign_in
from sreda.accounts.actions.sessions import AccountItself, SignedIn
from sreda.accounts.models import Account, FirstVisitCode, Session, SignInCard
from sreda.accounts.testing import NINE_YEARS_OLD, PASSWORD, make_card, make_code
from sreda.accounts.tests.conftest import HERE, NOON, TODAY
from sreda.foundation.errors import DomainError, TooMany

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


class MeetingHasher(MD5PasswordHasher):
    """A hash at which the threads wait for each other, so that all write in the same moment."""

    meeting = Barrier(4)

    def encode(self, password, salt):
        self.meeting.wait(timeout=10)
        return super().encode(password, salt)


def test_a_code_used_by_four_at_once_lets_one_in(school, teacher, settings, at_once):
    code = make_code(teacher, now=NOON)
    settings.PASSWORD_HASHERS = [f"{__name__}.MeetingHasher"]
    finish = partial(finish_first_visit, code=code, password=PASSWORD, client=HERE, now=NOON)
    results = at_once([partial(finish, login=f"login-{number}") for number in range(4)])
    assert kinds(results) == ["CodeRefused", "CodeRefused", "CodeRefused", "SignedIn"]
    assert Session.objects.count() == 1
    assert FirstVisitCode.objects.get().end_reason == "USED"


def test_two_who_want_one_login_at_once_do_not_both_get_it(school, teacher, pupil, at_once):
    codes = [make_code(account, now=NOON) for account in (teacher, pupil)]
    finish = partial(finish_first_visit, login="the-same", password=PASSWORD, client=HERE, now=NOON)
    results = at_once([partial(finish, code=code) for code in codes])
    assert kinds(results) == ["LoginTaken", "SignedIn"]
    assert FirstVisitCode.objects.filter(ended_at__isnull=True).count() == 1


def test_parallel_guesses_of_a_password_are_judged_five_a_minute(teacher, at_once):
    guess = partial(sign_in, login="irina", password="guess", client=HERE, now=NOON)
    results = at_once([guess] * 12) + at_once([guess] * 12)
    assert all(isinstance(result, WrongPassword | TooMany) for result in results)
    assert sum(isinstance(result, WrongPassword) for result in results) <= 5


def test_parallel_guesses_of_a_pin_stop_the_card_once(school, pupil, at_once):
    with transaction.atomic():
        card = make_card(pupil, organization_id=school.pk, today=TODAY, now=NOON)
    SignInCard.objects.update(failures=FAILURES_TO_STOP - 2)
    wrong = "0000" if card.pin != "0000" else "1111"
    guess = partial(
        sign_in_by_card, secret=card.secret, pin=wrong, client=HERE, today=TODAY, now=NOON
    )
    results = at_once([guess] * 4)
    assert sum(isinstance(result, WrongPin) for result in results) == 2
    assert SignInCard.objects.get().failures == FAILURES_TO_STOP
    assert DBTaskResult.objects.count() == 1


def test_two_prints_at_once_leave_one_live_card(school, pupil, at_once):
    def print_card():
        cards = draw_cards(
            [CardHolder(account_id=pupil.pk, birth_date=NINE_YEARS_OLD)], today=TODAY
        )
        with transaction.atomic():
            issue_cards(
                actor=AccountItself(account_id=None),
                cards=cards,
                organization_id=school.pk,
                now=NOON,
            )
        return cards

    results = at_once([print_card] * 4)
    assert kinds(results) == ["list"] * 4
    assert SignInCard.objects.filter(ended_at__isnull=True).count() == 1


def test_signing_in_many_times_at_once_never_fails_otherwise_than_in_words(teacher, at_once):
    knock = partial(sign_in, login="irina", password=PASSWORD, client=HERE, now=NOON)
    results = at_once([knock] * 5)
    assert all(isinstance(result, SignedIn | DomainError | TooMany) for result in results)
    assert Session.objects.count() == kinds(results).count("SignedIn") >= 1
    assert Account.objects.get(pk=teacher.pk).last_login == NOON
