"""Enrolling pupils and ending that."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.accounts.facade import ensure_accounts
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, require
from sreda.people.facade import Person
from sreda.roster.actions.endings import (
    end_cards_of,
    end_fact,
    end_grants_of_facts,
    lock_child,
)
from sreda.roster.actions.roles import end_codes_of, open_roles
from sreda.roster.calculations.facts import enrollment_fact
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import Enrollment, SchoolClass
from sreda.roster.policies import can_manage_roll
from sreda.roster.queries.facts import pairs_of_enrollments, unended_enrollment
from sreda.roster.queries.grants import (
    day_of,
    ends_of_guardians,
    enrollment_grants,
    guardian_grants,
    period_of,
)


class AlreadyEnrolled(DomainError):
    """The child learns, or is going to learn, at this organization."""


@transaction.atomic(durable=True)
def enroll(
    *,
    actor: Actor,
    person: Person,
    school_class: SchoolClass,
    starts_on: date,
    now: datetime,
) -> Enrollment:
    """Take a child into a class; the child's and the guardians' access opens with the first day.

    :raises Forbidden: when the actor does not manage the organization's roll.
    :raises AlreadyEnrolled: when the child is at this organization.
    """
    return add_enrollment(
        actor=actor, person=person, school_class=school_class, starts_on=starts_on, now=now
    )


@transaction.atomic(savepoint=False)
def add_enrollment(
    *,
    actor: Actor,
    person: Person,
    school_class: SchoolClass,
    starts_on: date,
    now: datetime,
) -> Enrollment:
    """Do the work of ``enroll`` inside another action. Cost: 13 statements."""
    require(
        can_manage_roll(actor, school_class.organization),
        _("Учеников зачисляет администратор школы или директор"),
    )
    lock_child(person.pk)
    _refuse_second(person, school_class, now)
    enrollment = Enrollment.objects.create(
        person=person,
        organization_id=school_class.organization_id,
        school_class=school_class,
        starts_on=starts_on,
    )
    pairs = pairs_of_enrollments([enrollment])
    accounts = ensure_accounts([person, *(guardianship.guardian for guardianship, _e in pairs)])
    ids = {person_id: account.pk for person_id, account in accounts.items()}
    grants = [*enrollment_grants([enrollment], ids), *guardian_grants(pairs, ids)]
    open_roles(grants, actor=actor, now=now)
    record(
        "roster.enrollment.add",
        actor=actor,
        target=enrollment,
        organization_id=enrollment.organization_id,
        change={"person": ["", str(person.uid)], "school_class": ["", str(school_class.uid)]},
        at=now,
    )
    return enrollment


def _refuse_second(person: Person, school_class: SchoolClass, now: datetime) -> None:
    other = unended_enrollment(person.pk, school_class.organization_id, today=day_of(now))
    if other is None:
        return
    if other.school_class is None:
        raise AlreadyEnrolled(_("Ученик уже зачислен в эту организацию"))
    name = class_name(other.school_class.grade, other.school_class.letter)
    raise AlreadyEnrolled(_("Ученик уже учится здесь: %(name)s") % {"name": name})


@transaction.atomic(durable=True)
def end_enrollment(*, actor: Actor, enrollment: Enrollment, now: datetime) -> None:
    """End an enrollment at this moment: the child and the guardians are out on the next request,
    and so is the child's card of this organization. Codes that the family was given end.

    :raises Forbidden: when the actor does not manage the organization's roll.
    :raises AlreadyEnded: when somebody ended it before.
    """
    close_enrollment(actor=actor, enrollment=enrollment, now=now)


@transaction.atomic(savepoint=False)
def close_enrollment(*, actor: Actor, enrollment: Enrollment, now: datetime) -> None:
    """Do the work of ``end_enrollment`` inside another action. Cost: 10 to 17 statements."""
    require(
        can_manage_roll(actor, enrollment.organization),
        _("Отчисляет администратор школы или директор"),
    )
    lock_child(enrollment.person_id)
    fresh = Enrollment.objects.get(pk=enrollment.pk)
    end_fact(fresh, now=now)
    own = (enrollment_fact(fresh.uid), period_of(fresh).ends_at or now)
    pairs = pairs_of_enrollments([fresh])
    end_grants_of_facts([own, *ends_of_guardians(pairs)])
    family = [fresh.person_id, *(guardianship.guardian_id for guardianship, _e in pairs)]
    end_codes_of(family, actor=actor, now=now)
    end_cards_of(fresh, actor=actor, now=now)
    record(
        "roster.enrollment.end",
        actor=actor,
        target=fresh,
        organization_id=fresh.organization_id,
        change={"ends_on": ["", str(fresh.ends_on)]},
        at=now,
    )
