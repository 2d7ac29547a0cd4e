from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from sreda.access.facade import end_grants
from sreda.accounts.actions.passwords import sign_in
from sreda.accounts.hashing import Argon2
from sreda.accounts.models import Account, Session, SignInWay
from sreda.accounts.queries import COOKIE
from sreda.accounts.testing import PASSWORD, begin_test_session
from sreda.accounts.tests.conftest import HERE, NOON
from sreda.audit.facade import history_of
from sreda.foundation import clock
from sreda.foundation.errors import DomainError
from sreda.foundation.testing import assert_query_budget

PAGE = "/sign-in/"


def knock(browser, login="irina", password=PASSWORD, **more):
    # As a browser sends it: nobody who is not signed in sends multipart.
    fields = urlencode({"login": login, "password": password, **more})
    return browser.post(PAGE, fields, content_type="application/x-www-form-urlencoded")


def test_the_page_asks_the_database_nothing(client, db):
    with assert_query_budget(0):
        page = client.get(PAGE)
    assert page.status_code == 200
    assert len(page.content) < 30_000


def test_the_right_pair_opens_a_session_and_goes_home(client, teacher):
    answer = knock(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("portal:home"))
    session = Session.objects.get()
    assert (session.account_id, session.way, session.bound_to_id) == (
        teacher.pk,
        SignInWay.PASSWORD,
        None,
    )
    assert client.get("/me/").status_code == 200


def test_the_login_may_be_typed_in_capitals_and_with_spaces_around(client, teacher):
    assert knock(client, login=" Irina ").status_code == 303


def test_a_wrong_password_keeps_the_login_and_forgets_the_password(client, teacher):
    answer = knock(client, password="another-password-1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Логин или пароль не подошли" in page
    assert 'value="irina"' in page
    assert "another-password-1" not in page
    assert COOKIE not in answer.cookies


def test_an_unknown_login_is_answered_in_the_same_words(client, teacher):
    known = knock(client, password="another-password-1").content.decode()
    unknown = knock(client, login="nobody-here", password="another-password-1").content.decode()
    start, end = known.index("<h1>"), known.index("<footer")
    assert known[start:end].replace("irina", "nobody-here") in unknown


@pytest.mark.parametrize("state", ["unknown", "without a password", "closed", "wrong password"])
def test_every_refusal_costs_one_hash(settings, teacher, state):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    Account.objects.update(password=CountingHasher().encode("kept", "a" * 22))
    if state == "without a password":
        Account.objects.update(password="!no")
    Account.objects.update(is_active=state != "closed")
    CountingHasher.hashes = 0
    with pytest.raises(DomainError, match="не подошли"):
        sign_in(
            login="stranger" if state == "unknown" else "irina",
            password="guess",
            client=HERE,
            now=NOON,
        )
    assert CountingHasher.hashes == 1


class CountingHasher(Argon2):
    """The house's hash, counting how often it is made; cheap."""

    memory_cost, time_cost = 8, 1
    hashes = 0

    def encode(self, password, salt):
        CountingHasher.hashes += 1
        return super().encode(password, salt)

    def verify(self, password, encoded):
        CountingHasher.hashes += 1
        return super().verify(password, encoded)


def test_the_hash_is_argon2id_with_the_parameters_of_the_architecture():
    from config import settings as product

    assert product.PASSWORD_HASHERS[0] == "sreda.accounts.hashing.Argon2"
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in Argon2().encode("password", "a" * 22)


def test_empty_fields_are_asked_for(client, db):
    page = knock(client, login="", password="").content.decode()
    assert "Напишите логин" in page
    assert "Введите пароль" in page


def test_a_script_in_the_login_is_shown_as_text(client, db):
    page = knock(client, login='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("login", ["a\x00b", "я" * 150, "x" * 5000])
def test_a_strange_login_is_refused_in_words(client, db, login):
    assert knock(client, login=login).status_code == 422


def test_it_goes_on_to_the_page_that_was_wanted(client, teacher):
    page = client.get(PAGE, {"next": "/me/?a=1"}).content.decode()
    assert 'name="next" value="/me/?a=1"' in page
    assert knock(client, next="/me/?a=1").headers["Location"] == "/me/?a=1"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil",
        "http://testserver/me/",
        "/\t/evil.example",
        " //evil.example",
    ],
)
def test_it_never_goes_on_to_another_host(client, teacher, address):
    assert "evil" not in client.get(PAGE, {"next": address}).content.decode().split("<footer")[0]
    assert knock(client, next=address).headers["Location"] == reverse("portal:home")


def test_a_page_without_a_session_leads_to_the_door_and_back(client, teacher):
    answer = client.get("/me/")
    assert answer.headers["Location"] == f"{PAGE}?next={quote('/me/')}"


def test_somebody_signed_in_is_not_asked_again(client, teacher):
    knock(client)
    assert client.get(PAGE).headers["Location"] == reverse("portal:home")
    assert client.get(PAGE, {"next": "/me/"}).headers["Location"] == "/me/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, teacher):
    cookie = knock(client).cookies[COOKIE]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["secure"]) == ("Lax", "/", "")
    assert cookie["max-age"] == ""


def test_the_cookie_is_secure_behind_https(client, teacher, settings):
    settings.SREDA_COOKIE_SECURE = True
    assert knock(client).cookies[COOKIE]["secure"]


def test_staying_signed_in_keeps_the_cookie_for_thirty_days(client, teacher):
    assert knock(client, stay="on").cookies[COOKIE]["max-age"] == 30 * 24 * 3600
    session = Session.objects.get()
    assert session.expires_at - session.began_at == timedelta(days=30)


def test_the_row_does_not_hold_the_cookies_key(client, teacher):
    key = knock(client).cookies[COOKIE].value
    session = Session.objects.get()
    assert key not in {session.digest, str(session.uid)}


def test_a_form_from_another_site_is_refused(teacher):
    browser = Browser(enforce_csrf_checks=True)
    assert knock(browser).status_code == 403
    assert not Session.objects.exists()
    browser.get(PAGE)
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    assert knock(browser, csrfmiddlewaretoken=token).status_code == 303


def test_the_forms_token_changes_with_the_person(teacher):
    browser = Browser()
    browser.get(PAGE)
    before = browser.cookies[settings.CSRF_COOKIE_NAME].value
    knock(browser)
    assert browser.cookies[settings.CSRF_COOKIE_NAME].value != before


def test_signing_in_over_anothers_session_ends_it(client, teacher, pupil):
    key = begin_test_session(pupil.pk, now=clock.now())
    client.cookies[COOKIE] = key
    knock(client)
    assert not Session.objects.filter(account=pupil).exists()
    assert client.cookies[COOKIE].value != key


def test_a_key_planted_beforehand_is_not_taken_over(client, teacher):
    client.cookies[COOKIE] = "planted-by-somebody"
    knock(client)
    assert client.cookies[COOKIE].value != "planted-by-somebody"


def test_a_session_that_is_over_says_so(client, teacher):
    client.cookies[COOKIE] = begin_test_session(teacher.pk, now=clock.now() - timedelta(hours=13))
    assert client.get("/me/").status_code == 302
    page = client.get(PAGE)
    assert "Сеанс закончился" in page.content.decode()
    assert page.cookies[COOKIE].value == ""


def test_signing_out_ends_the_session_and_empties_the_browser(client, teacher):
    knock(client)
    key = client.cookies[COOKIE].value
    answer = client.post("/sign-out/")
    assert answer.headers["Location"] == PAGE
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.cookies[COOKIE].value == ""
    client.cookies[COOKIE] = key
    assert client.get("/me/").status_code == 302
    assert not Session.objects.exists()


def test_signing_out_twice_is_no_error_and_a_link_cannot_do_it(client, teacher):
    assert client.post("/sign-out/").status_code == 303
    knock(client)
    assert client.get("/sign-out/").status_code == 405
    assert Session.objects.exists()


def test_signing_in_is_in_the_trail(client, teacher):
    knock(client)
    [event] = history_of(Session.objects.get().uid).rows
    assert (event.event, event.account_id) == ("accounts.session.begin", teacher.pk)


def test_an_account_closed_while_signed_in_is_out_at_once(client, teacher):
    knock(client)
    Account.objects.update(is_active=False)
    assert client.get("/me/").status_code == 302
    answer = knock(client)
    assert answer.status_code == 422
    assert "Логин или пароль не подошли" in answer.content.decode()


def test_a_password_reset_between_the_check_and_the_session_wins(teacher, monkeypatch):
    """Make the reset happen while the right old password is being hashed."""
    check = Account.check_password

    def slow_check(account, password):
        fits = check(account, password)
        Account.objects.filter(pk=account.pk).update(password="!reset")
        return fits

    monkeypatch.setattr(Account, "check_password", slow_check)
    with pytest.raises(DomainError, match="только что изменили"):
        sign_in(login="irina", password=PASSWORD, client=HERE, now=NOON)
    assert not Session.objects.exists()


def test_the_help_says_who_gives_a_code_and_needs_no_mail(client, db):
    page = client.get("/sign-in/help/").content.decode()
    for who in ("классный руководитель", "администратор школы", "оператор региона"):
        assert who in page


def test_a_role_is_needed_for_pages_but_not_for_the_own_one(client, teacher):
    knock(client)
    assert client.get(reverse("ui:gallery")).status_code == 200
    end_grants(facts=["post of irina"], at=clock.now() - timedelta(seconds=1))
    closed = client.get(reverse("ui:gallery"))
    assert closed.status_code == 403
    assert "нет ни одной роли" in closed.content.decode()
    assert client.get("/me/").status_code == 200
    assert client.get(PAGE).headers["Location"] == "/me/"
    assert client.post("/sign-out/").status_code == 303
