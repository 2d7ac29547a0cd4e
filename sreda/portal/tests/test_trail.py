"""The journal of actions: to whom it opens, what it tells, with which names."""

import io
import zipfile

import pytest
from django.db import transaction
from django.test import Client

from sreda.access.facade import Actor, Role
from sreda.access.testing import make_actor, sign_in
from sreda.audit.facade import record
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.testing import make_school
from sreda.people.facade import Person
from sreda.portal.tests.conftest import NOW
from sreda.roster.facade import PostRole
from sreda.roster.testing import make_staff

pytestmark = pytest.mark.django_db


def note(actor: Actor, school: object, event: str = "organizations.organization.change") -> None:
    with transaction.atomic():
        record(
            event,
            actor=actor,
            at=NOW,
            target=school,
            organization_id=school.pk,
            change={"phone": ["", "2-10-00"], "status": ["ACTIVE", "CLOSED"]},
        )


def journal(client: Client, **query: str) -> str:
    response = client.get("/audit/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_school_administrator_reads_names_of_the_own_school_only(client: Client):
    school, other = make_school("Гайнская школа"), make_school("Чужая школа")
    _person, director = make_staff(
        role=PostRole.DIRECTOR, organization=school, name="Исаева Татьяна Ивановна"
    )
    note(director, school)
    note(make_actor(role=Role.DIRECTOR, at=other, name="Чужаков Пётр"), other)
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN, organization=school)
    sign_in(client, admin)
    text = journal(client, group="organizations.")
    assert "Татьяна Исаева" in text
    assert "директор" in text
    assert "Чуж" not in text


def test_the_operator_reads_role_and_place_and_no_names(client: Client):
    school = make_school("Гайнская школа")
    _person, director = make_staff(
        role=PostRole.DIRECTOR, organization=school, name="Исаева Татьяна Ивановна"
    )
    note(director, school)
    elsewhere = make_school("Чужая школа")
    note(director, elsewhere)
    sign_in(client, make_actor(role=Role.OPERATOR, at=school.region))
    text = journal(client)
    assert "Исаева" not in text
    assert "директор" in text
    assert "Гайнская школа" in text
    assert "Чужая школа" not in text
    assert 'name="person"' not in text


def test_names_of_those_it_was_done_to_open_inside_the_school_only(client: Client):
    school = make_school()
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN, organization=school)
    make_staff(role=PostRole.TEACHER, organization=school, name="Пьянкова Ольга Юрьевна")
    with transaction.atomic():
        record(
            "roster.post.add",
            actor=admin,
            at=NOW,
            organization_id=school.pk,
            change={"person": ["", str(Person.objects.get(last_name="Пьянкова").uid)]},
        )
    sign_in(client, admin)
    assert "Человек: Пьянкова Ольга Юрьевна" in journal(client)
    sign_in(client, make_actor(role=Role.OPERATOR, at=school.region))
    assert "Пьянкова" not in journal(client)


def test_what_changed_is_told_in_words(client: Client):
    school = make_school()
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN, organization=school)
    note(admin, school)
    sign_in(client, admin)
    text = journal(client)
    assert "Телефон: 2-10-00" in text
    assert "Состояние: работает → закрыта" in text


def test_the_journal_is_narrowed_by_subject_person_and_days(client: Client):
    school = make_school()
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN, organization=school)
    _person, director = make_staff(
        role=PostRole.DIRECTOR, organization=school, name="Исаева Татьяна"
    )
    note(director, school)
    sign_in(client, admin)
    only = {"group": "organizations."}
    assert "Таких записей нет" not in journal(client, **only)
    assert "Таких записей нет" not in journal(client, person="исаева", **only)
    assert "Таких записей нет" in journal(client, person="селянинова", **only)
    assert "Таких записей нет" in journal(client, person="никто", **only)
    assert "Таких записей нет" in journal(client, since="2026-10-15", **only)
    assert "Таких записей нет" in journal(client, until="2026-10-13", **only)
    assert "Таких записей нет" not in journal(
        client, since="2026-10-14", until="2026-10-14", **only
    )


def test_a_day_that_is_none_is_said_and_narrows_nothing(client: Client):
    school = make_school()
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN, organization=school)
    note(admin, school)
    sign_in(client, admin)
    text = journal(client, since="2026-02-31")
    assert "Нет такого дня" in text
    assert "Телефон: 2-10-00" in text


def test_the_journal_costs_the_same_for_one_event_and_for_many(client: Client):
    school = make_school()
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN, organization=school)
    note(admin, school)
    sign_in(client, admin)
    assert_queries_do_not_grow(
        read=lambda: journal(client), add_rows=lambda: [note(admin, school) for _ in range(20)]
    )
    with assert_query_budget(6):
        journal(client)


def test_the_table_holds_the_same_and_no_formulas(client: Client):
    school = make_school("=HYPERLINK(1)")
    _person, admin = make_staff(role=PostRole.SCHOOL_ADMIN, organization=school)
    note(admin, school)
    sign_in(client, admin)
    response = client.get("/audit.xlsx")
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "=HYPERLINK(1)" in sheet
    assert "2-10-00" in sheet
    assert "<f>" not in sheet


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.TEACHER, Role.PUPIL])
def test_the_journal_is_closed_to_others_in_words(role: Role, client: Client):
    sign_in(client, make_actor(role=role, at=make_school()))
    for address in ("/audit/", "/audit.xlsx"):
        response = client.get(address)
        assert response.status_code == 403
        assert "администратору школы" in response.content.decode()
