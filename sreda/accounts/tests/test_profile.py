from datetime import timedelta

import pytest
from django.db.models import Q
from django.test import Client as Browser

from sreda.access.facade import Role
from sreda.access.testing import actor_of, give_role
from sreda.accounts.actions.passwords import change_password, sign_in
from sreda.accounts.actions.sessions import AccountItself, SignInChanged, end_session
from sreda.accounts.facade import add_unread, erase_account, export_person
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
from sreda.audit.facade import events_page
from sreda.foundation import clock
from sreda.foundation.errors import Forbidden, NotFound
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.testing import make_school
from sreda.people.testing import make_person

NEW = "lampa-i-3-tetradi"


@pytest.fixture
def inside(client, teacher):
    """Return a browser that is signed in by password."""
    client.cookies[COOKIE] = begin_test_session(teacher.pk, now=clock.now())
    return client


def main_of(answer):
    return answer.content.decode().split('<main class="main"')[1].split("</main>")[0]


def change(browser, old=PASSWORD, new=NEW, again=""):
    return browser.post("/me/password/", {"old": old, "password": new, "again": again or new})


# --- The page -----------------------------------------------------------------------------------


def test_the_own_page_shows_login_roles_and_sessions_in_three_queries(inside, teacher):
    give_role(teacher, role=Role.EXPERT, at=make_school("Школа № 3"))
    inside.get("/me/")
    with assert_query_budget(3):
        page = inside.get("/me/")
    main = main_of(page)
    for text in ("irina", "Учитель", "Школа № 12", "Эксперт", "Школа № 3", "это устройство"):
        assert text in main


def test_the_page_does_not_ask_more_with_more_sessions_and_roles(inside, teacher):
    def add_rows():
        begin_test_session(teacher.pk, now=clock.now())
        give_role(teacher, role=Role.EXPERT, at=make_school())

    assert_queries_do_not_grow(read=lambda: inside.get("/me/"), add_rows=add_rows)


def test_another_role_is_chosen_with_one_button(inside, teacher):
    give_role(teacher, role=Role.EXPERT, at=make_school())
    other = actor_of(inside.cookies[COOKIE].value, now=clock.now()).others[0]
    assert f'action="/me/role/{other.uid}/"' in main_of(inside.get("/me/"))
    inside.post(f"/me/role/{other.uid}/")
    assert actor_of(inside.cookies[COOKIE].value, now=clock.now()).role == Role.EXPERT


def test_names_with_a_script_are_shown_as_text(client, school):
    account = make_account(person=make_person("Иванов <script>alert(1)</script>"))
    give_role(account, role=Role.TEACHER, at=school)
    client.cookies[COOKIE] = begin_test_session(account.pk, now=clock.now())
    assert "<script>alert" not in client.get("/me/").content.decode()


def test_the_page_may_not_be_kept_by_the_browser(inside):
    assert "no-store" in inside.get("/me/").headers["Cache-Control"]


# --- The password -------------------------------------------------------------------------------


def test_a_changed_password_works_and_the_other_devices_are_out(inside, teacher):
    elsewhere = begin_test_session(teacher.pk, now=clock.now())
    assert change(inside).status_code == 303
    assert inside.get("/me/").status_code == 200
    assert actor_of(elsewhere, now=clock.now()).account_id is None
    assert sign_in(login="irina", password=NEW, client=HERE, now=clock.now())
    assert not Account.objects.get(pk=teacher.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old": "wrong-password-1"}, "Нынешний пароль не подошёл"),
        ({"new": "short1"}, "короче 8 знаков"),
        ({"new": "password1"}, "подбирают первым"),
        ({"new": "irina"}, "короче 8 знаков"),
        ({"again": "not-the-same-1"}, "Пароли не совпали"),
        ({"old": " "}, "Нынешний пароль не подошёл"),
    ],
)
def test_a_refused_password_is_told_at_its_field_and_changes_nothing(
    inside, teacher, fields, words
):
    answer = change(inside, **fields)
    assert answer.status_code == 422
    assert words in main_of(answer)
    for typed in fields.values():
        assert f'value="{typed}"' not in main_of(answer).replace('value="irina"', "")
    assert Account.objects.get(pk=teacher.pk).check_password(PASSWORD)


def test_the_present_password_cannot_be_guessed_from_inside(inside):
    assert [change(inside, old="guess").status_code for _ in range(6)] == [422] * 5 + [429]
    assert change(inside).status_code == 429


@pytest.mark.parametrize("way", [SignInWay.CARD, SignInWay.DEMO])
def test_neither_a_card_nor_the_demo_changes_a_password(client, teacher, way):
    client.cookies[COOKIE] = begin_test_session(teacher.pk, now=clock.now(), way=way)
    assert 'name="old"' not in main_of(client.get("/me/"))
    answer = change(client)
    assert answer.status_code == 403
    assert Account.objects.get(pk=teacher.pk).check_password(PASSWORD)


def test_somebody_without_a_password_has_nothing_to_change(client, pupil):
    client.cookies[COOKIE] = begin_test_session(pupil.pk, now=clock.now())
    assert 'name="old"' not in main_of(client.get("/me/"))
    assert change(client).status_code == 403


def test_anothers_session_does_not_lend_its_way(teacher, pupil):
    begin_test_session(pupil.pk, now=NOON)
    with pytest.raises(Forbidden):
        change_password(
            actor=AccountItself(account_id=teacher.pk),
            old=PASSWORD,
            new=NEW,
            session_uid=Session.objects.get().uid,
            address=HERE.address,
            now=NOON,
        )


def test_a_reset_between_the_check_and_the_change_wins(teacher, monkeypatch):
    begin_test_session(teacher.pk, now=NOON)
    check = Account.check_password

    def slow_check(account, password):
        fits = check(account, password)
        Account.objects.filter(pk=account.pk).update(password="!reset")
        return fits

    monkeypatch.setattr(Account, "check_password", slow_check)
    with pytest.raises(SignInChanged):
        change_password(
            actor=AccountItself(account_id=teacher.pk),
            old=PASSWORD,
            new=NEW,
            session_uid=Session.objects.get().uid,
            address=HERE.address,
            now=NOON,
        )
    assert Account.objects.get(pk=teacher.pk).password == "!reset"


# --- Sessions -----------------------------------------------------------------------------------


def test_one_other_session_is_closed(inside, teacher):
    elsewhere = begin_test_session(teacher.pk, now=clock.now())
    uid = Session.objects.order_by("-id")[0].uid
    assert f'action="/me/sessions/{uid}/"' in main_of(inside.get("/me/"))
    assert inside.post(f"/me/sessions/{uid}/").status_code == 303
    assert actor_of(elsewhere, now=clock.now()).account_id is None
    assert inside.get("/me/").status_code == 200
    assert inside.post(f"/me/sessions/{uid}/").status_code == 404


def test_all_other_sessions_are_closed_and_nobody_elses(inside, teacher, pupil):
    begin_test_session(pupil.pk, now=clock.now())
    for _ in range(2):
        begin_test_session(teacher.pk, now=clock.now())
    inside.post("/me/sessions/others/")
    assert inside.get("/me/").status_code == 200
    assert Session.objects.filter(account=teacher).count() == 1
    assert Session.objects.filter(account=pupil).count() == 1


def test_anothers_session_is_not_there(inside, pupil):
    begin_test_session(pupil.pk, now=clock.now())
    theirs = Session.objects.get(account=pupil)
    assert inside.post(f"/me/sessions/{theirs.uid}/").status_code == 404
    with pytest.raises(NotFound):
        end_session(actor=AccountItself(account_id=None), session_uid=theirs.uid, now=NOON)
    assert Session.objects.filter(pk=theirs.pk).exists()


def test_sessions_that_are_over_are_not_listed(inside, teacher):
    begin_test_session(teacher.pk, now=clock.now() - timedelta(hours=13))
    uid = Session.objects.order_by("-id")[0].uid
    assert str(uid) not in main_of(inside.get("/me/"))
    assert "/me/sessions/others/" not in main_of(inside.get("/me/"))


def test_the_forms_of_the_page_need_a_token(teacher):
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies[COOKIE] = begin_test_session(teacher.pk, now=clock.now())
    assert change(strict).status_code == 403
    assert strict.post("/me/sessions/others/").status_code == 403
    assert Account.objects.get(pk=teacher.pk).check_password(PASSWORD)


# --- Appearance, unread, personal data ----------------------------------------------------------


def test_the_chosen_appearance_is_kept_in_the_profile(inside, teacher, client):
    inside.post("/appearance/", {"theme": "dark", "vision": "sand large"})
    account = Account.objects.get(pk=teacher.pk)
    assert (account.theme, account.vision) == ("dark", "sand large")
    elsewhere = Browser()
    elsewhere.cookies[COOKIE] = begin_test_session(teacher.pk, now=clock.now())
    page = elsewhere.get("/me/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-vision="sand large"' in page


def test_somebody_not_signed_in_changes_nobodys_profile(client, teacher):
    client.post("/appearance/", {"theme": "dark"})
    assert Account.objects.get(pk=teacher.pk).theme == ""
    assert events_page(within=Q(), number=1).total == 0


def test_unread_never_falls_below_zero(teacher, pupil):
    add_unread(account_ids=[teacher.pk, pupil.pk], by=2)
    add_unread(account_ids=[teacher.pk], by=-5)
    assert Account.objects.get(pk=teacher.pk).unread == 0
    assert Account.objects.get(pk=pupil.pk).unread == 2


def test_all_that_is_kept_of_a_person_is_exported_without_secrets(teacher, school):
    key = begin_test_session(teacher.pk, now=NOON)
    card = make_card(teacher, organization_id=school.pk, today=TODAY, now=NOON)
    code = make_code(teacher, now=NOON)
    exported = export_person(teacher.person_id)
    assert {name for name, _fields in exported} == {
        "Account",
        "Session",
        "SignInCard",
        "FirstVisitCode",
    }
    text = str(exported)
    assert "irina" in text
    teacher.refresh_from_db()
    for secret in (key, card.secret, card.pin, code, teacher.password):
        assert secret not in text


def test_an_erased_person_leaves_no_way_in_and_no_choice(teacher, school):
    Account.objects.update(theme="dark", vision="huge dark", last_login=NOON)
    begin_test_session(teacher.pk, now=NOON)
    make_card(teacher, organization_id=school.pk, today=TODAY, now=NOON)
    make_code(teacher, now=NOON)
    erase_account(teacher.person_id)
    for model in (Session, SignInCard, FirstVisitCode):
        assert not model.objects.exists()
    account = Account.objects.get(pk=teacher.pk)
    assert "irina" not in account.login
    assert not account.has_usable_password()
    assert not account.is_active
    assert (account.theme, account.vision, account.last_login) == ("", "", None)
    assert export_person(make_person("Другой Человек").pk) == []
