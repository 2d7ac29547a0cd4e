"""A fact and its grant are written together and end together."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sreda.access.facade import Grant, Role, actor_for_account, system_actor
from sreda.accounts.facade import Account
from sreda.audit.facade import history_of
from sreda.foundation.errors import Forbidden
from sreda.organizations.facade import Kind
from sreda.organizations.testing import (
    make_academic_year,
    make_municipality,
    make_organization,
    make_region,
    make_school,
)
from sreda.people.testing import make_person
from sreda.roster.actions.classes import ClassExists
from sreda.roster.actions.endings import AlreadyEnded
from sreda.roster.actions.enrollments import AlreadyEnrolled
from sreda.roster.actions.guardianships import AlreadyGuardian
from sreda.roster.actions.posts import AlreadyAppointed, PostOfAnotherKind
from sreda.roster.facade import (
    add_guardianship,
    appoint,
    end_enrollment,
    end_guardianship,
    end_post,
    enroll,
    open_class,
)
from sreda.roster.models import Enrollment, Guardianship, Kinship, Post, PostRole
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db
# 14 October 2026, 10:46 in Perm.
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
TODAY = date(2026, 10, 14)
SYSTEM = system_actor()


def appoint_as_system(**fields):
    values = {
        "actor": SYSTEM,
        "person": fields.get("person") or make_person(),
        "role": PostRole.TEACHER,
        "title": "учитель физики",
        "starts_on": TODAY,
        "now": NOW,
        **fields,
    }
    return appoint(**values)


def live_role(person, now=NOW):
    account = Account.objects.get(person=person)
    return actor_for_account(account.pk, now=now).role


def test_a_post_opens_its_role_at_local_midnight_of_its_first_day():
    school = make_school()
    post = appoint_as_system(organization=school)
    grant = Grant.objects.get()
    assert (grant.role, grant.organization_id) == (Role.TEACHER, school.pk)
    assert grant.fact == f"roster.Post:{post.uid}"
    # Perm is five hours ahead of UTC.
    assert grant.starts_at == datetime(2026, 10, 13, 19, 0, tzinfo=UTC)
    assert grant.ends_at is None


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (PostRole.MINISTRY, "region"),
        (PostRole.OPERATOR, "region"),
        (PostRole.OBSERVER, "region"),
        (PostRole.MUNICIPAL, "municipality"),
        (PostRole.AUTHOR, "itself"),
        (PostRole.EXPERT, "itself"),
        (PostRole.DIRECTOR, "itself"),
    ],
)
def test_a_role_opens_where_its_level_reaches(role, place):
    region = make_region()
    municipality = make_municipality(region=region)
    authority = make_organization(kind=Kind.AUTHORITY, municipality=municipality)
    appoint_as_system(organization=authority, role=role)
    wanted = {"region": region, "municipality": municipality, "itself": authority}[place]
    assert Grant.objects.get().organization_id == wanted.pk


@pytest.mark.parametrize("role", [PostRole.MINISTRY, PostRole.OPERATOR])
def test_a_post_at_the_region_itself_opens_the_region(role):
    region = make_region()
    appoint_as_system(organization=region, role=role)
    assert Grant.objects.get().organization_id == region.pk


def test_a_municipal_post_needs_a_municipality():
    region = make_region()
    authority = make_organization(kind=Kind.AUTHORITY, region=region)
    with pytest.raises(PostOfAnotherKind):
        appoint_as_system(organization=authority, role=PostRole.MUNICIPAL)
    municipality = make_municipality(region=region)
    appoint_as_system(organization=municipality, role=PostRole.MUNICIPAL)
    assert Grant.objects.get().organization_id == municipality.pk


def test_a_class_teacher_and_nobody_else_has_a_class_of_the_same_school():
    school_class = make_class()
    school = school_class.organization
    with pytest.raises(PostOfAnotherKind):
        appoint_as_system(organization=school, role=PostRole.CLASS_TEACHER)
    with pytest.raises(PostOfAnotherKind):
        appoint_as_system(organization=school, school_class=school_class)
    with pytest.raises(PostOfAnotherKind):
        appoint_as_system(
            organization=make_school(), role=PostRole.CLASS_TEACHER, school_class=school_class
        )
    assert not Post.objects.exists()
    appoint_as_system(organization=school, role=PostRole.CLASS_TEACHER, school_class=school_class)
    assert Post.objects.count() == 1


def test_the_same_post_is_not_given_twice_at_a_time():
    school, person = make_school(), make_person()
    post = appoint_as_system(organization=school, person=person)
    with pytest.raises(AlreadyAppointed):
        appoint_as_system(organization=school, person=person)
    end_post(actor=SYSTEM, post=post, now=NOW)
    appoint_as_system(organization=school, person=person)
    assert Post.objects.count() == 2


def test_an_ended_post_is_out_at_that_very_moment():
    person, _actor = make_staff(role=PostRole.TEACHER)
    post = Post.objects.get()
    end_post(actor=SYSTEM, post=post, now=NOW)
    post.refresh_from_db()
    assert (post.ends_on, post.ended_at) == (TODAY, NOW)
    assert live_role(person, now=NOW - timedelta(seconds=1)) == Role.TEACHER
    assert live_role(person, now=NOW) is None


def test_what_is_ended_is_not_ended_again():
    make_staff(role=PostRole.TEACHER)
    post = Post.objects.get()
    end_post(actor=SYSTEM, post=post, now=NOW)
    with pytest.raises(AlreadyEnded):
        end_post(actor=SYSTEM, post=post, now=NOW + timedelta(hours=1))
    assert Grant.objects.get().ends_at == NOW


def test_a_post_ended_before_its_first_day_never_opens():
    person = make_person()
    tomorrow = TODAY + timedelta(days=1)
    post = appoint_as_system(organization=make_school(), person=person, starts_on=tomorrow)
    end_post(actor=SYSTEM, post=post, now=NOW)
    post.refresh_from_db()
    assert post.ends_on == tomorrow
    assert live_role(person, now=NOW + timedelta(days=2)) is None


def test_a_pupil_and_the_guardians_enter_with_the_first_day_of_enrollment():
    person, guardian = make_person(), make_person("Боталов Илья Сергеевич")
    school_class = make_class()
    add_guardianship(
        actor=SYSTEM,
        guardian=guardian,
        child=person,
        kinship=Kinship.FATHER,
        may_sign=True,
        starts_on=date(2020, 1, 1),
        now=NOW,
    )
    assert not Grant.objects.exists()
    enroll(actor=SYSTEM, person=person, school_class=school_class, starts_on=TODAY, now=NOW)
    assert live_role(person) == Role.PUPIL
    assert live_role(guardian) == Role.GUARDIAN
    before = NOW - timedelta(days=1)
    assert live_role(person, now=before) is live_role(guardian, now=before) is None


def test_a_guardian_of_two_children_in_two_schools_has_two_grants():
    first, _ = make_pupil(school_class=make_class(organization=make_school("Школа № 1")))
    second, _ = make_pupil(school_class=make_class(organization=make_school("Школа № 2")))
    guardian, _ = make_guardian(child=first)
    add_guardianship(
        actor=SYSTEM,
        guardian=guardian,
        child=second,
        kinship=Kinship.MOTHER,
        may_sign=False,
        starts_on=TODAY,
        now=NOW,
    )
    own = Grant.objects.filter(account__person=guardian)
    assert sorted(own.values_list("organization__name", flat=True)) == ["Школа № 1", "Школа № 2"]

    end_enrollment(actor=SYSTEM, enrollment=Enrollment.objects.get(person=first), now=NOW)

    lasting = own.filter(ends_at__isnull=True) | own.filter(ends_at__gt=NOW)
    assert [grant.organization.name for grant in lasting] == ["Школа № 2"]


def test_the_guardians_of_a_child_who_leaves_are_out_with_the_child():
    child, _ = make_pupil()
    guardian, _ = make_guardian(child=child)
    end_enrollment(actor=SYSTEM, enrollment=Enrollment.objects.get(), now=NOW)
    assert live_role(child) is live_role(guardian) is None
    assert live_role(guardian, now=NOW - timedelta(seconds=1)) == Role.GUARDIAN


def test_an_ended_guardianship_leaves_the_other_guardian_in():
    child, _ = make_pupil()
    father, _ = make_guardian(child=child)
    mother, _ = make_guardian(child=child, name="Боталова Ольга Юрьевна", kinship=Kinship.MOTHER)
    end_guardianship(actor=SYSTEM, guardianship=Guardianship.objects.get(guardian=father), now=NOW)
    assert live_role(father) is None
    assert live_role(mother) == Role.GUARDIAN
    assert live_role(child) == Role.PUPIL


def test_a_guardian_is_out_on_the_childs_eighteenth_birthday():
    child, _ = make_pupil(birth_date=date(2008, 10, 15))
    guardian, _ = make_guardian(child=child)
    assert live_role(guardian, now=NOW) == Role.GUARDIAN
    # 15 October begins in Perm at 19:00 UTC of the 14th.
    assert live_role(guardian, now=datetime(2026, 10, 14, 19, 0, tzinfo=UTC)) is None
    assert live_role(child, now=datetime(2026, 10, 14, 19, 0, tzinfo=UTC)) == Role.PUPIL


def test_a_child_is_enrolled_once_at_a_school_and_may_come_back():
    school_class = make_class(letter="А")
    child, _ = make_pupil(school_class=school_class)
    other = make_class(organization=school_class.organization, letter="Б")

    def again():
        return enroll(actor=SYSTEM, person=child, school_class=other, starts_on=TODAY, now=NOW)

    with pytest.raises(AlreadyEnrolled, match="3\xa0«А»"):
        again()
    end_enrollment(actor=SYSTEM, enrollment=Enrollment.objects.get(), now=NOW)
    again()
    assert live_role(child, now=NOW + timedelta(minutes=1)) == Role.PUPIL


def test_a_child_may_learn_at_two_organizations():
    child, _ = make_pupil()
    cube = make_organization(kind=Kind.IT_CUBE)
    enroll(
        actor=SYSTEM,
        person=child,
        school_class=make_class(organization=cube),
        starts_on=TODAY,
        now=NOW,
    )
    assert Grant.objects.filter(account__person=child).count() == 2


def test_nobody_represents_themself_or_a_child_twice():
    child, _ = make_pupil()
    guardian, _ = make_guardian(child=child)
    for somebody in (child, guardian):
        with pytest.raises(AlreadyGuardian):
            add_guardianship(
                actor=SYSTEM,
                guardian=somebody,
                child=child,
                kinship=Kinship.OTHER,
                may_sign=True,
                starts_on=TODAY,
                now=NOW,
            )
    assert Guardianship.objects.count() == 1


def test_a_class_is_opened_once_a_year():
    school = make_school()
    values = {
        "actor": SYSTEM,
        "organization": school,
        "academic_year": make_academic_year(school.region),
        "grade": 8,
        "letter": "Б",
        "now": NOW,
    }
    opened = open_class(**values)
    with pytest.raises(ClassExists, match="8\xa0«Б»"):
        open_class(**values)
    assert [row.event for row in history_of(opened.uid).rows] == ["roster.class.open"]


def test_every_fact_leaves_its_trace():
    school_class = make_class()
    child, _ = make_pupil(school_class=school_class)
    make_guardian(child=child)
    make_staff(role=PostRole.CLASS_TEACHER, school_class=school_class)
    enrollment, guardianship, post = (
        model.objects.get() for model in (Enrollment, Guardianship, Post)
    )
    end_post(actor=SYSTEM, post=post, now=NOW)
    end_guardianship(actor=SYSTEM, guardianship=guardianship, now=NOW)
    end_enrollment(actor=SYSTEM, enrollment=enrollment, now=NOW)
    for fact, noun in ((enrollment, "enrollment"), (guardianship, "guardianship"), (post, "post")):
        rows = history_of(fact.uid).rows
        assert [row.event for row in rows] == [f"roster.{noun}.end", f"roster.{noun}.add"]
        assert {row.organization_uid for row in rows} == {school_class.organization.uid}


def test_whoever_may_not_changes_nothing():
    school_class = make_class()
    child, pupil = make_pupil(school_class=school_class)
    facts = (Enrollment.objects.count(), Grant.objects.count())
    with pytest.raises(Forbidden):
        end_enrollment(actor=pupil, enrollment=Enrollment.objects.get(), now=NOW)
    with pytest.raises(Forbidden):
        enroll(
            actor=pupil,
            person=make_person(),
            school_class=school_class,
            starts_on=TODAY,
            now=NOW,
        )
    assert (Enrollment.objects.count(), Grant.objects.count()) == facts
    assert live_role(child) == Role.PUPIL
