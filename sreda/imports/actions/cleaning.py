"""Batches go when their time is over, and with them the file and the rows."""

from datetime import datetime, timedelta

from django.db import transaction

from sreda.accounts.facade import account_ids_of
from sreda.files.facade import discard
from sreda.imports.models import Batch

KEPT_FOR = timedelta(days=30)


def remove_old_batches(*, now: datetime) -> int:
    """Remove what nobody has touched for 30 days; return how many batches went."""
    gone = 0
    old = Batch.objects.filter(touched_at__lt=now - KEPT_FOR).order_by("id")
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            batch = Batch.objects.select_for_update().select_related(None).get(pk=pk)
            remove_batch(batch)
        gone += 1
    return gone


@transaction.atomic(savepoint=False)
def remove_batch(batch: Batch) -> None:
    """Delete the batch, its rows and its file; the trail keeps the file's digest. A piece."""
    stored = batch.file
    batch.delete()
    if stored:
        discard(stored)


@transaction.atomic(savepoint=False)
def erase_person(person_id: int) -> None:
    """Forget who made and who applied; the rows belong to the organization. A piece."""
    for account_id in account_ids_of([person_id]).values():
        Batch.objects.filter(maker_account_id=account_id).update(maker_account_id=None)
        Batch.objects.filter(asked_account_id=account_id).update(asked_account_id=None)
