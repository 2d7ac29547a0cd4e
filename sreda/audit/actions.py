"""Writing the trail, always inside the transaction of what is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction

from sreda.audit.models import AuditEvent


class Doer(Protocol):
    """Whoever acts: an account in a role."""

    @property
    def account_id(self) -> int | None:
        """The account, None for the system itself."""

    @property
    def role_code(self) -> str:
        """The role's code, empty when there is none."""


class NotInTransaction(RuntimeError):
    """An event must stand or fall with the change it tells of."""


def record(
    event: str,
    *,
    actor: Doer,
    at: datetime,
    target: models.Model | None = None,
    organization_id: int | None = None,
    change: Mapping[str, Any] | None = None,
) -> None:
    """Add «context.noun.verb» to the trail. ``change`` maps a field to [old, new]; ids only.

    :raises NotInTransaction: outside a transaction. Cost: 1 statement.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(event)
    uid: UUID | None = getattr(target, "uid", None)
    AuditEvent.objects.create(
        at=at,
        event=event,
        actor_account_id=actor.account_id,
        actor_role=actor.role_code,
        organization_id=organization_id,
        target_type=type(target).__name__ if target is not None else "",
        target_uid=uid,
        change=dict(change or {}),
    )


def record_many(
    event: str,
    *,
    actor: Doer,
    at: datetime,
    targets: list[tuple[models.Model, Mapping[str, Any]]],
    organization_id: int | None = None,
) -> None:
    """Add one event per target. Cost: 1 statement per 1,000.

    :raises NotInTransaction: outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(event)
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                at=at,
                event=event,
                actor_account_id=actor.account_id,
                actor_role=actor.role_code,
                organization_id=organization_id or getattr(target, "organization_id", None),
                target_type=type(target).__name__,
                target_uid=getattr(target, "uid", None),
                change=dict(change),
            )
            for target, change in targets
        ],
        batch_size=1000,
    )


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the fields that differ, each as [old, new] in text."""
    return {
        field: [str(before.get(field) or ""), str(after.get(field) or "")]
        for field in after
        if (before.get(field) or "") != (after.get(field) or "")
    }
