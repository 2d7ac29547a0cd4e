"""Reading the trail. Who may read it is decided by the contexts that show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sreda.audit.models import AuditEvent
from sreda.foundation.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; ``change`` maps a field to [old, new]."""

    at: datetime
    event: str
    account_id: int | None
    role_code: str
    organization_name: str
    organization_uid: UUID | None
    target_type: str
    target_uid: UUID | None
    change: Mapping[str, Any]


def _row(event: AuditEvent) -> EventRow:
    organization = event.organization
    return EventRow(
        at=event.at,
        event=event.event,
        account_id=event.actor_account_id,
        role_code=event.actor_role,
        organization_name=organization.name if organization else "",
        organization_uid=organization.uid if organization else None,
        target_type=event.target_type,
        target_uid=event.target_uid,
        change=event.change,
    )


def _newest(events: "QuerySet[AuditEvent]") -> "QuerySet[AuditEvent]":
    return events.select_related("organization").order_by("-id")


def history_of(target_uid: UUID, *, number: int = 1, size: int = 50) -> Page[EventRow]:
    """Return what was done to one object, newest first. Cost: 2 queries."""
    events = AuditEvent.objects.filter(target_uid=target_uid)
    return page_of(_newest(events), number=number, row=_row, size=size)


def events_page(
    *,
    within: Q,
    number: int,
    event: str = "",
    account_ids: list[int] | None = None,
    since: date | None = None,
    until: date | None = None,
    size: int = 50,
) -> Page[EventRow]:
    """Return events of the organizations that ``within`` (over ``organization``) allows.

    ``event`` is the beginning of an event's name; days are inclusive. Cost: 2 queries.
    """
    events = AuditEvent.objects.filter(within)
    if event:
        events = events.filter(event__startswith=event)
    if account_ids is not None:
        events = events.filter(actor_account_id__in=account_ids)
    if since:
        events = events.filter(at__date__gte=since)
    if until:
        events = events.filter(at__date__lte=until)
    return page_of(_newest(events), number=number, row=_row, size=size)


def export_account(account_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return the last 200 things that an account did. Cost: 1 query."""
    events = AuditEvent.objects.filter(actor_account_id=account_id).order_by("-id")[:200]
    return [
        ("AuditEvent", {_("когда"): event.at.isoformat(), _("что"): event.event})
        for event in events
    ]
