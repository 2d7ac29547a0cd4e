"""Changing the register one organization at a time."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sreda.access.facade import Actor
from sreda.audit.facade import difference, record
from sreda.foundation.errors import DomainError, NotFound, require
from sreda.organizations.actions.refusals import (
    WrongValues,
    refuse_stale_organization,
    refuse_wrong,
)
from sreda.organizations.calculations.changes import (
    PASSPORT_FIELDS,
    OrganizationChanges,
)
from sreda.organizations.models import Organization, Status
from sreda.organizations.policies import (
    can_add_organization,
    can_edit_passport,
    can_edit_registration,
    visible_organizations,
)
from sreda.organizations.queries.checking import (
    Remark,
    organization_remarks,
    taken_remarks,
    tree_remarks,
)
from sreda.organizations.queries.drafting import put_place, put_values
from sreda.organizations.queries.finding import municipality_by_uid, working_below
from sreda.organizations.queries.values import organization_values


@transaction.atomic(durable=True)
def add_organization(
    *, actor: Actor, uid: UUID, values: OrganizationChanges, now: datetime
) -> Organization:
    """Write a new organization of the actor's region and return it.

    The same ``uid`` twice is the same organization once.

    :raises WrongValues: naming every field that is wrong.
    """
    require(can_add_organization(actor), _("Организации добавляют министерство и оператор"))
    known = Organization.objects.filter(uid=uid).first()
    if known is not None:
        return _known(actor, known)
    organization = Organization(
        uid=uid, region_id=actor.scope_id, created_at=now, updated_at=now, municipality=None
    )
    _place(organization, values.get("municipality_uid"))
    _set(organization, values)
    _refuse_wrong_row(actor, organization)
    _save(actor, organization)
    record(
        "organizations.organization.add",
        actor=actor,
        target=organization,
        organization_id=organization.pk,
        change=difference({}, organization_values(organization)),
        at=now,
    )
    return organization


@transaction.atomic(durable=True)
def change_organization(
    *,
    actor: Actor,
    organization: Organization,
    changes: OrganizationChanges,
    seen_at: datetime,
    now: datetime,
) -> bool:
    """Write the changes and say whether there were any. ``seen_at`` is the ``updated_at`` that
    the form was filled from.

    :raises WrongValues: naming every field that is wrong.
    :raises ChangedMeanwhile: when the row is not the one that was seen.
    """
    require(
        can_edit_passport(actor, organization),
        _("Паспорт правят администратор и директор организации, муниципалитет и министерство"),
    )
    row = _lock(organization)
    refuse_stale_organization(actor=actor, organization=row, seen_at=seen_at)
    before, was_kind = organization_values(row), row.kind
    _set(row, changes)
    changed = difference(before, organization_values(row))
    if not changed:
        return False
    require(
        set(changed) <= set(PASSPORT_FIELDS) or can_edit_registration(actor, row),
        _("Наименование, вид, номера и муниципалитет меняют министерство и оператор"),
    )
    _refuse_wrong_row(actor, row, was_kind=was_kind)
    row.updated_at = now
    _save(actor, row)
    record(
        "organizations.organization.change",
        actor=actor,
        target=row,
        organization_id=row.pk,
        change=changed,
        at=now,
    )
    return True


@transaction.atomic(durable=True)
def change_status(
    *, actor: Actor, organization: Organization, status: str, now: datetime
) -> Organization:
    """Say that an organization works, is suspended, reorganized or closed; return the row."""
    require(
        can_edit_registration(actor, organization),
        _("Закрывают и открывают организации министерство и оператор"),
    )
    row = _lock(organization)
    if status not in Status.values:
        raise WrongValues({"status": Remark(_("Выберите состояние"), found=status)})
    if status == row.status:
        raise DomainError(_("Состояние уже такое: %(status)s") % {"status": Status(status).label})
    if status == Status.CLOSED:
        _refuse_working_below(row)
    changed = difference({"status": row.status}, {"status": status})
    row.status, row.updated_at = status, now
    row.save(update_fields=["status", "updated_at"])
    record(
        "organizations.organization.status",
        actor=actor,
        target=row,
        organization_id=row.pk,
        change=changed,
        at=now,
    )
    return row


def _set(organization: Organization, changes: OrganizationChanges) -> None:
    if "municipality_uid" in changes:
        _place(organization, changes["municipality_uid"])
    put_values(
        organization,
        {field: value for field, value in changes.items() if field != "municipality_uid"},
    )


def _place(organization: Organization, uid: UUID | None) -> None:
    municipality = None
    if uid is not None:
        municipality = municipality_by_uid(uid, region_id=organization.region_id or 0)
        if municipality is None:
            raise WrongValues({"municipality": Remark(_("В регионе нет такого муниципалитета"))})
    put_place(organization, municipality)


def _lock(organization: Organization) -> Organization:
    return (
        Organization.objects.select_for_update(of=("self",))
        .select_related("municipality", "region")
        .get(pk=organization.pk)
    )


def _known(actor: Actor, organization: Organization) -> Organization:
    if not visible_organizations(actor).filter(pk=organization.pk).exists():
        raise NotFound
    return organization


def _refuse_wrong_row(actor: Actor, organization: Organization, was_kind: str = "") -> None:
    refuse_wrong(
        organization_remarks(organization),
        tree_remarks(organization, was_kind=was_kind),
        taken_remarks(organization, actor=actor),
    )


def _save(actor: Actor, organization: Organization) -> None:
    """Save; a number that somebody else took at this very moment is refused in words too."""
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError:
        refuse_wrong(taken_remarks(organization, actor=actor))
        raise


def _refuse_working_below(organization: Organization) -> None:
    number = working_below(organization)
    if number:
        raise DomainError(
            ngettext(
                "Внутри ещё работает %(num)s организация. Сначала закройте её",
                "Внутри ещё работают организации: %(num)s. Сначала закройте их",
                number,
            )
            % {"num": number}
        )
