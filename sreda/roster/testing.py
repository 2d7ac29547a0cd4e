"""Makers of classes, pupils, guardians and staff for tests, through the real pieces."""

from datetime import date
from typing import Any

from sreda.access.facade import Actor, actor_for_account, system_actor
from sreda.access.testing import MONDAY
from sreda.accounts.facade import account_ids_of
from sreda.organizations.facade import Organization
from sreda.organizations.testing import make_academic_year, make_school
from sreda.people.facade import Person
from sreda.people.testing import make_person
from sreda.roster.actions.classes import add_class
from sreda.roster.actions.enrollments import add_enrollment
from sreda.roster.actions.guardianships import write_guardianship
from sreda.roster.actions.posts import add_post
from sreda.roster.models import Kinship, PostRole, SchoolClass

LONG_AGO = date(2020, 9, 1)
# Under 14 for years to come, so that a card may be printed.
BORN = date(2017, 3, 12)
LETTERS = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ"


def make_class(
    *, organization: Organization | None = None, grade: int = 3, letter: str = ""
) -> SchoolClass:
    """Write a class of the present school year; the next free letter unless one is given."""
    organization = organization or make_school()
    taken = SchoolClass.objects.filter(organization=organization, grade=grade).count()
    return add_class(
        actor=system_actor(),
        organization=organization,
        academic_year=make_academic_year(organization.region or organization),
        grade=grade,
        letter=letter or LETTERS[taken],
        now=MONDAY,
    )


def make_pupil(
    *,
    school_class: SchoolClass | None = None,
    name: str = "Боталова Варвара Ильинична",
    birth_date: date | None = BORN,
    starts_on: date = LONG_AGO,
) -> tuple[Person, Actor]:
    """Write a pupil of a class; return the person and the actor."""
    person = make_person(name, birth_date=birth_date)
    add_enrollment(
        actor=system_actor(),
        person=person,
        school_class=school_class or make_class(),
        starts_on=starts_on,
        now=MONDAY,
    )
    return person, _actor(person)


def make_guardian(
    *,
    child: Person,
    name: str = "Боталов Илья Сергеевич",
    kinship: Kinship = Kinship.FATHER,
    may_sign: bool = True,
    starts_on: date = LONG_AGO,
) -> tuple[Person, Actor]:
    """Write a guardian of a child; return the person and the actor."""
    person = make_person(name)
    write_guardianship(
        actor=system_actor(),
        guardian=person,
        child=child,
        kinship=kinship,
        may_sign=may_sign,
        starts_on=starts_on,
        now=MONDAY,
    )
    return person, _actor(person)


def make_staff(
    *,
    role: Any,
    organization: Organization | None = None,
    school_class: SchoolClass | None = None,
    name: str = "Селянинова Ирина Петровна",
    title: str = "",
    starts_on: date = LONG_AGO,
) -> tuple[Person, Actor]:
    """Write somebody who works at an organization; return the person and the actor.

    ``role`` is a ``PostRole`` or the ``access.Role`` of the same code.
    """
    post_role = PostRole(str(role))
    at = organization or (school_class.organization if school_class else make_school())
    person = make_person(name)
    add_post(
        actor=system_actor(),
        person=person,
        organization=at,
        role=post_role,
        title=title or str(post_role.label),
        school_class=school_class,
        starts_on=starts_on,
        now=MONDAY,
    )
    return person, _actor(person)


def _actor(person: Person) -> Actor:
    return actor_for_account(account_ids_of([person.pk])[person.pk], now=MONDAY)
