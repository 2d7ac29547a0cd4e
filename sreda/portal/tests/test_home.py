"""«Сегодня»: what waits for each role, in at most 3 queries beside the identity's one."""

import pytest
from django.test import Client

from sreda.access.facade import Role
from sreda.access.testing import make_actor, sign_in
from sreda.accounts.facade import add_unread
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.imports.testing import kind_of, make_read_batch
from sreda.organizations.testing import make_municipality, make_organization, make_school
from sreda.roster.facade import PostRole
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db

IDENTITY_AND_THREE = 4


def page(client: Client) -> str:
    with assert_query_budget(IDENTITY_AND_THREE):
        response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_day_within_the_budget(role: Role, client: Client):
    school = make_school()
    above = {Role.MUNICIPAL: school.municipality, Role.MINISTRY: school.region}
    above |= {Role.OPERATOR: school.region, Role.OBSERVER: school.region}
    sign_in(client, make_actor(role=role, at=above.get(role, school)))
    assert "Среда, 14 октября" in page(client)


def test_the_ministry_sees_its_register_in_numbers_that_lead_on(client: Client):
    municipality = make_municipality("Гайнский округ")
    make_school("Гайнская школа", municipality=municipality)
    make_school("Юсьвинская школа", municipality=municipality)
    make_organization(kind="COLLEGE", name="Чужой колледж")
    sign_in(client, make_actor(role=Role.MINISTRY, at=municipality.region))
    text = page(client)
    assert "Пермский край, 2 организаци" in text
    assert 'href="/organizations/?kind=SCHOOL">Школы</a></dt><dd class="value">2</dd>' in text
    assert f"/organizations/?municipality={municipality.uid}" in text
    assert "Гайнская школа" in text
    assert "Чужой колледж" not in text
    assert f"/organizations/{municipality.region.uid}/" not in text  # what changed last


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.MUNICIPAL])
def test_the_day_counts_as_many_organizations_as_the_register_lists(role: Role, client: Client):
    municipality = make_municipality()
    at = municipality if role == Role.MUNICIPAL else municipality.region
    make_organization(kind="AUTHORITY", municipality=municipality)
    make_school(municipality=municipality, status="CLOSED")
    make_school(municipality=municipality)
    sign_in(client, make_actor(role=role, at=at))
    assert f"{at.name}, 3 организаци" in page(client)
    assert "3 организаци" in client.get("/organizations/").content.decode()


def test_each_sees_the_numbers_of_the_own_line(client: Client):
    first, second = make_municipality("Гайнский округ"), make_municipality("Кудымкарский округ")
    make_school("Гайнская школа", municipality=first)
    for number in range(2):
        make_school(f"Кудымкарская школа {number}", municipality=second)
    for at, number, foreign in ((first, 1, "Кудымкарск"), (second, 2, "Гайнск"), (first, 1, "Ку")):
        sign_in(client, make_actor(role=Role.MUNICIPAL, at=at))
        text = page(client)
        assert f"{at.name}, {number} организаци" in text
        assert foreign not in text


def test_the_day_of_the_ministry_does_not_grow_with_the_register(client: Client):
    municipality = make_municipality()
    sign_in(client, make_actor(role=Role.MINISTRY, at=municipality.region))
    make_school(municipality=municipality)
    assert_queries_do_not_grow(
        read=lambda: client.get("/"),
        add_rows=lambda: [make_school(municipality=municipality) for _ in range(12)],
    )


def test_tables_that_wait_come_first_for_those_who_load_them(client: Client):
    municipality = make_municipality("Гайнский округ")
    ministry = make_actor(role=Role.MINISTRY, at=municipality.region)
    table = [["наименование", "вид", "муниципалитет", "ИНН"], ["Школа", "школа", "Где-то", ""]]
    batch = make_read_batch(kind=kind_of("organizations"), actor=ministry, table=table)
    sign_in(client, ministry)
    text = page(client)
    assert f"/imports/{batch.uid}/" in text
    assert "1 строка ждёт решения" in text
    sign_in(client, make_actor(role=Role.OBSERVER, at=municipality.region))
    assert str(batch.uid) not in page(client)


def test_numbers_of_the_ministry_lead_to_lists_that_open(client: Client):
    school = make_school("Гайнская школа")
    sign_in(client, make_actor(role=Role.MINISTRY, at=school.region))
    for query in ("?kind=SCHOOL", f"?municipality={school.municipality.uid}"):
        assert "Гайнская школа" in client.get(f"/organizations/{query}").content.decode()
    assert "Гайнская школа" not in client.get("/organizations/?kind=COLLEGE").content.decode()


def test_a_director_sees_how_many_cannot_sign_in_yet(client: Client):
    school_class = make_class()
    pupil, _actor = make_pupil(school_class=school_class)
    make_pupil(school_class=school_class, name="Второв Пётр")
    make_guardian(child=pupil)
    _person, director = make_staff(role=PostRole.DIRECTOR, organization=school_class.organization)
    sign_in(client, director)
    text = " ".join(page(client).replace("\u00a0", " ").split())
    assert 'Ученики</a></dt><dd class="value">2</dd><dd>2 не могут войти</dd>' in text
    assert 'Родители</a></dt><dd class="value">1</dd><dd>1 не может войти</dd>' in text


def test_a_class_teacher_goes_to_the_own_class(client: Client):
    school_class = make_class(grade=8, letter="Б")
    other = make_class(organization=school_class.organization, grade=9, letter="В")
    pupil, _actor = make_pupil(school_class=school_class)
    make_guardian(child=pupil)
    _person, teacher = make_staff(role=PostRole.CLASS_TEACHER, school_class=school_class)
    sign_in(client, teacher)
    text = page(client)
    assert f"/classes/{school_class.uid}/" in text
    assert "1 ученик, 1 ученик не может войти, 1 родитель не может войти" in text
    assert str(other.uid) not in text


def test_the_day_of_a_class_teacher_does_not_grow_with_the_class(client: Client):
    school_class = make_class()
    _person, teacher = make_staff(role=PostRole.CLASS_TEACHER, school_class=school_class)
    sign_in(client, teacher)
    pupil, _actor = make_pupil(school_class=school_class)
    make_guardian(child=pupil)

    def more() -> None:
        for number in range(6):
            child, _actor = make_pupil(school_class=school_class, name=f"Ученик {number}")
            make_guardian(child=child, name=f"Родитель {number}")

    assert_queries_do_not_grow(read=lambda: client.get("/"), add_rows=more)


def test_a_pupil_sees_the_class_its_teacher_and_the_school(client: Client):
    school_class = make_class(grade=8, letter="Б")
    make_staff(
        role=PostRole.CLASS_TEACHER, school_class=school_class, name="Ожгибесова Нина Викторовна"
    )
    _person, pupil = make_pupil(school_class=school_class)
    sign_in(client, pupil)
    text = page(client)
    assert "8\u00a0«Б»" in text
    assert "Ожгибесова Нина Викторовна" in text
    assert school_class.organization.name in text


def test_a_guardian_sees_each_child_and_nobody_else(client: Client):
    school_class = make_class()
    first, _actor = make_pupil(school_class=school_class, name="Боталова Варвара Ильинична")
    make_pupil(school_class=school_class, name="Чужаков Олег")
    _person, guardian = make_guardian(child=first)
    sign_in(client, guardian)
    text = page(client)
    assert "Боталова Варвара Ильинична" in text
    assert f"/people/{first.uid}/" in text
    assert "Чужаков" not in text


def test_authors_and_experts_are_told_what_will_be_here(client: Client):
    school = make_school()
    sign_in(client, make_actor(role=Role.AUTHOR, at=school))
    assert "Материалов пока нет" in page(client)
    sign_in(client, make_actor(role=Role.EXPERT, at=school))
    assert "Экспертиз пока нет" in page(client)


def test_unread_notices_come_first(client: Client):
    actor = make_actor(role=Role.TEACHER, at=make_school())
    add_unread(account_ids=[actor.account_id or 0], by=3)
    sign_in(client, actor)
    text = page(client)
    assert "3 новых уведомлени" in text
    assert text.index("3 новых уведомлени") < text.index("Ваша организация")
