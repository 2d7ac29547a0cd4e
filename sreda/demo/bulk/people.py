"""Rows of people: who they are, how they sign in, where they learn, work and represent."""

from datetime import date, datetime

from sreda.access.facade import Actor
from sreda.accounts.facade import Account, ensure_accounts
from sreda.demo.bulk.register import Register
from sreda.demo.calculations.made import MadePeople, MadePerson
from sreda.people.facade import Person, add_people
from sreda.roster.facade import (
    Enrollment,
    Guardianship,
    Post,
    SchoolClass,
    add_classes,
    add_enrollments,
    add_guardianships,
    add_posts,
)

# Early enough for any day that the demo is set to.
POSTS_BEGIN = date(2020, 9, 1)


def write_people(
    made: MadePeople, register: Register, *, actor: Actor, source: str, now: datetime
) -> None:
    """Write everybody with their accounts, without passwords; each fact writes its grants. The
    caller audits the people; each kind of fact has an event of its own.
    """
    rows = add_people(
        Person(
            last_name=one.last_name,
            first_name=one.first_name,
            middle_name=one.middle_name,
            birth_date=one.birth_date,
        )
        for one in made.people
    )
    by_key = dict(zip((one.key for one in made.people), rows, strict=True))
    _name_logins(made.people, by_key)
    classes = _write_classes(made, register, actor=actor, source=source, now=now)
    add_posts(_posts(made, register, by_key, classes), actor=actor, source=source, now=now)
    enrollments = _enrollments(made, register, by_key, classes)
    add_enrollments(enrollments, actor=actor, source=source, now=now)
    add_guardianships(_guardianships(made, by_key), actor=actor, source=source, now=now)


def _name_logins(made: tuple[MadePerson, ...], by_key: dict[str, Person]) -> None:
    """Give the offered accounts the logins that the sign-in page knows."""
    accounts = ensure_accounts(list(by_key.values()))
    known = [one for one in made if one.login]
    for one in known:
        accounts[by_key[one.key].pk].login = one.login
    named = [accounts[by_key[one.key].pk] for one in known]
    Account.objects.bulk_update(named, ["login"])


def _write_classes(
    made: MadePeople, register: Register, *, actor: Actor, source: str, now: datetime
) -> dict[str, SchoolClass]:
    rows = [
        SchoolClass(
            organization=register.by_key[one.organization],
            academic_year=register.year,
            grade=one.grade,
            letter=one.letter,
        )
        for one in made.classes
    ]
    written = add_classes(rows, actor=actor, source=source, now=now)
    return dict(zip((one.key for one in made.classes), written, strict=True))


def _posts(
    made: MadePeople,
    register: Register,
    by_key: dict[str, Person],
    classes: dict[str, SchoolClass],
) -> list[Post]:
    return [
        Post(
            person=by_key[one.person],
            organization=register.by_key[one.organization],
            role=one.role,
            title=one.title,
            school_class=classes.get(one.school_class),
            starts_on=register.year.starts_on if one.school_class else POSTS_BEGIN,
        )
        for one in made.posts
    ]


def _enrollments(
    made: MadePeople,
    register: Register,
    by_key: dict[str, Person],
    classes: dict[str, SchoolClass],
) -> list[Enrollment]:
    return [
        Enrollment(
            person=by_key[one.person],
            organization=register.by_key[one.organization],
            school_class=classes.get(one.school_class),
            starts_on=register.year.starts_on,
        )
        for one in made.enrollments
    ]


def _guardianships(made: MadePeople, by_key: dict[str, Person]) -> list[Guardianship]:
    return [
        Guardianship(
            guardian=by_key[one.guardian],
            child=by_key[one.child],
            kinship=one.kinship,
            may_sign=one.may_sign,
            starts_on=by_key[one.child].birth_date or POSTS_BEGIN,
        )
        for one in made.guardianships
    ]
