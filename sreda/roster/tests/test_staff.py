"""Who gives and takes which posts, and new colleagues."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from sreda.access.facade import Role, system_actor
from sreda.access.testing import make_actor, sign_in
from sreda.foundation import clock
from sreda.foundation.errors import Forbidden
from sreda.foundation.ids import new_uid
from sreda.organizations.facade import Kind
from sreda.organizations.testing import make_municipality, make_organization, make_school
from sreda.people.facade import Person
from sreda.people.testing import make_person
from sreda.roster.actions.hiring import (
    FormUsedBefore,
    FullName,
    WantedPost,
    add_colleague,
    add_post_to,
)
from sreda.roster.facade import (
    add_guardianship,
    appoint,
    can_appoint,
    end_guardianship,
    end_post,
    enroll,
    open_class,
)
from sreda.roster.models import Enrollment, Guardianship, Kinship, Post, PostRole, SchoolClass
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
TODAY = date(2026, 10, 14)
SYSTEM = system_actor()

TEACHING = {PostRole.TEACHER, PostRole.CLASS_TEACHER, PostRole.HEAD_TEACHER}
LINE = {
    PostRole.SCHOOL_ADMIN,
    PostRole.DIRECTOR,
    PostRole.MUNICIPAL,
    PostRole.MINISTRY,
    PostRole.AUTHOR,
    PostRole.EXPERT,
    PostRole.OBSERVER,
}
GIVEN = {
    Role.SCHOOL_ADMIN: TEACHING | {PostRole.SCHOOL_ADMIN},
    Role.DIRECTOR: TEACHING | {PostRole.SCHOOL_ADMIN},
    Role.MINISTRY: LINE,
    Role.OPERATOR: LINE | {PostRole.OPERATOR},
}


@pytest.fixture
def line():
    """A school in a municipality of a region, and the same in another region."""
    municipality = make_municipality()
    return SimpleNamespace(
        school=make_school(municipality=municipality),
        municipality=municipality,
        region=municipality.region,
        neighbor=make_school(municipality=municipality),
        abroad=make_school(),
    )


def place_of(role, line):
    if role in (Role.MINISTRY, Role.OPERATOR, Role.OBSERVER):
        return line.region
    return line.municipality if role == Role.MUNICIPAL else line.school


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gives_exactly_the_posts_within_its_reach(line, role):
    actor = make_actor(role=role, at=place_of(role, line))
    may = {post for post in PostRole if can_appoint(actor, line.school, post)}
    assert may == GIVEN.get(role, set())
    assert not any(can_appoint(actor, line.abroad, post) for post in PostRole)
    if place_of(role, line) == line.school:
        assert not any(can_appoint(actor, line.neighbor, post) for post in PostRole)


def try_to_appoint(actor, organization, role):
    return appoint(
        actor=actor,
        person=make_person(),
        organization=organization,
        role=role,
        title="должность",
        starts_on=TODAY,
        now=NOW,
    )


def test_an_administrator_cannot_make_an_operator_or_a_director(line):
    admin = make_actor(role=Role.SCHOOL_ADMIN, at=line.school)
    for role in (PostRole.OPERATOR, PostRole.MINISTRY, PostRole.DIRECTOR):
        with pytest.raises(Forbidden):
            try_to_appoint(admin, line.school, role)
    with pytest.raises(Forbidden):
        try_to_appoint(admin, line.neighbor, PostRole.TEACHER)
    assert not Post.objects.exists()
    try_to_appoint(admin, line.school, PostRole.TEACHER)


def test_the_ministry_appoints_a_director_in_its_own_region_only(line):
    ministry = make_actor(role=Role.MINISTRY, at=line.region)
    with pytest.raises(Forbidden):
        try_to_appoint(ministry, line.abroad, PostRole.DIRECTOR)
    try_to_appoint(ministry, line.school, PostRole.DIRECTOR)


def test_a_post_is_ended_by_whoever_may_give_it_and_never_ones_own(line):
    own_person, admin = make_staff(role=Role.SCHOOL_ADMIN, organization=line.school)
    teacher, _ = make_staff(role=Role.TEACHER, organization=line.school)
    director, _ = make_staff(role=Role.DIRECTOR, organization=line.school)
    for person in (own_person, director):
        with pytest.raises(Forbidden):
            end_post(actor=admin, post=Post.objects.get(person=person), now=NOW)
    end_post(actor=admin, post=Post.objects.get(person=teacher), now=NOW)
    assert list(Post.objects.filter(ended_at__isnull=False)) == [Post.objects.get(person=teacher)]


ROLL = [Role.SCHOOL_ADMIN, Role.DIRECTOR]


@pytest.mark.parametrize("role", [role for role in Role if role not in ROLL])
def test_the_roll_is_closed_to_other_roles(line, role):
    actor = make_actor(role=role, at=place_of(role, line))
    for deed in roll_deeds(line):
        with pytest.raises(Forbidden):
            deed(actor)


@pytest.mark.parametrize("role", ROLL)
def test_the_roll_is_kept_by_the_schools_own_director_and_administrator(line, role):
    stranger = make_actor(role=role, at=line.neighbor)
    own = make_actor(role=role, at=line.school)
    for deed in roll_deeds(line):
        with pytest.raises(Forbidden):
            deed(stranger)
        deed(own)
    assert SchoolClass.objects.filter(grade=9).exists()
    assert Guardianship.objects.filter(ended_at__isnull=True).exists()


def roll_deeds(line):
    school_class = make_class(organization=line.school)
    child, _ = make_pupil(school_class=school_class)
    make_guardian(child=child)
    known = Guardianship.objects.get(child=child)
    newcomer, relative = make_person("Новенький Имя"), make_person("Родитель Имя")
    return [
        lambda actor: open_class(
            actor=actor,
            organization=line.school,
            academic_year=school_class.academic_year,
            grade=9,
            letter="А",
            now=NOW,
        ),
        lambda actor: enroll(
            actor=actor, person=newcomer, school_class=school_class, starts_on=TODAY, now=NOW
        ),
        lambda actor: add_guardianship(
            actor=actor,
            guardian=relative,
            child=child,
            kinship=Kinship.MOTHER,
            may_sign=True,
            starts_on=TODAY,
            now=NOW,
        ),
        lambda actor: end_guardianship(actor=actor, guardianship=known, now=NOW),
    ]


@pytest.fixture
def school():
    place = make_school("Гайнская школа")
    at = make_class(organization=place, letter="А")
    return SimpleNamespace(
        place=place,
        at=at,
        admin=make_staff(role=Role.SCHOOL_ADMIN, organization=place, name="Админ Анна")[1],
        teacher=make_staff(role=Role.TEACHER, organization=place, name="Учитель Пётр")[1],
    )


def form_of(**fields):
    return {
        "uid": str(new_uid()),
        "last_name": "Казаринова",
        "first_name": "Ева",
        "middle_name": "",
        "role": "TEACHER",
        "title": "учитель физики",
        "school_class": "",
        **fields,
    }


def test_a_colleague_is_added_once_and_may_come_in_today(client, school):
    sign_in(client, school.admin)
    url = reverse("roster:colleague", args=[school.place.uid])
    assert "Новый сотрудник" in client.get(url).content.decode()
    form = form_of()
    for _ in range(2):
        answer = client.post(url, form)
        assert answer.status_code == 303
    person = Person.objects.get(last_name="Казаринова")
    assert answer["Location"] == reverse("roster:person", args=[person.uid])
    post = Post.objects.get(person=person)
    assert (post.title, post.starts_on, str(post.uid)) == (
        "учитель физики",
        clock.today(),
        form["uid"],
    )


def test_whoever_may_not_add_learns_nothing_of_who_is_there(school):
    """Neither a namesake nor a form that was sent before answers before the permission does."""
    teacher = Person.objects.get(pk=school.teacher.person_id)
    known = Post.objects.get(person=teacher)
    wanted = WantedPost(known.uid, PostRole.TEACHER, "", None)
    values = {"organization": school.place, "wanted": wanted, "now": clock.now()}
    name = FullName("Учитель", "Пётр", "")
    with pytest.raises(Forbidden):
        add_colleague(actor=school.teacher, name=name, is_another=False, **values)
    with pytest.raises(Forbidden):
        add_post_to(actor=school.teacher, person=teacher, **values)
    assert add_colleague(actor=school.admin, name=name, is_another=False, **values) == teacher
    assert add_post_to(actor=school.admin, person=teacher, **values) == known


def test_whoever_may_not_add_colleagues_is_told(client, school):
    url = reverse("roster:colleague", args=[school.place.uid])
    sign_in(client, school.teacher)
    assert client.get(url).status_code == client.post(url, form_of()).status_code == 403
    assert not Person.objects.filter(last_name="Казаринова").exists()
    sign_in(client, school.admin)
    assert client.post(url, form_of()).status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"last_name": ""}, "Напишите фамилию"),
        ({"first_name": " "}, "Напишите имя"),
        ({"role": ""}, "Выберите роль"),
        ({"role": "OPERATOR"}, "OPERATOR"),
        ({"role": "CLASS_TEACHER"}, "Выберите класс, который ведёт"),
        ({"role": "CLASS_TEACHER", "school_class": str(new_uid())}, "school_class-error"),
        ({"last_name": "Учитель", "first_name": "Пётр"}, "Уже есть: Учитель Пётр"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(client, school, fields, words):
    sign_in(client, school.admin)
    before = Post.objects.count()
    answer = client.post(reverse("roster:colleague", args=[school.place.uid]), form_of(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Post.objects.count() == before


def test_a_namesake_is_added_when_it_is_another_person(client, school):
    sign_in(client, school.admin)
    form = form_of(last_name="Учитель", first_name="Пётр", is_another="on")
    assert (
        client.post(reverse("roster:colleague", args=[school.place.uid]), form).status_code == 303
    )
    assert Person.objects.filter(last_name="Учитель").count() == 2


def test_a_class_teacher_is_added_with_the_class(client, school):
    sign_in(client, school.admin)
    form = form_of(role="CLASS_TEACHER", school_class=str(school.at.uid), title="")
    assert (
        client.post(reverse("roster:colleague", args=[school.place.uid]), form).status_code == 303
    )
    post = Post.objects.get(person__last_name="Казаринова")
    assert (post.school_class, post.title) == (school.at, "классный руководитель")


def test_a_colleague_gets_one_more_post(client, school):
    teacher = Person.objects.get(pk=school.teacher.person_id)
    url = reverse("roster:post_new", args=[teacher.uid])
    form = {"uid": str(new_uid()), "role": "HEAD_TEACHER", "title": "завуч", "school_class": ""}
    sign_in(client, school.teacher)
    assert client.post(url, form).status_code == 403
    sign_in(client, school.admin)
    assert "Новая должность" in client.get(url).content.decode()
    for _ in range(2):
        assert client.post(url, form).status_code == 303
    assert Post.objects.filter(person=teacher).count() == 2
    again = client.post(url, {**form, "uid": str(new_uid())})
    assert again.status_code == 422
    assert "Эта должность у человека уже есть" in again.content.decode()


def test_a_guardian_gets_no_post_by_the_way(client, school):
    child, _ = make_pupil(school_class=school.at)
    guardian, _ = make_guardian(child=child)
    sign_in(client, school.admin)
    assert client.get(reverse("roster:post_new", args=[guardian.uid])).status_code == 403


def test_a_taken_post_is_out_on_the_next_request(client, school):
    post = Post.objects.get(person_id=school.teacher.person_id)
    teacher = Client()
    sign_in(teacher, school.teacher)
    people = reverse("roster:people", args=[school.place.uid])
    assert teacher.get(people).status_code == 200
    url = reverse("roster:post_end", args=[post.uid])
    assert teacher.get(url).status_code == teacher.post(url).status_code == 403
    sign_in(client, school.admin)
    assert "Снять должность" in client.get(url).content.decode()
    assert teacher.get(people).status_code == 200
    assert client.post(url).status_code == 303
    assert teacher.get(people).status_code == 403
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.OPERATOR])
def test_above_the_school_a_post_shows_no_name(client, school, role):
    make_staff(role=Role.DIRECTOR, organization=school.place, name="Исаева Татьяна")
    post = Post.objects.get(role=PostRole.DIRECTOR)
    sign_in(client, make_actor(role=role, at=school.place.region))
    url = reverse("roster:post_end", args=[post.uid])
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 403
        assert "Исаева" not in answer.content.decode()


def test_a_role_that_ended_a_second_ago_is_out_on_the_next_request(client, school):
    post = Post.objects.get(person_id=school.teacher.person_id)
    sign_in(client, school.teacher)
    people = reverse("roster:people", args=[school.place.uid])
    assert client.get(people).status_code == 200
    end_post(actor=SYSTEM, post=post, now=clock.now() - timedelta(seconds=1))
    assert client.get(people).status_code == 403


def test_clubs_have_people_too(client):
    cube = make_organization(kind=Kind.IT_CUBE, name="IT-куб")
    actor = make_staff(role=Role.DIRECTOR, organization=cube)[1]
    sign_in(client, actor)
    page = client.get(reverse("roster:people", args=[cube.uid]))
    assert "Сотрудники" in page.content.decode()
    assert not Enrollment.objects.exists()


def test_a_uid_of_another_schools_post_is_refused_in_words(line):
    make_staff(role=Role.TEACHER, organization=line.neighbor)
    taken = WantedPost(Post.objects.get().uid, PostRole.TEACHER, "", None)
    with pytest.raises(FormUsedBefore, match="Откройте её заново"):
        add_colleague(
            actor=SYSTEM,
            organization=line.school,
            name=FullName("Мехоношин", "Егор", ""),
            wanted=taken,
            is_another=False,
            now=NOW,
        )
    assert Post.objects.count() == 1


def test_a_uid_of_another_persons_post_adds_nothing_and_says_so(line):
    make_staff(role=Role.TEACHER, organization=line.school)
    taken = WantedPost(Post.objects.get().uid, PostRole.HEAD_TEACHER, "", None)
    other, _ = make_staff(role=Role.TEACHER, organization=line.school, name="Исаева Татьяна")
    with pytest.raises(FormUsedBefore, match="Откройте её заново"):
        add_post_to(actor=SYSTEM, person=other, organization=line.school, wanted=taken, now=NOW)
    assert Post.objects.filter(person=other).count() == 1
