"""«Что о нас хранится»: made of the docstrings and of every context's export."""

import importlib
import json
import pkgutil
from datetime import date

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import sreda
from sreda.access.facade import Actor, system_actor
from sreda.access.testing import sign_in
from sreda.accounts.facade import COOKIE, Account, SignInWay, reset_sign_in
from sreda.accounts.testing import begin_test_session, make_account
from sreda.organizations.testing import make_school
from sreda.people.testing import make_person
from sreda.portal import actions
from sreda.portal.calculations.kept_lines import kept_lines
from sreda.portal.queries.kept import EXPORTS, personal_models
from sreda.portal.tests.conftest import NOW
from sreda.roster.facade import PostRole, enroll
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    response = client.get("/me/kept/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_of_every_personal_model_what_why_and_how_long(client: Client):
    _person, actor = make_staff(role=PostRole.TEACHER, organization=make_school())
    sign_in(client, actor)
    text = page(client)
    for _code, _label, lines in personal_models():
        for line in (lines.what, lines.why, lines.how_long):
            assert line in text
            assert line


def test_a_model_without_people_is_left_out():
    codes = {code for code, _label, _lines in personal_models()}
    assert "Person" in codes
    assert "Building" not in codes


def test_the_page_shows_ones_own_records_and_nobody_elses(client: Client):
    school = make_school("Гайнская школа")
    _person, actor = make_staff(
        role=PostRole.TEACHER, organization=school, name="Пьянкова Ольга", title="учитель физики"
    )
    make_staff(role=PostRole.TEACHER, organization=school, name="Чужакова Анна")
    sign_in(client, actor)
    text = page(client)
    assert "Пьянкова" in text
    assert "учитель физики" in text
    assert "Гайнская школа" in text
    assert "Чужакова" not in text


def test_a_guardian_sees_what_is_kept_of_the_child(client: Client):
    pupil, _actor = make_pupil(name="Боталова Варвара Ильинична")
    _person, guardian = make_guardian(child=pupil)
    sign_in(client, guardian)
    text = page(client)
    assert "О ребёнке: Боталова Варвара Ильинична" in text
    assert "2017-03-12" in text


def test_a_pupil_does_not_see_the_records_of_classmates(client: Client):
    school_class = make_class()
    _person, pupil = make_pupil(school_class=school_class)
    make_pupil(school_class=school_class, name="Чужаков Олег")
    sign_in(client, pupil)
    assert "Чужаков" not in page(client)


def test_the_file_holds_the_same(client: Client):
    _person, actor = make_staff(role=PostRole.TEACHER, title="учитель физики")
    sign_in(client, actor)
    response = client.get("/me/kept.json")
    assert response.headers["Content-Disposition"].startswith("attachment")
    data = json.loads(response.content)
    posts = next(kind for kind in data["own"] if kind["code"] == "Post")
    assert posts["records"][0]["должность"] == "учитель физики"
    assert posts["what"]


def test_without_a_role_it_opens_too(client: Client):
    account = make_account(person=make_person("Безролев Павел"))
    sign_in(client, Actor(account_id=account.pk))
    assert "Безролев" in page(client)


@pytest.fixture
def by_card(client: Client) -> Client:
    """A browser signed in by a card of the school; the child learns at a second place too."""
    school_class = make_class()
    child, pupil = make_pupil(school_class=school_class, name="Боталова Варвара Ильинична")
    cube = make_class(organization=make_school("Куб на Ленина"))
    since = date(2026, 9, 1)
    enroll(actor=system_actor(), person=child, school_class=cube, starts_on=since, now=NOW)
    assert pupil.account_id
    client.cookies[COOKIE] = begin_test_session(pupil.account_id, now=NOW, way=SignInWay.CARD)
    return client


def test_a_card_opens_what_is_kept_and_why_but_no_records(by_card: Client):
    text = page(by_card).partition("<main")[2].partition("</main>")[0]
    assert "Вы вошли по карточке" in text
    for _code, label, lines in personal_models():
        assert str(label).lower() in text.lower()
        assert lines.why in text
    assert "Боталова" not in text
    assert "Куб на Ленина" not in text
    assert "/me/kept.json" not in text


def test_the_file_for_a_card_holds_no_records_either(by_card: Client):
    data = by_card.get("/me/kept.json").json()
    assert data["note"].startswith("Вы вошли по карточке")
    assert data["own"]
    assert not any(kind["records"] for kind in data["own"])
    assert (data["children"], data["changed_by_others"]) == ([], [])


def test_what_others_did_to_the_account_is_told_by_role(client: Client):
    school = make_school("Гайнская школа")
    person, actor = make_staff(role=PostRole.TEACHER, organization=school)
    _person, admin = make_staff(
        role=PostRole.SCHOOL_ADMIN, organization=school, name="Тайнова Анна"
    )
    from django.db import transaction

    with transaction.atomic():
        reset_sign_in(actor=admin, account_id=Account.objects.get(person=person).pk, now=NOW)
    sign_in(client, actor)
    text = page(client)
    assert "Сброшен вход" in text
    assert "администратор школы" in text
    assert "Тайнова" not in text


def test_every_context_with_people_exports_and_erases():
    """A context whose model keeps something about people has both in its facade."""
    exports = {function.__module__.split(".")[1] for function in EXPORTS}
    erasers = {function.__module__.split(".")[1] for function in actions.ERASERS}
    for context in pkgutil.iter_modules(sreda.__path__):
        models = [
            model
            for model in apps.get_models()
            if model.__module__.startswith(f"sreda.{context.name}.") and kept_lines(model.__doc__)
        ]
        # Published duties of a head belong to the organization, not to an account; the trail is
        # exported by account and kept by law; grants fall with the facts they follow from.
        if models and context.name not in {"organizations", "audit"}:
            facade = importlib.import_module(f"sreda.{context.name}.facade")
            assert hasattr(facade, "export_person"), context.name
            assert context.name in exports, context.name
            assert context.name in erasers | {"access"}, context.name


def test_lines_may_go_on_below_themselves():
    lines = kept_lines(
        """Something.

        Хранит: имя
        и фамилию.
        Зачем: чтобы знать.
        Срок: год.

        More."""
    )
    assert lines is not None
    assert (lines.what, lines.why, lines.how_long) == ("имя и фамилию.", "чтобы знать.", "год.")


@given(st.text())
def test_any_docstring_is_read(text: str):
    kept_lines(text)


def test_nothing_about_people_is_nothing():
    assert kept_lines("Хранит: ничего о людях.") is None
    assert kept_lines("") is None
