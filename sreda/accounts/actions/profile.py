"""What a person chooses for themself, and the number of unread notices."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from sreda.accounts.models import Account
from sreda.audit.facade import Doer, record
from sreda.ui.appearance import Appearance


@transaction.atomic(durable=True)
def choose_appearance(*, actor: Doer, appearance: Appearance, now: datetime) -> None:
    """Keep how the actor wants pages to look. Cost: 2 statements."""
    Account.objects.filter(pk=actor.account_id or 0).update(
        theme=appearance.theme, vision=appearance.vision, language=appearance.language
    )
    record("accounts.appearance.choose", actor=actor, at=now)


@transaction.atomic(savepoint=False)
def add_unread(*, account_ids: list[int], by: int) -> None:
    """Change the number of unread notices; it never falls below zero. Cost: 1 statement."""
    Account.objects.filter(pk__in=account_ids).update(unread=Greatest(F("unread") + by, 0))
