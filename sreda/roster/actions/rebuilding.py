"""Making the grants equal to the facts, for the operator after a repair by hand."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor, Grant
from sreda.accounts.facade import ensure_accounts
from sreda.audit.facade import record
from sreda.foundation.errors import require
from sreda.roster.actions.roles import open_roles
from sreda.roster.queries.rebuild import Difference, grant_differences, people_without_account

BATCH = 1000


@transaction.atomic(durable=True)
def rebuild_grants(*, actor: Actor, now: datetime) -> list[Difference]:
    """Write missing grants, put wrong ones right, end those that follow from nothing; return what
    was done.

    :raises Forbidden: for anybody but the system itself.
    """
    require(actor.is_system, _("Роли пересобирает только команда оператора"))
    ensure_accounts(people_without_account())
    found = grant_differences(now=now)
    missing = [d.wanted for d in found if d.wanted and d.grant_id is None]
    open_roles(missing, actor=actor, now=now)
    _put_right([d for d in found if d.wanted and d.grant_id is not None])
    _end([d.grant_id for d in found if d.grant_id is not None and d.wanted is None], now)
    if found:
        record(
            "roster.grants.rebuild",
            actor=actor,
            change={"differences": [str(len(found)), "0"]},
            at=now,
        )
    return found


def _put_right(wrong: list[Difference]) -> None:
    grants = []
    for difference in wrong:
        if difference.wanted is None:
            continue
        wanted = difference.wanted
        grants.append(
            Grant(
                pk=difference.grant_id,
                account_id=wanted.account_id,
                organization_id=wanted.organization_id,
                starts_at=wanted.starts_at,
                ends_at=wanted.ends_at,
            )
        )
    fields = ["account", "organization", "starts_at", "ends_at"]
    Grant.objects.bulk_update(grants, fields, batch_size=200)


def _end(grant_ids: list[int], now: datetime) -> None:
    for start in range(0, len(grant_ids), BATCH):
        grants = Grant.objects.filter(pk__in=grant_ids[start : start + BATCH])
        grants.filter(starts_at__lte=now).update(ends_at=now)
        # One that has not begun must not begin.
        for grant in grants.filter(starts_at__gt=now):
            Grant.objects.filter(pk=grant.pk).update(ends_at=grant.starts_at)
