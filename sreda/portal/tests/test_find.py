"""Quick jump: what is found, and that nothing is found that does not open."""

import pytest
from django.test import Client

from sreda.access.facade import Role
from sreda.access.testing import make_actor, sign_in
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.testing import make_school
from sreda.portal.calculations.class_words import read_class
from sreda.roster.facade import PostRole
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db


def found(client: Client, text: str) -> str:
    with assert_query_budget(4):
        response = client.get("/find/", {"q": text}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()


def test_without_a_word_the_palette_shows_the_menu(client: Client):
    sign_in(client, make_actor(role=Role.OPERATOR, at=make_school().region))
    text = found(client, "")
    assert "Действия" in text
    assert "Что о нас хранится" in text


def test_sections_are_found_by_other_words_too(client: Client):
    sign_in(client, make_actor(role=Role.OPERATOR, at=make_school().region))
    assert "Действия" in found(client, "аудит")
    assert "Действия" not in found(client, "пароль")


def test_a_section_that_does_not_open_is_not_found(client: Client):
    sign_in(client, make_actor(role=Role.OBSERVER, at=make_school().region))
    assert "Действия" not in found(client, "аудит")


def test_the_ministry_finds_organizations_of_its_region_and_no_people(client: Client):
    school = make_school("Гайнская школа")
    make_school("Гайнская чужая школа")
    make_staff(role=PostRole.TEACHER, organization=school, name="Гайнская Анна")
    sign_in(client, make_actor(role=Role.MINISTRY, at=school.region))
    text = found(client, "гайн")
    assert f"/organizations/{school.uid}/" in text
    assert "чужая" not in text
    assert "Гайнская Анна" not in text


def test_a_school_finds_its_people_and_classes(client: Client):
    school_class = make_class(grade=8, letter="Б")
    pupil, _actor = make_pupil(school_class=school_class, name="Пьянков Пётр Ильич")
    make_guardian(child=pupil, name="Пьянкова Ольга")
    make_pupil(name="Пьянков Чужой")
    _person, director = make_staff(role=PostRole.DIRECTOR, organization=school_class.organization)
    sign_in(client, director)
    text = found(client, "пьянков")
    assert f"/people/{pupil.uid}/" in text
    assert "8\u00a0«Б»" in text
    assert "Пьянкова Ольга" in text
    assert "Чужой" not in text
    assert f"/classes/{school_class.uid}/" in found(client, "8б")


def test_a_teacher_finds_no_pupils_and_no_classes(client: Client):
    school_class = make_class(grade=8, letter="Б")
    make_pupil(school_class=school_class, name="Пьянков Пётр Ильич")
    _person, teacher = make_staff(role=PostRole.TEACHER, organization=school_class.organization)
    sign_in(client, teacher)
    assert "Пьянков" not in found(client, "пьянков")
    assert "/classes/" not in found(client, "8б")


def test_a_pupil_finds_nobody(client: Client):
    school_class = make_class(grade=8, letter="Б")
    make_pupil(school_class=school_class, name="Пьянков Пётр Ильич")
    _person, pupil = make_pupil(school_class=school_class)
    sign_in(client, pupil)
    assert "Ничего не нашлось" in found(client, "пьянков")


def test_at_most_eight_are_shown_and_queries_do_not_grow(client: Client):
    school_class = make_class()
    _person, director = make_staff(role=PostRole.DIRECTOR, organization=school_class.organization)
    sign_in(client, director)
    make_pupil(school_class=school_class, name="Пьянков Первый")
    assert_queries_do_not_grow(
        read=lambda: found(client, "пьянков"),
        add_rows=lambda: [
            make_pupil(school_class=school_class, name=f"Пьянков {letter}")
            for letter in "абвгдежзик"
        ],
    )
    assert found(client, "пьянков").count('role="option"') == 8


def test_without_a_script_it_is_a_page(client: Client):
    sign_in(client, make_actor(role=Role.OPERATOR, at=make_school().region))
    text = client.get("/find/", {"q": "<b>нет"}).content.decode()
    assert "<!doctype html>" in text
    assert "По запросу «&lt;b&gt;нет» ничего нет" in text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("8б", (8, "Б")),
        ("10-А", (10, "А")),
        ("8 «Б»", (8, "Б")),
        ("11", (11, "")),
        ("3 а класс", (3, "А")),
        ("13а", None),
        ("школа 8", None),
        ("", None),
    ],
)
def test_a_class_is_read_as_people_write_it(text: str, read: tuple[int, str] | None):
    assert read_class(text) == read
