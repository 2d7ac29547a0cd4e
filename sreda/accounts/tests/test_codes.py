from datetime import timedelta

import pytest
from django.test import Client as Browser
from hypothesis import given
from hypothesis import strategies as st

from sreda.accounts.actions.codes import (
    VALID_FOR,
    CodeRefused,
    LoginNotAllowed,
    LoginTaken,
    begin_first_visit,
    end_codes,
    finish_first_visit,
    reset_sign_in,
)
from sreda.accounts.actions.passwords import WeakPassword, WrongPassword, sign_in
from sreda.accounts.actions.sessions import AccountItself
from sreda.accounts.calculations.logins import is_allowed, latin, normal, suggested
from sreda.accounts.calculations.secrets import ALPHABET, new_code, read_code, written_code
from sreda.accounts.models import Account, FirstVisitCode, Session, SignInCard, SignInWay
from sreda.accounts.queries import COOKIE
from sreda.accounts.testing import (
    PASSWORD,
    begin_test_session,
    make_account,
    make_card,
    make_code,
)
from sreda.accounts.tests.conftest import HERE, NOON, TODAY
from sreda.audit.facade import history_of
from sreda.foundation import clock
from sreda.foundation.errors import TooMany
from sreda.people.testing import make_person

NOBODY = AccountItself(account_id=None)


@pytest.fixture
def guardian(db):
    return make_account(person=make_person("Казаринова Ольга Ивановна"))


@pytest.fixture
def code(guardian):
    return make_code(guardian, now=clock.now())


def finish(code, *, login="olga.k", password=PASSWORD, now=None):
    return finish_first_visit(
        code=code, login=login, password=password, client=HERE, now=now or clock.now()
    )


def type_in(browser, code, *, login="olga.k", password=PASSWORD, again=None):
    data = {"code": code, "login": login, "password": password, "again": again or password}
    return browser.post("/sign-in/code/finish/", data)


def main_of(answer):
    return answer.content.decode().split("<footer")[0]


def test_a_code_gives_a_login_a_password_and_a_session_in_two_steps(client, guardian, code):
    assert client.get("/sign-in/code/").status_code == 200
    step = main_of(client.post("/sign-in/code/", {"code": written_code(code)}))
    assert f'value="{guardian.login}"' in step
    assert f'value="{code}"' in step
    answer = type_in(client, code)
    assert answer.status_code == 303
    session = Session.objects.get()
    assert (session.account_id, session.way, session.bound_to_id) == (
        guardian.pk,
        SignInWay.CODE,
        None,
    )
    assert client.get("/me/").status_code == 200
    signed_in = sign_in(login="olga.k", password=PASSWORD, client=HERE, now=clock.now())
    assert signed_in.account_id == guardian.pk


def test_the_login_that_waits_may_be_kept(guardian, code):
    finish(code, login=guardian.login)
    assert sign_in(login=guardian.login, password=PASSWORD, client=HERE, now=clock.now())


@pytest.mark.parametrize("change", [str.lower, lambda c: f" {c[:3]} {c[3:]} ", written_code])
def test_a_code_may_be_typed_as_people_type(client, code, change):
    assert 'name="again"' in main_of(client.post("/sign-in/code/", {"code": change(code)}))


def test_a_code_typed_in_russian_letters_is_read():
    cyrillic = "\u0410\u0412\u0415\u041a\u041c\u041d\u0420\u0421\u0422\u0423\u0425"
    assert read_code(cyrillic) == "ABEKMHPCTYX"
    assert read_code(cyrillic.lower()) == "ABEKMHPCTYX"


@given(st.text())
def test_reading_a_code_never_breaks_and_is_stable(text):
    assert read_code(read_code(text)) == read_code(text)


def test_codes_have_no_letters_that_are_mixed_up():
    code = new_code()
    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert not set("01OIL") & set(ALPHABET)
    assert read_code(written_code(code)) == code


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ended_at": NOON, "end_reason": "USED"}, "уже использован"),
        ({"ended_at": NOON, "end_reason": "NEW_PRINT"}, "заменили новым"),
        ({"expires_at": NOON - timedelta(days=3650)}, "Код действовал до"),
    ],
)
def test_a_code_that_has_ended_says_why_at_both_steps(client, code, change, words):
    FirstVisitCode.objects.update(**change)
    for answer in (client.post("/sign-in/code/", {"code": code}), type_in(client, code)):
        assert answer.status_code == 422
        assert words in main_of(answer)
        assert 'name="again"' not in main_of(answer)
    assert not Session.objects.exists()


def test_an_unknown_code_is_told_so_and_kept_in_the_field(client, db):
    step = client.post("/sign-in/code/", {"code": "<b>ABC</b>"})
    assert step.status_code == 422
    assert "Такого кода нет" in main_of(step)
    assert "&lt;b&gt;ABC&lt;/b&gt;" in main_of(step)
    assert "Введите код" in main_of(client.post("/sign-in/code/", {"code": " "}))


def test_a_closed_accounts_code_opens_nothing(guardian, code):
    Account.objects.update(is_active=False)
    with pytest.raises(CodeRefused, match="закрыта"):
        finish(code)


def test_a_code_opens_once(code):
    finish(code)
    with pytest.raises(CodeRefused, match="уже использован"):
        finish(code, login="olga.k2")


def test_a_code_ends_after_two_weeks_to_the_second(guardian):
    code = make_code(guardian, now=NOON)
    with pytest.raises(CodeRefused, match="действовал до"):
        finish(code, now=NOON + VALID_FOR)
    finish(code, now=NOON + VALID_FOR - timedelta(seconds=1))


def test_a_new_code_ends_the_earlier_one(guardian, code):
    newer = make_code(guardian, now=clock.now())
    with pytest.raises(CodeRefused, match="заменили"):
        begin_first_visit(code=code, client=HERE, now=clock.now())
    assert begin_first_visit(code=newer, client=HERE, now=clock.now()).login == guardian.login


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("korotk1", "короче 8 знаков"),
        ("qwerty123", "подбирают первым"),
        ("8429517360", "одни цифры"),
        ("olga.kazarinova", "совпадает с логином"),
    ],
)
def test_a_weak_password_is_told_at_its_field_and_the_code_stays_good(
    client, code, password, words
):
    step = type_in(client, code, login="olga.kazarinova", password=password)
    assert step.status_code == 422
    assert words in main_of(step)
    assert password not in main_of(step).replace('value="olga.kazarinova"', "")
    assert 'value="olga.kazarinova"' in main_of(step)
    assert type_in(client, code).status_code == 303


def test_two_different_passwords_are_told_and_the_code_stays_good(client, code):
    step = type_in(client, code, again="something-else-1")
    assert "Пароли не совпали" in main_of(step)
    assert not Session.objects.exists()
    assert type_in(client, code).status_code == 303


def test_a_taken_login_is_told_and_the_code_stays_good(client, teacher, code):
    step = type_in(client, code, login="IRINA")
    assert "уже занят" in main_of(step)
    assert type_in(client, code).status_code == 303


def test_a_login_taken_in_the_last_moment_is_told_too(teacher, code, monkeypatch):
    """Let the polite question find nothing, so that only the constraint is left."""
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: False)
    with pytest.raises(LoginTaken):
        finish(code, login="irina")
    assert FirstVisitCode.objects.get().ended_at is None


@pytest.mark.parametrize("login", ["ab", "ольга", ".olga", "ol ga", "olga<", "-", "a" * 151])
def test_a_login_that_cannot_be_typed_everywhere_is_refused(client, code, login):
    with pytest.raises(LoginNotAllowed):
        finish(code, login=login)
    assert type_in(client, code, login=login).status_code == 422


def test_a_used_code_changes_nothing_of_another_account(teacher, code):
    before = Account.objects.get(pk=teacher.pk)
    finish(code)
    after = Account.objects.get(pk=teacher.pk)
    assert (before.login, before.password) == (after.login, after.password)


def test_using_a_code_ends_the_sessions_that_were_open(guardian, code):
    old = begin_test_session(guardian.pk, now=clock.now())
    finish(code)
    assert Session.objects.count() == 1
    assert old != Session.objects.get().digest


def test_the_first_visit_ends_the_session_of_whoever_sat_here_before(client, teacher, code):
    client.cookies[COOKIE] = begin_test_session(teacher.pk, now=clock.now())
    type_in(client, code)
    assert not Session.objects.filter(account=teacher).exists()


def test_tries_with_one_code_are_limited_at_each_step(code):
    for _ in range(5):
        begin_first_visit(code=code, client=HERE, now=NOON)
    with pytest.raises(TooMany):
        begin_first_visit(code=code, client=HERE, now=NOON)
    for _ in range(5):
        with pytest.raises(WeakPassword):
            finish(code, password="12345678", now=NOON)
    with pytest.raises(TooMany):
        finish(code, now=NOON)
    assert finish(code, now=NOON + timedelta(minutes=1))


def test_a_reset_takes_everything_away_and_gives_a_code(teacher, school):
    card = make_card(teacher, organization_id=school.pk, today=TODAY, now=NOON)
    begin_test_session(teacher.pk, now=NOON)
    issued = reset_sign_in(actor=NOBODY, account_id=teacher.pk, now=NOON)
    assert not Session.objects.exists()
    assert SignInCard.objects.get().end_reason == "RESET"
    with pytest.raises(WrongPassword):
        sign_in(login="irina", password=PASSWORD, client=HERE, now=NOON)
    finish(issued.code, login="irina", password="another-password-1", now=NOON)
    assert sign_in(login="irina", password="another-password-1", client=HERE, now=NOON)
    assert card.secret


def test_ended_codes_open_nothing_and_leave_a_trace(code, guardian):
    assert end_codes(actor=NOBODY, account_ids=[guardian.pk], now=NOON) == 1
    assert end_codes(actor=NOBODY, account_ids=[guardian.pk], now=NOON) == 0
    with pytest.raises(CodeRefused, match="больше не действует"):
        finish(code, now=NOON)
    events = [event.event for event in history_of(FirstVisitCode.objects.get().uid).rows]
    assert "accounts.code.end" in events


def test_the_row_does_not_hold_the_code(code):
    assert code not in FirstVisitCode.objects.get().digest


def test_forms_of_the_first_visit_need_a_token(code):
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post("/sign-in/code/", {"code": code}).status_code == 403
    assert type_in(strict, code).status_code == 403
    assert FirstVisitCode.objects.get().ended_at is None


def test_step_two_opened_by_its_address_leads_to_step_one(client, db):
    assert client.get("/sign-in/code/finish/").headers["Location"] == "/sign-in/code/"


def test_a_login_is_suggested_after_the_surname():
    assert suggested("Щукин", 7) == "shchukin-7"
    assert suggested("Ёлкина", 7) == "elkina-7"
    assert suggested("李", 7) == "user-7"
    assert latin("Объездов-Ющенко") == "obezdovyushchenko"


@given(st.text(max_size=120), st.integers(1, 10**9))
def test_every_suggested_login_may_be_typed(last_name, number):
    login = suggested(last_name, number)
    assert is_allowed(login)
    assert normal(login) == login


def test_a_login_that_somebody_has_chosen_already_does_not_stop_an_import(teacher):
    person = make_person("Юрлов Пётр Ильич")
    Account.objects.filter(pk=teacher.pk).update(login=f"yurlov-{person.pk}")
    account = make_account(person=person)
    assert account.login.startswith(f"yurlov-{person.pk}-")
