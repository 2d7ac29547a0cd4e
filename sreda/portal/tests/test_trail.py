"""The journal of actions: to whom it opens, what it tells, with which names."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from sreda.access.facade import Actor, Role, system_actor
from sreda.access.testing import make_actor, sign_in
from sreda.accounts.facade import account_ids_of, issue_codes
from sreda.audit.facade import record
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.facade import Organization
from sreda.organizations.testing import make_school
from sreda.people.facade import Person
from sreda.portal.tests.conftest import NOW
from sreda.roster.facade import Post, PostRole, SchoolClass, appoint, end_post
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

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


def reader(school: Organization, client: Client) -> Actor:
    _person, admin = make_staff(
        role=PostRole.SCHOOL_ADMIN, organization=school, name="Первова Анна"
    )
    return sign_in(client, admin)


def told(actor: Actor, event: str, *, at: datetime = NOW, **of: object) -> None:
    with transaction.atomic():
        record(event, actor=actor, at=at, **of)


@pytest.fixture
def guest() -> Actor:
    """A class teacher of another school who gives lessons at the school of the reader, too."""
    person, actor = make_staff(
        role=PostRole.CLASS_TEACHER, school_class=make_class(), name="Двухшкольная Ольга"
    )
    appoint(
        actor=system_actor(),
        person=person,
        organization=make_school("Гайнская школа"),
        role=PostRole.TEACHER,
        title="",
        starts_on=date(2026, 9, 1),
        now=NOW,
    )
    return actor


def test_a_code_given_at_another_school_is_not_told_of(guest: Actor, client: Client):
    reader(Organization.objects.get(name="Гайнская школа"), client)
    guardian, _actor = make_guardian(
        child=make_pupil(school_class=SchoolClass.objects.get())[0], name="Чужаков Родитель"
    )
    ids = list(account_ids_of([guardian.pk]).values())
    with transaction.atomic():
        issue_codes(actor=guest, account_ids=ids, now=NOW)
        issue_codes(actor=guest, account_ids=ids, now=NOW, organization_id=guest.scope_id)
    text = journal(client, group="accounts.")
    assert "Чужаков" not in text
    assert "Выдан одноразовый код" not in text


def test_what_happened_nowhere_is_told_of_ones_own_people_while_they_are(
    guest: Actor, client: Client
):
    reader(Organization.objects.get(name="Гайнская школа"), client)
    before, after = NOW - timedelta(days=90), NOW + timedelta(minutes=5)
    ended_at = NOW + timedelta(minutes=1)
    for moment, way in ((before, "прежний"), (NOW, "нынешний"), (after, "будущий")):
        told(guest, "accounts.session.begin", at=moment, change={"way": ["", way]})
    told(guest, "accounts.appearance.choose", change={"way": ["", "тёмный"]})
    post = Post.objects.get(organization__name="Гайнская школа", role=PostRole.TEACHER)
    end_post(actor=system_actor(), post=post, now=ended_at)
    text = journal(client, group="accounts.")
    assert "нынешний" in text
    assert "Ольга Двухшкольная" in text
    for foreign in ("прежний", "будущий", "тёмный"):
        assert foreign not in text


def test_whoever_acts_from_above_is_a_role_without_a_name(client: Client):
    school = make_school()
    person, ministry = make_staff(
        role=PostRole.MINISTRY, organization=school.region, name="Министров Важный"
    )
    note(ministry, school)
    reader(school, client)
    assert "специалист министерства" in journal(client, group="organizations.")
    # Being a colleague as well does not open what was done from above.
    appoint(
        actor=system_actor(),
        person=person,
        organization=school,
        role=PostRole.TEACHER,
        title="",
        starts_on=date(2026, 9, 1),
        now=NOW,
    )
    assert "Министров" not in journal(client, group="organizations.")


def test_people_who_were_never_at_the_school_are_not_named(client: Client):
    school = make_school()
    admin = reader(school, client)
    foreign, _actor = make_staff(role=PostRole.TEACHER, name="Чужаков Пётр")
    account_id = account_ids_of([foreign.pk])[foreign.pk]
    here = {"organization_id": school.pk}
    told(admin, "accounts.code.issue", change={"account": ["", account_id]}, **here)
    told(admin, "roster.post.add", change={"person": ["", str(foreign.uid)]}, **here)
    told(make_actor(role=Role.DIRECTOR, at=make_school()), "roster.class.open", **here)
    text = journal(client)
    assert "Открыт класс" in text
    assert "Чужаков" not in text
    assert "Селянинова" not in text


def test_those_who_have_left_keep_their_name_in_what_they_did(client: Client):
    school = make_school()
    person, director = make_staff(
        role=PostRole.DIRECTOR, organization=school, name="Исаева Татьяна"
    )
    note(director, school)
    end_post(actor=system_actor(), post=Post.objects.get(person=person), now=NOW)
    reader(school, client)
    assert "Татьяна Исаева" in journal(client, group="organizations.")


def test_the_operator_reads_what_happened_nowhere_by_role(guest: Actor, client: Client):
    region = Organization.objects.get(name="Гайнская школа").region
    told(guest, "accounts.appearance.choose")
    told(system_actor(), "roster.post.load")
    told(make_actor(role=Role.TEACHER, at=make_school()), "accounts.password.change")
    sign_in(client, make_actor(role=Role.OPERATOR, at=region))
    text = journal(client)
    assert "Выбрал вид страниц" in text
    assert "Должности загружены таблицей" in text
    assert "Сменил пароль" not in text
    assert "Двухшкольная" not in text
