"""What the roster tells of a person, shows of them, and forgets."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from sreda.access.facade import Grant, Role, system_actor
from sreda.foundation.errors import DomainError
from sreda.organizations.testing import make_school
from sreda.roster.facade import (
    end_enrollment,
    end_post,
    erase_person,
    export_person,
    people_counts,
    visible_persons,
)
from sreda.roster.models import Enrollment, Guardianship, Kinship, Post
from sreda.roster.queries.rebuild import grant_differences
from sreda.roster.testing import make_class, make_guardian, make_pupil, make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
TODAY = date(2026, 10, 14)
SYSTEM = system_actor()


def test_a_person_reads_all_facts_about_themself():
    school_class = make_class(organization=make_school("Гайнская школа"), grade=8, letter="Б")
    child, _ = make_pupil(school_class=school_class)
    guardian, _ = make_guardian(child=child, kinship=Kinship.MOTHER, may_sign=False)
    teacher, _ = make_staff(role=Role.CLASS_TEACHER, school_class=school_class)

    assert export_person(teacher.pk)[0][0] == "Post"
    enrollment, guardianship = export_person(child.pk)
    assert enrollment == (
        "Enrollment",
        {"где": "Гайнская школа", "класс": "8\xa0«Б»", "с": "2020-09-01", "по": ""},
    )
    assert guardianship[1]["представитель"] == "Боталов Илья Сергеевич"
    ((model, fields),) = export_person(guardian.pk)
    assert (model, fields["ребёнок"]) == ("Guardianship", "Боталова Варвара Ильинична")
    assert (fields["кем приходится"], fields["подписывает за ребёнка"]) == ("мать", "нет")


def test_who_works_or_learns_is_not_erased():
    school_class = make_class()
    child, _ = make_pupil(school_class=school_class)
    teacher, _ = make_staff(role=Role.CLASS_TEACHER, school_class=school_class)
    for person in (child, teacher):
        with pytest.raises(DomainError, match="Сначала закончите"):
            _erase(person)
    end_enrollment(actor=SYSTEM, enrollment=Enrollment.objects.get(), now=NOW)
    end_post(actor=SYSTEM, post=Post.objects.get(), now=NOW)
    for person in (child, teacher):
        _erase(person)


def _erase(person):
    with transaction.atomic():
        erase_person(person.pk)


def test_an_erased_guardian_leaves_no_guardianship_and_no_grant():
    child, _ = make_pupil()
    guardian, _ = make_guardian(child=child)
    other, _ = make_guardian(child=child, name="Боталова Ольга Юрьевна")
    erase_person(guardian.pk)
    assert [row.guardian for row in Guardianship.objects.all()] == [other]
    assert not Grant.objects.filter(account__person=guardian).exists()
    assert grant_differences(now=NOW) == []


def names_for(actor):
    return {person.last_name for person in visible_persons(actor, today=TODAY)}


@pytest.mark.parametrize(
    ("born", "is_seen"), [(date(2008, 10, 14), False), (date(2008, 10, 15), True)]
)
def test_a_guardian_sees_a_child_until_eighteen(born, is_seen):
    school_class = make_class()
    small, _ = make_pupil(school_class=school_class, name="Младший Сын")
    guardian, actor = make_guardian(child=small, name="Мать Ольга")
    older, _ = make_pupil(school_class=school_class, name="Старший Сын", birth_date=born)
    Guardianship.objects.create(
        guardian=guardian, child=older, kinship=Kinship.MOTHER, starts_on=date(2020, 1, 1)
    )
    assert ("Старший" in names_for(actor)) is is_seen
    assert "Младший" in names_for(actor)


def test_a_guardian_sees_a_child_only_where_they_act():
    child, _ = make_pupil(name="Первый Сын")
    guardian, actor = make_guardian(child=child, name="Мать Ольга")
    other, _ = make_pupil(name="Вторая Дочь")
    Guardianship.objects.create(
        guardian=guardian, child=other, kinship=Kinship.MOTHER, starts_on=date(2020, 1, 1)
    )
    assert names_for(actor) == {"Мать", "Первый"}


def test_counts_tell_no_names():
    school_class = make_class()
    for number in range(3):
        make_pupil(school_class=school_class, name=f"Ученик{number} Имя")
    make_staff(role=Role.CLASS_TEACHER, school_class=school_class)
    end_enrollment(actor=SYSTEM, enrollment=Enrollment.objects.first(), now=NOW)
    counts = people_counts(school_class.organization_id, today=TODAY)
    assert (counts.pupils, counts.classes, counts.staff) == (2, 1, 1)
