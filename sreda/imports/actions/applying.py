"""Loading the ready rows: asked for once, done in one transaction by a job."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, require
from sreda.foundation.jobs import enqueue_on_commit
from sreda.imports.actions.judging import LOADABLE, Given, Judged, given_again, judge
from sreda.imports.actions.reading import chunks_of
from sreda.imports.calculations.rows import Applied
from sreda.imports.calculations.tables import below_header, open_table
from sreda.imports.kinds import CHUNK
from sreda.imports.models import Batch, BatchRow, RowState, State
from sreda.imports.policies import can_work_on
from sreda.imports.queries.batches import (
    OPEN_FOR_CORRECTION,
    asker_name,
    counts_of,
    kind_of_batch,
    mark_of,
    path_of_batch,
    shape_of,
)


class AlreadyApplying(DomainError):
    """Somebody is loading these rows at this moment."""


class NothingReady(DomainError):
    """There is no row to load."""


class SomeRefused(DomainError):
    """All or nothing was asked for, and some rows have become wrong."""


@transaction.atomic(durable=True)
def start_apply(*, actor: Actor, batch: Batch, now: datetime) -> None:
    """Have the ready rows loaded by a job.

    :raises AlreadyApplying: naming who was first.
    :raises NothingReady: when no row waits to be loaded.
    """
    begin_apply(actor=actor, batch_uid=batch.uid, now=now)
    enqueue_on_commit("imports.apply_batch", uid=str(batch.uid))


@transaction.atomic(savepoint=False)
def begin_apply(*, actor: Actor, batch_uid: UUID, now: datetime) -> Batch:
    """Claim the batch for loading. A piece. Cost: 3 statements."""
    batch = Batch.objects.select_for_update().get(uid=batch_uid)
    require(can_work_on(actor, batch), _("Эту загрузку начали в другой организации"))
    if batch.state == State.APPLYING:
        words = _("Эти строки уже загружаются. Начало положил человек: %(name)s")
        raise AlreadyApplying(words % {"name": asker_name(batch) or "—"})
    if batch.state not in OPEN_FOR_CORRECTION:
        raise DomainError(_("Сначала файл надо прочитать и проверить"))
    if not counts_of(batch).ready:
        if batch.applied_at:
            raise NothingReady(_("Готовые строки этого файла уже загружены"))
        raise NothingReady(_("Готовых строк нет. Исправьте или подтвердите хотя бы одну"))
    batch.state = State.APPLYING
    batch.trouble = ""
    batch.asked_account_id = actor.account_id
    batch.asked_grant_uid = actor.grant_uid
    batch.touched_at = now
    batch.save()
    return batch


@transaction.atomic(durable=True)
def apply_batch(*, actor: Actor, batch_uid: UUID, now: datetime) -> Applied | None:
    """Check every ready row against the database once more and load it; the rest stays.

    Nothing happens, and None comes back, when the batch does not wait for it: a job may run twice.
    The same when the actor may not load it any more; the batch then says so.
    """
    batch = _waiting(batch_uid)
    if batch is None:
        return None
    if not can_work_on(actor, batch):
        words = _("Роль того, кто начал загрузку, закончилась. Не загружена ни одна строка")
        _put_back(batch, actor=Actor(batch.asked_account_id), words=words, now=now)
        return None
    return _load(actor, batch, now=now)


@transaction.atomic(durable=True)
def apply_whole(*, actor: Actor, batch: Batch, now: datetime) -> Applied:
    """Load every row of the batch or none.

    :raises SomeRefused: when a row is not ready; nothing has been written then.
    """
    begun = begin_apply(actor=actor, batch_uid=batch.uid, now=now)
    waiting = _waiting(begun.uid)
    applied = _load(actor, waiting or begun, now=now)
    if BatchRow.objects.filter(batch=begun).exclude(state=RowState.LOADED).exists():
        raise SomeRefused(_("Часть строк не загрузить, поэтому не загружена ни одна"))
    return applied


def _waiting(batch_uid: UUID) -> Batch | None:
    locked = Batch.objects.select_for_update().filter(uid=batch_uid, state=State.APPLYING).first()
    return Batch.objects.select_related("file").get(pk=locked.pk) if locked else None


def _load(actor: Actor, batch: Batch, *, now: datetime) -> Applied:
    total = Applied()
    if batch.applied_at is None:
        for chunk in _clean_chunks(batch):
            total += _load_clean(actor, batch, chunk, now=now)
    for rows in _stored_chunks(batch):
        total += _load_stored(actor, batch, rows, now=now)
    _finish(actor, batch, total, now=now)
    return total


def _clean_chunks(batch: Batch) -> Iterator[list[Given]]:
    """The rows of the file that are not stored, read again."""
    stored = set(BatchRow.objects.filter(batch=batch).values_list("number", flat=True))
    shape = shape_of(batch)
    records = below_header(open_table(path_of_batch(batch), shape), shape)
    return chunks_of(batch, (record for record in records if record.number not in stored))


def _stored_chunks(batch: Batch) -> Iterator[list[BatchRow]]:
    last = 0
    rows = BatchRow.objects.filter(batch=batch, state__in=LOADABLE).order_by("number")
    while chunk := list(rows.filter(number__gt=last)[:CHUNK]):
        last = chunk[-1].number
        yield chunk


def _load_clean(actor: Actor, batch: Batch, chunk: list[Given], *, now: datetime) -> Applied:
    judged = _judge(actor, batch, chunk)
    wrong = [item.as_row(batch) for item in judged if not item.is_loadable]
    BatchRow.objects.bulk_create(wrong, batch_size=500)
    return _apply(actor, batch, judged, now=now)


def _load_stored(actor: Actor, batch: Batch, rows: list[BatchRow], *, now: datetime) -> Applied:
    judged = _judge(actor, batch, [given_again(row) for row in rows])
    applied = _apply(actor, batch, judged, now=now)
    for row, item in zip(rows, judged, strict=True):
        item.write_to(row)
        if item.is_loadable:
            row.state = RowState.LOADED
    fields = ["problems", "state", "outcome", "title", "holder"]
    BatchRow.objects.bulk_update(rows, fields, batch_size=200)
    return applied


def _judge(actor: Actor, batch: Batch, rows: list[Given]) -> list[Judged]:
    kind = kind_of_batch(batch)
    return judge(kind=kind, actor=actor, batch=batch, rows=rows, with_keys=False)


def _apply(actor: Actor, batch: Batch, judged: list[Judged], *, now: datetime) -> Applied:
    ready = [item.checked for item in judged if item.is_loadable]
    if not ready:
        return Applied()
    return kind_of_batch(batch).apply(actor, ready, mark_of(batch), now)


def _finish(actor: Actor, batch: Batch, total: Applied, *, now: datetime) -> None:
    loaded_any = total != Applied()
    batch.state = State.APPLIED if loaded_any or batch.applied_at else State.CHECKED
    batch.applied_at = now if loaded_any else batch.applied_at
    batch.clean_rows = batch.clean_new = batch.clean_changed = batch.clean_same = 0
    batch.created_count += total.created
    batch.changed_count += total.changed
    batch.same_count += total.same
    batch.percent = 100
    batch.touched_at = now
    batch.save()
    record(
        "imports.batch.apply",
        actor=actor,
        target=batch,
        organization_id=batch.organization_id,
        change={
            "file_sha256": ["", batch.file_sha256],
            "created_count": ["", str(total.created)],
            "changed_count": ["", str(total.changed)],
            "same_count": ["", str(total.same)],
        },
        at=now,
    )


@transaction.atomic(durable=True)
def give_back(*, actor: Actor, batch_uid: UUID, now: datetime) -> None:
    """Let a batch be applied again after its job broke down; its transaction left nothing."""
    batch = Batch.objects.select_for_update().filter(uid=batch_uid, state=State.APPLYING).first()
    if batch is None:
        return
    words = _("Ошибка на нашей стороне. Не загружена ни одна строка, попробуйте ещё раз")
    _put_back(batch, actor=actor, words=words, now=now)


def _put_back(batch: Batch, *, actor: Actor, words: str, now: datetime) -> None:
    batch.state = State.APPLIED if batch.applied_at else State.CHECKED
    batch.trouble = words
    batch.touched_at = now
    batch.save(update_fields=["state", "trouble", "touched_at"])
    record(
        "imports.batch.break",
        actor=actor,
        target=batch,
        organization_id=batch.organization_id,
        at=now,
    )
