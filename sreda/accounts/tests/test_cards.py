import logging
from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from sreda.access.facade import Role
from sreda.access.testing import actor_of, give_role
from sreda.accounts.actions.cards import (
    FAILURES_TO_STOP,
    CardHolder,
    CardRefused,
    WrongPin,
    draw_cards,
    end_cards,
    issue_cards,
    sign_in_by_card,
)
from sreda.accounts.actions.sessions import AccountItself, Client
from sreda.accounts.calculations.ages import birthday
from sreda.accounts.calculations.secrets import new_pin
from sreda.accounts.models import EndReason, Session, SignInCard, SignInWay
from sreda.accounts.queries import COOKIE
from sreda.accounts.testing import begin_test_session, make_account, make_card
from sreda.accounts.tests.conftest import HERE, NOON, TODAY
from sreda.audit.facade import history_of
from sreda.foundation import clock
from sreda.foundation.testing import assert_query_budget
from sreda.organizations.testing import make_school
from sreda.people.testing import make_person

MINUTE = timedelta(minutes=1)
NOBODY = AccountItself(account_id=None)


@pytest.fixture
def card(pupil, school):
    return make_card(pupil, organization_id=school.pk, today=TODAY, now=NOON)


def wrong(card):
    return "0000" if card.pin != "0000" else "1111"


def knock(card, *, pin="", now=NOON, today=TODAY, client=HERE):
    return sign_in_by_card(
        secret=card.secret, pin=pin or card.pin, client=client, today=today, now=now
    )


def show(browser, secret):
    assert browser.get(f"/c/{secret}/").headers["Location"] == "/c/"
    return browser.get("/c/")


# --- Signing in ---------------------------------------------------------------------------------


def test_a_card_and_its_pin_open_a_session_bound_to_the_school(client, pupil, school):
    card = make_card(pupil, organization_id=school.pk, today=clock.today(), now=clock.now())
    page = show(client, card.secret).content.decode()
    assert "Школа № 12" in page
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="off"' in page
    answer = client.post("/c/", {"pin": card.pin})
    assert answer.status_code == 303
    session = Session.objects.get()
    assert (session.account_id, session.way, session.bound_to_id) == (
        pupil.pk,
        SignInWay.CARD,
        school.pk,
    )
    assert client.get("/me/").status_code == 200


def test_a_cards_session_holds_only_its_schools_roles(card, pupil, school):
    give_role(pupil, role=Role.PUPIL, at=make_school())
    actor = actor_of(knock(card).key, now=NOON)
    assert actor.by_card
    assert (actor.scope_id, actor.others) == (school.pk, ())


def test_the_secret_leaves_the_address_at_once_and_is_nowhere_on_the_page(client, card):
    answer = client.get(f"/c/{card.secret}/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/c/")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies["sreda_card"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/c/", "Lax", True)
    page = client.get("/c/")
    for one in (answer, page):
        assert one.headers["Cache-Control"] == "no-store"
        assert "noindex" in one.headers["X-Robots-Tag"]
        assert card.secret not in one.content.decode()
    assert 'name="robots" content="noindex' in page.content.decode()


def test_the_secret_stands_in_no_log_whatever_goes_wrong(client, card, caplog):
    caplog.set_level(logging.DEBUG)
    show(client, card.secret)
    client.post("/c/", {"pin": wrong(card)})
    client.post(f"/c/{card.secret}/", {"pin": card.pin})
    strict = Browser(enforce_csrf_checks=True)
    show(strict, card.secret)
    form = "application/x-www-form-urlencoded"
    assert strict.post("/c/", f"pin={card.pin}", content_type=form).status_code == 403
    assert caplog.messages
    assert card.secret not in caplog.text


def test_the_cards_cookie_is_forgotten_after_signing_in(client, pupil, school):
    card = make_card(pupil, organization_id=school.pk, today=clock.today(), now=clock.now())
    show(client, card.secret)
    assert client.post("/c/", {"pin": card.pin}).cookies["sreda_card"].value == ""
    client.cookies.pop("sreda_card")
    assert "Наведите камеру" in client.get("/c/").content.decode()


def test_the_page_of_a_card_asks_the_database_once(client, card):
    client.get(f"/c/{card.secret}/")
    with assert_query_budget(1):
        client.get("/c/")


@pytest.mark.parametrize("pin", ["", "12", "12345", "abcd", "١٢٣٤"])
def test_a_pin_that_is_not_four_digits_is_not_tried(client, card, pin):
    show(client, card.secret)
    page = client.post("/c/", {"pin": pin})
    assert page.status_code == 422
    assert "цифр" in page.content.decode()
    assert SignInCard.objects.get().failures == 0


def test_a_wrong_pin_is_told_and_opens_nothing(client, pupil, school):
    card = make_card(pupil, organization_id=school.pk, today=clock.today(), now=clock.now())
    show(client, card.secret)
    page = client.post("/c/", {"pin": wrong(card)})
    assert page.status_code == 422
    assert "PIN не подошёл" in page.content.decode()
    assert not Session.objects.exists()


# --- Cards that open nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ended_at": NOON, "end_reason": EndReason.NEW_PRINT}, "больше не действует"),
        ({"ended_at": NOON, "end_reason": EndReason.REVOKED}, "больше не действует"),
        ({"ended_at": NOON, "end_reason": EndReason.GUESSED}, "Карточка остановлена"),
        ({"valid_until": date(2020, 1, 1)}, "С 14 лет"),
    ],
)
def test_a_card_that_has_ended_says_why_and_asks_no_pin(client, card, change, words):
    SignInCard.objects.update(**change)
    page = show(client, card.secret)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert 'name="pin"' not in page.content.decode()
    with pytest.raises(CardRefused, match=words):
        knock(card)


def test_an_unknown_card_is_told_so(client, db):
    page = show(client, "guessed-guessed-guesse")
    assert page.status_code == 422
    assert "Такой карточки нет" in page.content.decode()
    assert client.post("/c/", {"pin": "1234"}).status_code == 422


@pytest.mark.parametrize("text", ["привет", "short", "guessed-guessed-guess;x", "a" * 23])
def test_text_that_is_no_secret_goes_into_no_cookie(client, db, text):
    answer = client.get(f"/c/{text}/")
    assert answer.status_code == 404
    assert "sreda_card" not in answer.cookies


def test_a_card_of_one_school_outlives_a_print_of_another(card, pupil):
    key = knock(card).key
    other = make_school()
    printed = make_card(pupil, organization_id=other.pk, today=TODAY, now=NOON)
    assert actor_of(key, now=NOON).account_id == pupil.pk
    assert knock(card).account_id == knock(printed).account_id == pupil.pk


def test_guessing_at_one_card_stops_that_card_only(card, pupil):
    other = make_card(pupil, organization_id=make_school().pk, today=TODAY, now=NOON)
    for number in range(FAILURES_TO_STOP):
        with pytest.raises(WrongPin):
            knock(card, pin=wrong(card), now=NOON + number * MINUTE)
    with pytest.raises(CardRefused, match="остановлена"):
        knock(card, now=NOON + 20 * MINUTE)
    assert knock(other, now=NOON + 20 * MINUTE)


def test_a_closed_accounts_card_opens_nothing(card, pupil):
    type(pupil).objects.update(is_active=False)
    with pytest.raises(CardRefused):
        knock(card)


def test_a_new_print_ends_the_old_card_and_what_it_opened(card, pupil, school):
    knock(card)
    by_password = begin_test_session(pupil.pk, now=NOON)
    new = make_card(pupil, organization_id=school.pk, today=TODAY, now=NOON)
    assert [session.way for session in Session.objects.all()] == [SignInWay.PASSWORD]
    assert actor_of(by_password, now=NOON).account_id == pupil.pk
    with pytest.raises(CardRefused, match="больше не действует"):
        knock(card)
    assert knock(new).account_id == pupil.pk


def test_a_revoked_card_is_out_on_the_next_request(card, pupil):
    key = knock(card).key
    ended = end_cards(actor=NOBODY, account_ids=[pupil.pk], reason=EndReason.REVOKED, now=NOON)
    assert ended == 1
    assert actor_of(key, now=NOON).account_id is None
    assert end_cards(actor=NOBODY, account_ids=[pupil.pk], reason=EndReason.REVOKED, now=NOON) == 0


def test_nobody_of_fourteen_or_of_unknown_age_gets_a_card(pupil, school):
    holders = [
        CardHolder(account_id=pupil.pk, birth_date=born)
        for born in (None, TODAY.replace(year=TODAY.year - 14))
    ]
    assert draw_cards(holders, today=TODAY) == []


@pytest.mark.parametrize(
    ("born", "last_day", "birthday_14"),
    [
        (date(2012, 10, 15), date(2026, 10, 14), date(2026, 10, 15)),
        (date(2012, 2, 29), date(2026, 2, 28), date(2026, 3, 1)),
    ],
)
def test_a_card_and_its_session_end_with_the_fourteenth_birthday(
    pupil, school, born, last_day, birthday_14
):
    morning = NOON.replace(year=last_day.year, month=last_day.month, day=last_day.day)
    card = make_card(pupil, organization_id=school.pk, today=last_day, now=morning, birth_date=born)
    stay = Client(address="203.0.113.7", stay=True)
    key = knock(card, today=last_day, now=morning, client=stay).key
    with pytest.raises(CardRefused, match="С 14 лет"):
        knock(card, today=birthday_14, now=morning + timedelta(days=1))
    midnight = morning.replace(hour=19)  # 00:00 of the next day in Perm
    assert actor_of(key, now=midnight - timedelta(seconds=1)).account_id == pupil.pk
    assert actor_of(key, now=midnight).account_id is None


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_a_fourteenth_birthday_is_fourteen_years_later(born):
    day = birthday(born, 14)
    assert day.year == born.year + 14
    assert (day.month, day.day) in {(born.month, born.day), (3, 1)}


# --- Guessing -----------------------------------------------------------------------------------


def test_a_hundred_guesses_stop_the_card_and_the_class_teacher_is_told(card, pupil):
    for number in range(100):
        with pytest.raises((WrongPin, CardRefused)):
            knock(card, pin=wrong(card), now=NOON + number * MINUTE)
    row = SignInCard.objects.get()
    assert (row.failures, row.end_reason) == (FAILURES_TO_STOP, EndReason.GUESSED)
    jobs = [task.args_kwargs["kwargs"] for task in DBTaskResult.objects.all()]
    assert jobs == [
        {
            "name": "roster.tell_card_stopped",
            "kwargs": {"card_uid": str(row.uid)},
            "attempt": 1,
        }
    ]
    assert {event.event for event in history_of(row.uid).rows} >= {"accounts.card.stop"}
    with pytest.raises(CardRefused, match="остановлена"):
        knock(card, now=NOON + timedelta(days=1))


def test_the_stop_ends_what_the_card_had_opened(card):
    key = knock(card).key
    for number in range(FAILURES_TO_STOP):
        with pytest.raises(WrongPin):
            knock(card, pin=wrong(card), now=NOON + number * MINUTE)
    assert actor_of(key, now=NOON).account_id is None


def test_the_owners_visits_do_not_give_a_guesser_ten_tries_each(card):
    """Four guesses between the owner's visits, until the card is stopped."""
    guesses = 0
    for number in range(200):
        if SignInCard.objects.get().ended_at:
            break
        if number % 5 == 4:
            knock(card, now=NOON + number * MINUTE)
        else:
            guesses += 1
            with pytest.raises(WrongPin):
                knock(card, pin=wrong(card), now=NOON + number * MINUTE)
    assert guesses < 25


def test_a_child_who_errs_now_and_then_is_not_stopped(card):
    moments = iter(NOON + number * MINUTE for number in range(1000))
    for _ in range(30):
        for _ in range(2):
            with pytest.raises(WrongPin):
                knock(card, pin=wrong(card), now=next(moments))
        assert knock(card, now=next(moments))


def test_five_guesses_a_minute_are_judged(client, pupil, school):
    card = make_card(pupil, organization_id=school.pk, today=clock.today(), now=clock.now())
    show(client, card.secret)
    statuses = [client.post("/c/", {"pin": wrong(card)}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert client.post("/c/", {"pin": card.pin}).status_code == 429
    assert SignInCard.objects.get().failures == 5


def test_a_pin_is_neither_a_row_nor_one_digit():
    pins = {new_pin() for _ in range(3000)}
    assert all(len(pin) == 4 and pin.isdigit() for pin in pins)
    assert not pins & {"0000", "1111", "1234", "4321", "0123", "9876"}


def test_the_row_holds_neither_the_secret_nor_the_pin(card):
    row = SignInCard.objects.get()
    assert card.secret not in (row.digest, row.pin_hash)
    assert card.pin not in row.digest
    assert row.pin_hash != card.pin


def test_an_account_keeps_one_live_card_per_print_of_a_whole_class(school):
    accounts = [make_account(person=make_person(f"Ученик{number} Имя")) for number in range(3)]
    holders = [CardHolder(account_id=a.pk, birth_date=date(2017, 3, 1)) for a in accounts]
    for _ in range(2):
        with assert_query_budget(0):
            drawn = draw_cards(holders, today=TODAY)
        with assert_query_budget(6):
            issue_cards(actor=NOBODY, cards=drawn, organization_id=school.pk, now=NOON)
    assert len({card.secret for card in drawn}) == 3
    assert SignInCard.objects.filter(ended_at__isnull=True).count() == 3


def test_signing_in_by_card_ends_the_session_of_whoever_sat_here_before(client, card, teacher):
    previous = begin_test_session(teacher.pk, now=clock.now())
    client.cookies[COOKIE] = previous
    show(client, card.secret)
    client.post("/c/", {"pin": card.pin})
    assert not Session.objects.filter(account=teacher).exists()
