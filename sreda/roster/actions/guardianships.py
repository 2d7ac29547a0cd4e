"""Naming guardians and ending that."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.accounts.facade import ensure_accounts
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, require
from sreda.people.facade import Person
from sreda.roster.actions.endings import end_fact, end_grants_of_facts, lock_child
from sreda.roster.actions.roles import end_codes_of, open_roles
from sreda.roster.models import Guardianship, Kinship
from sreda.roster.policies import can_manage_roll
from sreda.roster.queries.facts import live_enrollments, pairs_of_guardianships
from sreda.roster.queries.grants import day_of, ends_of_guardians, guardian_grants


class AlreadyGuardian(DomainError):
    """The person represents this child now."""


@transaction.atomic(durable=True)
def add_guardianship(
    *,
    actor: Actor,
    guardian: Person,
    child: Person,
    kinship: Kinship,
    may_sign: bool,
    starts_on: date,
    now: datetime,
) -> Guardianship:
    """Write that somebody represents a child; it opens wherever the child is enrolled.

    :raises Forbidden: when the actor manages the roll of none of the child's organizations.
    :raises AlreadyGuardian: when the person represents the child now.
    """
    return write_guardianship(
        actor=actor,
        guardian=guardian,
        child=child,
        kinship=kinship,
        may_sign=may_sign,
        starts_on=starts_on,
        now=now,
    )


@transaction.atomic(savepoint=False)
def write_guardianship(
    *,
    actor: Actor,
    guardian: Person,
    child: Person,
    kinship: Kinship,
    may_sign: bool,
    starts_on: date,
    now: datetime,
) -> Guardianship:
    """Do the work of ``add_guardianship`` inside another action. Cost: 12 statements."""
    organization_id = _require_roll(actor, child.pk, now)
    lock_child(child.pk)
    present = Guardianship.objects.filter(guardian=guardian, child=child, ended_at__isnull=True)
    if guardian.pk == child.pk or present.exclude(ends_on__lt=day_of(now)).exists():
        raise AlreadyGuardian(_("Этот человек уже записан представителем ребёнка"))
    guardianship = Guardianship.objects.create(
        guardian=guardian,
        child=child,
        kinship=kinship,
        may_sign=may_sign,
        starts_on=starts_on,
    )
    accounts = ensure_accounts([guardian])
    pairs = pairs_of_guardianships([guardianship])
    grants = guardian_grants(pairs, {guardian.pk: accounts[guardian.pk].pk})
    open_roles(grants, actor=actor, now=now)
    record(
        "roster.guardianship.add",
        actor=actor,
        target=guardianship,
        organization_id=organization_id,
        change={"guardian": ["", str(guardian.uid)], "child": ["", str(child.uid)]},
        at=now,
    )
    return guardianship


@transaction.atomic(durable=True)
def end_guardianship(*, actor: Actor, guardianship: Guardianship, now: datetime) -> None:
    """End a guardianship at this moment: the guardian sees the child no more.

    :raises Forbidden: when the actor manages the roll of none of the child's organizations.
    :raises AlreadyEnded: when somebody ended it before.
    """
    close_guardianship(actor=actor, guardianship=guardianship, now=now)


@transaction.atomic(savepoint=False)
def close_guardianship(*, actor: Actor, guardianship: Guardianship, now: datetime) -> None:
    """Do the work of ``end_guardianship`` inside another action. Cost: 10 statements."""
    organization_id = _require_roll(actor, guardianship.child_id, now)
    lock_child(guardianship.child_id)
    fresh = Guardianship.objects.select_related("guardian", "child").get(pk=guardianship.pk)
    end_fact(fresh, now=now)
    end_grants_of_facts(ends_of_guardians(pairs_of_guardianships([fresh])))
    end_codes_of([fresh.guardian_id], actor=actor, now=now)
    record(
        "roster.guardianship.end",
        actor=actor,
        target=fresh,
        organization_id=organization_id,
        change={"ends_on": ["", str(fresh.ends_on)]},
        at=now,
    )


def _require_roll(actor: Actor, child_id: int, now: datetime) -> int | None:
    """Return the organization of the child in whose name the actor writes."""
    places = [e.organization for e in live_enrollments(child_id, today=day_of(now))]
    managed = [place for place in places if can_manage_roll(actor, place)]
    require(
        bool(managed) or actor.is_system,
        _("Родителей записывает администратор школы или директор той школы, где учится ребёнок"),
    )
    return managed[0].pk if managed else None
