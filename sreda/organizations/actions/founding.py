"""Pieces that lay the ground of an installation: its region and its school years."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, Role
from sreda.audit.facade import record
from sreda.foundation.errors import require
from sreda.organizations.models import AcademicYear, Kind, Organization
from sreda.organizations.queries.drafting import set_stored_names


@transaction.atomic(savepoint=False)
def ensure_region(*, actor: Actor, name: str, now: datetime, oktmo: str = "") -> Organization:
    """Return the region called ``name``, written if there is none. Only the system founds regions.

    Cost: 1 query, and 2 statements for a new one.
    """
    require(actor.is_system, _("Регион заводится при установке"))
    region = Organization.objects.filter(kind=Kind.REGION, name=name).first()
    if region is not None:
        return region
    region = Organization(kind=Kind.REGION, name=name, oktmo=oktmo, created_at=now, updated_at=now)
    set_stored_names(region)
    region.save()
    record(
        "organizations.organization.add",
        actor=actor,
        target=region,
        organization_id=region.pk,
        change={"name": ["", name]},
        at=now,
    )
    return region


@transaction.atomic(savepoint=False)
def ensure_academic_year(
    *, actor: Actor, region_id: int, title: str, starts_on: date, ends_on: date, now: datetime
) -> AcademicYear:
    """Return the region's school year called ``title`` («2026/27»), written if there is none.

    Cost: 1 query, and 2 statements for a new one.
    """
    require(actor.holds(Role.OPERATOR), _("Учебный год заводит оператор"))
    year, is_new = AcademicYear.objects.get_or_create(
        region_id=region_id, title=title, defaults={"starts_on": starts_on, "ends_on": ends_on}
    )
    if is_new:
        record(
            "organizations.academic_year.add",
            actor=actor,
            target=year,
            organization_id=region_id,
            change={"title": ["", title]},
            at=now,
        )
    return year
