"""Opening classes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, require
from sreda.organizations.facade import AcademicYear, Organization
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import SchoolClass
from sreda.roster.policies import can_manage_roll


class ClassExists(DomainError):
    """The organization has such a class in that year."""


@transaction.atomic(durable=True)
def open_class(
    *,
    actor: Actor,
    organization: Organization,
    academic_year: AcademicYear,
    grade: int,
    letter: str,
    now: datetime,
) -> SchoolClass:
    """Open a class of one school year.

    :raises Forbidden: when the actor does not manage the organization's roll.
    :raises ClassExists: when there is one of that number and letter.
    """
    return add_class(
        actor=actor,
        organization=organization,
        academic_year=academic_year,
        grade=grade,
        letter=letter,
        now=now,
    )


@transaction.atomic(savepoint=False)
def add_class(
    *,
    actor: Actor,
    organization: Organization,
    academic_year: AcademicYear,
    grade: int,
    letter: str,
    now: datetime,
) -> SchoolClass:
    """Do the work of ``open_class`` inside another action. Cost: 3 statements."""
    require(
        can_manage_roll(actor, organization),
        _("Классы открывает администратор школы или директор"),
    )
    same = {
        "organization": organization,
        "academic_year": academic_year,
        "grade": grade,
        "letter": letter,
    }
    if SchoolClass.objects.filter(**same).exists():
        raise ClassExists(
            _("Класс %(name)s в этом учебном году уже есть") % {"name": class_name(grade, letter)}
        )
    school_class = SchoolClass.objects.create(**same)
    record(
        "roster.class.open",
        actor=actor,
        target=school_class,
        organization_id=organization.pk,
        change={"grade": ["", str(grade)], "letter": ["", letter]},
        at=now,
    )
    return school_class
