from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sreda.accounts.actions.attempts import PER_ACCOUNT, PER_ADDRESS, WINDOW, forget_old_attempts
from sreda.accounts.actions.passwords import WrongPassword, sign_in
from sreda.accounts.calculations.addresses import client_address
from sreda.accounts.models import Attempt
from sreda.accounts.testing import PASSWORD
from sreda.accounts.tests.conftest import HERE, NOON
from sreda.foundation import clock
from sreda.foundation.digests import digest
from sreda.foundation.errors import TooMany

SECOND = timedelta(seconds=1)
WRONG = "not-the-password"


def guess(*, login="irina", password=WRONG, client=HERE, now=NOON):
    try:
        sign_in(login=login, password=password, client=client, now=now)
    except WrongPassword:
        return "judged"
    except TooMany:
        return "stopped"
    return "in"


def test_five_tries_a_minute_are_judged_and_then_even_the_right_password_waits(teacher):
    assert [guess() for _ in range(PER_ACCOUNT)] == ["judged"] * PER_ACCOUNT
    assert guess() == "stopped"
    assert guess(password=PASSWORD) == "stopped"
    assert guess(password=PASSWORD, client=replace(HERE, address="198.51.100.1")) == "stopped"


def test_a_minute_later_the_owner_is_let_in(teacher):
    for _ in range(PER_ACCOUNT):
        guess()
    assert guess(password=PASSWORD, now=NOON + WINDOW - SECOND) == "stopped"
    assert guess(password=PASSWORD, now=NOON + WINDOW) == "in"


def test_a_stopped_try_does_not_prolong_the_wait(teacher):
    for second in range(50):
        guess(now=NOON + second * SECOND)
    assert guess(password=PASSWORD, now=NOON + WINDOW + 5 * SECOND) == "in"


def test_one_login_does_not_stop_another(teacher):
    for _ in range(PER_ACCOUNT + 1):
        guess(login="somebody")
    assert guess(password=PASSWORD) == "in"


def test_letter_case_and_spaces_do_not_open_a_new_count(teacher):
    spellings = ["irina", " irina", "IRINA", "Irina ", "iRINA", "irinA"]
    assert [guess(login=login) for login in spellings][-1] == "stopped"


def test_the_right_password_starts_the_count_anew(teacher):
    for _ in range(3):
        assert [guess() for _ in range(4)] == ["judged"] * 4
        assert guess(password=PASSWORD) == "in"


def test_an_address_has_a_wide_limit_of_its_own(teacher):
    key = address_key()
    Attempt.objects.bulk_create([Attempt(subject=key, at=NOON) for _ in range(PER_ADDRESS)])
    assert guess(password=PASSWORD) == "stopped"
    assert guess(password=PASSWORD, client=replace(HERE, address="198.51.100.1")) == "in"
    assert guess(password=PASSWORD, now=NOON + WINDOW) == "in"


def address_key():
    return digest(f"address:{HERE.address}")


def test_a_flood_does_not_fill_the_table(teacher):
    for _ in range(40):
        guess()
    assert Attempt.objects.count() == 2 * PER_ACCOUNT


def test_tries_tell_neither_login_nor_address_and_are_deleted_after_an_hour(teacher):
    guess()
    for row in Attempt.objects.all():
        assert "irina" not in row.subject
        assert HERE.address not in row.subject
    assert forget_old_attempts(now=NOON + timedelta(minutes=59)) == 0
    assert forget_old_attempts(now=NOON + timedelta(minutes=61)) == 2


def test_too_many_tries_are_answered_at_the_form(client, teacher):
    answers = [client.post("/sign-in/", {"login": "irina", "password": "x"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    page = answers[-1].content.decode()
    assert "Подождите минуту" in page
    assert 'value="irina"' in page


def test_a_forged_forwarded_header_does_not_change_the_address(client, teacher, settings):
    key = address_key()
    Attempt.objects.bulk_create(
        [Attempt(subject=key, at=clock.now()) for _ in range(PER_ADDRESS)], batch_size=200
    )

    def knock():
        return client.post(
            "/sign-in/",
            {"login": "irina", "password": PASSWORD},
            REMOTE_ADDR=HERE.address,
            headers={"X-Forwarded-For": "198.51.100.9"},
        ).status_code

    assert knock() == 429
    settings.SREDA_TRUSTED_PROXIES = 1
    assert knock() == 303


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "expected"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.9", 0, "203.0.113.7"),
        ("10.0.0.1", "198.51.100.9", 1, "198.51.100.9"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.9", 1, "198.51.100.9"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.9, 10.0.0.2", 2, "198.51.100.9"),
        ("10.0.0.1", "198.51.100.9", 2, "10.0.0.1"),
        ("10.0.0.1", "unknown", 1, "10.0.0.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
        ("", "", 0, ""),
    ],
)
def test_the_address_is_the_one_that_a_trusted_machine_saw(remote, forwarded, proxies, expected):
    assert client_address(remote=remote, forwarded=forwarded, proxies=proxies) == expected


@given(st.text(), st.text(), st.integers(0, 3))
def test_no_header_breaks_the_address(remote, forwarded, proxies):
    client_address(remote=remote, forwarded=forwarded, proxies=proxies)
