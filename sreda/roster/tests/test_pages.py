"""The pages: who opens which, what stands on them, what they cost."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from sreda.access.facade import Role
from sreda.access.testing import make_actor, sign_in
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.testing import make_municipality, make_school
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db
OUTSIDERS = [Role.PUPIL, Role.GUARDIAN, Role.AUTHOR, Role.EXPERT]
ABOVE = [Role.MUNICIPAL, Role.MINISTRY, Role.OPERATOR, Role.OBSERVER]


@pytest.fixture
def school():
    """A school with two classes, each with a pupil, a guardian and a teacher of its own."""
    place = make_school("Гайнская школа", municipality=make_municipality())
    made = SimpleNamespace(place=place)
    for letter, pupil, leader in (
        ("А", "Боталова Варвара Ильинична", "Исаева Татьяна Ивановна"),
        ("Б", "Голдобин Савелий Ильич", "Зырянова Анна Павловна"),
    ):
        at = make_class(organization=place, letter=letter)
        child, child_actor = make_pupil(school_class=at, name=pupil)
        guardian, guardian_actor = make_guardian(
            child=child, name=f"{pupil.split()[0]} Мария Петровна"
        )
        teacher, teacher_actor = make_staff(role=Role.CLASS_TEACHER, school_class=at, name=leader)
        setattr(
            made,
            "a" if letter == "А" else "b",
            SimpleNamespace(
                school_class=at,
                child=child,
                child_actor=child_actor,
                guardian=guardian,
                guardian_actor=guardian_actor,
                teacher=teacher,
                teacher_actor=teacher_actor,
            ),
        )
    return made


def staff(school, role, name="Мехоношин Егор Ильич"):
    return make_staff(role=role, organization=school.place, name=name)[1]


def people_url(place):
    return reverse("roster:people", args=[place.uid])


def class_url(at):
    return reverse("roster:school_class", args=[at.school_class.uid])


def person_url(person):
    return reverse("roster:person", args=[person.uid])


def opened(client, actor, url):
    sign_in(client, actor)
    answer = client.get(url)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("role", [Role.HEAD_TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN])
def test_heads_see_staff_and_all_classes(client, school, role):
    status, page = opened(client, staff(school, role), people_url(school.place))
    assert status == 200
    assert "Исаева Татьяна Ивановна" in page
    assert class_url(school.a) in page
    assert class_url(school.b) in page
    assert "1 ученик" in page


def test_a_class_teacher_sees_staff_and_the_own_class_only(client, school):
    status, page = opened(client, school.a.teacher_actor, people_url(school.place))
    assert status == 200
    assert "Зырянова Анна Павловна" in page
    assert class_url(school.a) in page
    assert class_url(school.b) not in page


def test_a_teacher_sees_staff_and_no_class(client, school):
    status, page = opened(client, staff(school, Role.TEACHER), people_url(school.place))
    assert status == 200
    assert "Зырянова Анна Павловна" in page
    assert "/classes/" not in page


@pytest.mark.parametrize("role", OUTSIDERS)
def test_names_are_closed_to_others_of_the_same_school(client, school, role):
    actor = make_actor(role=role, at=school.place)
    status, page = opened(client, actor, people_url(school.place))
    assert status == 403
    assert "Имена открываются только сотрудникам" in page
    assert "Зырянова" not in page


@pytest.mark.parametrize("role", ABOVE)
def test_names_do_not_open_above_the_school(client, school, role):
    at = school.place.municipality if role == Role.MUNICIPAL else school.place.region
    actor = make_actor(role=role, at=at)
    for url in (people_url(school.place), class_url(school.a)):
        status, page = opened(client, actor, url)
        assert status == 403
        assert "Боталова" not in page
        assert "Зырянова" not in page
    assert opened(client, actor, person_url(school.a.child))[0] == 404


def test_another_schools_people_and_classes_do_not_exist(client, school):
    stranger = make_staff(role=Role.DIRECTOR, organization=make_school())[1]
    for url in (
        people_url(school.place),
        class_url(school.a),
        person_url(school.a.child),
        reverse("roster:cards", args=[school.a.school_class.uid]),
        reverse("roster:codes", args=[school.a.school_class.uid]),
        reverse("roster:reset", args=[school.a.child.uid]),
        reverse("roster:colleague", args=[school.place.uid]),
    ):
        assert opened(client, stranger, url)[0] == 404
        assert opened(client, staff(school, Role.DIRECTOR), url)[0] == 200


def test_a_class_shows_pupils_guardians_and_how_they_sign_in(client, school):
    status, page = opened(client, school.a.teacher_actor, class_url(school.a))
    assert status == 200
    for words in (
        "Боталова Варвара Ильинична",
        "Боталова Мария Петровна",
        "ещё не входит",
        "Классный руководитель: Татьяна Исаева",
        "Напечатать карточки",
        "Коды родителям",
    ):
        assert words in page


def test_the_class_of_a_colleague_is_closed_in_words(client, school):
    status, page = opened(client, school.a.teacher_actor, class_url(school.b))
    assert status == 403
    assert "Этот класс ведёт Анна Зырянова" in page
    assert "Голдобин" not in page


def test_who_leads_a_class_is_not_told_to_families(client, school):
    status, page = opened(client, school.a.child_actor, class_url(school.b))
    assert status == 403
    assert "Зырянова" not in page


def test_a_head_teacher_sees_a_class_and_lets_nobody_in(client, school):
    actor = staff(school, Role.HEAD_TEACHER)
    status, page = opened(client, actor, class_url(school.a))
    assert status == 200
    assert "Напечатать карточки" not in page
    for name in ("roster:cards", "roster:codes"):
        url = reverse(name, args=[school.a.school_class.uid])
        assert opened(client, actor, url)[0] == 403
        assert opened(client, school.a.teacher_actor, url)[0] == 200


def test_a_search_finds_staff_pupils_and_guardians(client, school):
    actor = staff(school, Role.DIRECTOR)
    page = opened(client, actor, people_url(school.place) + "?q=боталова")[1]
    assert person_url(school.a.child) in page
    assert person_url(school.a.guardian) in page
    assert "ребёнок: Боталова Варвара Ильинична" in page
    assert "Голдобин" not in page
    page = opened(client, actor, people_url(school.place) + "?q=зырянова анна")[1]
    assert person_url(school.b.teacher) in page
    assert person_url(school.a.teacher) not in page


def test_a_search_finds_no_more_than_may_be_seen(client, school):
    url = people_url(school.place) + "?q=голдобин"
    assert "Голдобин Савелий" in opened(client, school.b.teacher_actor, url)[1]
    assert "Голдобин Савелий" not in opened(client, school.a.teacher_actor, url)[1]


def test_the_list_narrows_to_a_role(client, school):
    actor = staff(school, Role.DIRECTOR)
    page = opened(client, actor, people_url(school.place) + "?role=DIRECTOR")[1]
    assert "Мехоношин Егор" in page
    assert person_url(school.a.teacher) not in page


def test_how_colleagues_sign_in_is_shown_to_those_who_manage_it(client, school):
    url = people_url(school.place)
    assert "ещё не входит" in opened(client, staff(school, Role.SCHOOL_ADMIN), url)[1]
    assert "ещё не входит" not in opened(client, staff(school, Role.TEACHER), url)[1]


def test_script_in_a_name_is_shown_as_text(client, school):
    make_pupil(school_class=school.a.school_class, name="<script>alert(1)</script> Имя")
    page = opened(client, school.a.teacher_actor, class_url(school.a))[1]
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_guardian_opens_the_own_child_and_nobody_else(client, school):
    status, page = opened(client, school.a.guardian_actor, person_url(school.a.child))
    assert status == 200
    assert "Боталова Варвара Ильинична" in page
    assert "Сбросить вход" not in page
    for person in (school.b.child, school.b.guardian, school.a.teacher):
        assert opened(client, school.a.guardian_actor, person_url(person))[0] == 404


def test_a_pupil_opens_the_own_page_only(client, school):
    assert opened(client, school.a.child_actor, person_url(school.a.child))[0] == 200
    assert opened(client, school.a.child_actor, person_url(school.a.guardian))[0] == 404


def test_the_page_of_a_pupil_offers_the_class_teacher_what_is_theirs(client, school):
    page = opened(client, school.a.teacher_actor, person_url(school.a.child))[1]
    assert "Напечатать карточку" in page
    assert "Сбросить вход" in page
    assert opened(client, school.a.teacher_actor, person_url(school.b.child))[0] == 404


def test_the_page_of_a_colleague_offers_the_administrator_what_is_theirs(client, school):
    for role, offered in ((Role.SCHOOL_ADMIN, True), (Role.HEAD_TEACHER, False)):
        page = opened(client, staff(school, role), person_url(school.a.teacher))[1]
        assert ("Снять" in page) is offered
        assert ("Выдать код для входа" in page) is offered
        assert ("Добавить должность" in page) is offered


def test_a_guessed_uid_is_404(client, school):
    sign_in(client, staff(school, Role.DIRECTOR))
    guessed = "01920000-0000-7000-8000-000000000000"
    for name in ("people", "school_class", "person", "post_end", "cards", "code", "post_new"):
        assert client.get(reverse(f"roster:{name}", args=[guessed])).status_code == 404


def fill(school):
    for number in range(6):
        child, _ = make_pupil(
            school_class=school.a.school_class, name=f"Ученик{number} Имя Отчество"
        )
        make_guardian(child=child, name=f"Родитель{number} Имя Отчество")
        make_staff(
            role=Role.TEACHER, organization=school.place, name=f"Учитель{number} Имя Отчество"
        )
        make_class(organization=school.place, grade=5)


@pytest.mark.parametrize(
    ("page", "budget"),
    [("people", 11), ("people?q=имя", 13), ("class", 9), ("cards", 9), ("codes", 10)],
)
def test_pages_keep_their_budget_and_do_not_grow(client, school, page, budget):
    at = school.a.school_class.uid
    url = {
        "people": people_url(school.place),
        "people?q=имя": people_url(school.place) + "?q=имя",
        "class": class_url(school.a),
        "cards": reverse("roster:cards", args=[at]),
        "codes": reverse("roster:codes", args=[at]),
    }[page]
    actor = staff(school, Role.SCHOOL_ADMIN, name="Директор Имя Отчество")
    sign_in(client, actor)
    fill(school)
    client.get(url)
    with assert_query_budget(budget):
        client.get(url)
    assert_queries_do_not_grow(read=lambda: client.get(url), add_rows=lambda: fill(school))


def test_the_page_of_a_person_keeps_its_budget(client, school):
    sign_in(client, staff(school, Role.SCHOOL_ADMIN))
    url = person_url(school.a.child)
    client.get(url)
    with assert_query_budget(13):
        client.get(url)
