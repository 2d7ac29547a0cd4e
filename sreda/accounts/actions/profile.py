"""What a person chooses for themself, and the number of unread notices."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from sreda.accounts.models import Account
from sreda.audit.facade import Doer, record


@dataclass(frozen=True, slots=True)
class Appearance:
    """Theme («», light, dark), vision (schemes and sizes by spaces), language (ru, en)."""

    theme: str
    vision: str
    language: str


@transaction.atomic(durable=True)
def choose_appearance(*, actor: Doer, appearance: Appearance, now: datetime) -> None:
    """Keep how the actor wants pages to look."""
    Account.objects.filter(pk=actor.account_id).update(
        theme=appearance.theme, vision=appearance.vision, language=appearance.language
    )
    record("accounts.appearance.choose", actor=actor, at=now)


@transaction.atomic(savepoint=False)
def add_unread(*, account_ids: list[int], by: int) -> None:
    """Change the number of unread notices; it never falls below zero. Cost: 1 statement."""
    Account.objects.filter(pk__in=account_ids).update(unread=Greatest(F("unread") + by, 0))
