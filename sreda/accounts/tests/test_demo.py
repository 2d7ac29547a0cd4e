import pytest

from sreda.accounts.calculations import demo_offers
from sreda.accounts.facade import DemoOffer, offer
from sreda.accounts.models import Session, SignInWay
from sreda.accounts.queries import COOKIE
from sreda.accounts.testing import begin_test_session
from sreda.foundation import clock
from sreda.foundation.testing import assert_query_budget


@pytest.fixture(autouse=True)
def offered(teacher):
    before = list(demo_offers.offers())
    offer([DemoOffer(login="irina", role="Учитель", about="физика, <7–9> классы")])
    yield
    offer(before)


@pytest.fixture
def in_demo(settings):
    settings.SREDA_DEMO = True


def test_the_demo_offers_its_people_and_lets_one_in_by_one_press(client, teacher, in_demo):
    with assert_query_budget(0):
        page = client.get("/sign-in/").content.decode()
    assert "Посмотреть без пароля" in page
    assert 'name="login" value="irina"' in page
    assert "&lt;7–9&gt;" in page
    assert client.post("/sign-in/demo/", {"login": "irina"}).status_code == 303
    session = Session.objects.get()
    assert (session.account_id, session.way) == (teacher.pk, SignInWay.DEMO)
    assert client.get("/me/").status_code == 200


def test_outside_the_demo_nobody_is_offered_and_nobody_let_in(client):
    assert "Посмотреть без пароля" not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"login": "irina"}).status_code == 404
    assert not Session.objects.exists()


@pytest.mark.parametrize("login", ["", "somebody", "Irina"])
def test_only_those_who_are_offered_are_let_in(client, pupil, in_demo, login):
    for name in (login, pupil.login):
        assert client.post("/sign-in/demo/", {"login": name}).status_code == 404
    assert not Session.objects.exists()


def test_a_link_cannot_sign_anybody_in(client, in_demo):
    assert client.get("/sign-in/demo/").status_code == 405


def test_the_one_before_is_signed_out(client, pupil, in_demo):
    client.cookies[COOKIE] = begin_test_session(pupil.pk, now=clock.now())
    client.post("/sign-in/demo/", {"login": "irina"})
    assert not Session.objects.filter(account=pupil).exists()


def test_the_demo_goes_on_only_to_pages_of_ours(client, in_demo):
    answer = client.post("/sign-in/demo/", {"login": "irina", "next": "//evil.example"})
    assert answer.headers["Location"] == "/"
