"""A file arrives, its columns are chosen, it is given up."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.audit.facade import record
from sreda.files.facade import Upload, keep
from sreda.foundation.errors import DomainError, require
from sreda.foundation.jobs import enqueue_on_commit
from sreda.foundation.words import fold
from sreda.imports.kinds import Kind
from sreda.imports.models import Batch, BatchKey, BatchRow, State
from sreda.imports.policies import can_import, can_work_on
from sreda.imports.queries.batches import kind_of_batch

PURPOSE = "imports.batch"
CANCELABLE = (
    State.UPLOADED,
    State.READING,
    State.MAPPING,
    State.CHECKING,
    State.CHECKED,
)


class ColumnsNotChosen(DomainError):
    """The choice of columns does not make a table."""


@transaction.atomic(durable=True)
def upload_batch(*, actor: Actor, kind: Kind, upload: Upload, now: datetime) -> Batch:
    """Keep the file and have it read by a job."""
    batch = make_batch(actor=actor, kind=kind, upload=upload, now=now)
    enqueue_on_commit("imports.read_batch", uid=str(batch.uid))
    return batch


@transaction.atomic(savepoint=False)
def make_batch(*, actor: Actor, kind: Kind, upload: Upload, now: datetime) -> Batch:
    """Keep the file and write its batch. A piece. Cost: 3 statements."""
    require(can_import(actor, kind), _("Загружать эти сведения вам не поручено"))
    scope_id = actor.scope_id or None
    stored = keep(upload, actor=actor, purpose=PURPOSE, organization_id=scope_id, now=now)
    batch = Batch.objects.create(
        kind=kind.code,
        organization_id=scope_id,
        maker_account_id=actor.account_id,
        file=stored,
        file_name=stored.name,
        search_name=fold(stored.name)[:300],
        file_size=stored.size,
        file_sha256=stored.sha256,
        asked_account_id=actor.account_id,
        asked_grant_uid=actor.grant_uid,
        created_at=now,
        touched_at=now,
    )
    record(
        "imports.batch.upload",
        actor=actor,
        target=batch,
        organization_id=scope_id,
        change={"file_sha256": ["", stored.sha256], "kind": ["", kind.code]},
        at=now,
    )
    return batch


@transaction.atomic(durable=True)
def choose_columns(*, actor: Actor, batch: Batch, places: Mapping[str, int], now: datetime) -> None:
    """Say which header stands for which column (places count from 0), and have the rows checked.

    Corrections made under another choice are lost: their rows are read anew.

    :raises ColumnsNotChosen: when a required column has no header, or one header has two columns.
    """
    require(can_work_on(actor, batch), _("Эту загрузку начали в другой организации"))
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in (State.MAPPING, State.CHECKED) or batch.applied_at:
        raise DomainError(_("Столбцы уже не выбрать: строки этого файла загружаются"))
    _check_places(batch, places)
    batch.places = dict(places)
    batch.state = State.CHECKING
    batch.percent = 0
    batch.asked_account_id = actor.account_id
    batch.asked_grant_uid = actor.grant_uid
    batch.touched_at = now
    batch.save()
    enqueue_on_commit("imports.read_batch", uid=str(batch.uid))


def _check_places(batch: Batch, places: Mapping[str, int]) -> None:
    columns = {column.code: column for column in kind_of_batch(batch).columns}
    headers = batch.shape["headers"]
    missing = [
        column.title for column in columns.values() if column.required and column.code not in places
    ]
    if missing:
        words = _("Выберите, где в файле: %(columns)s")
        raise ColumnsNotChosen(words % {"columns": ", ".join(missing)})
    if len(set(places.values())) != len(places):
        raise ColumnsNotChosen(_("Один столбец файла выбран дважды"))
    wrong = set(places) - set(columns) or [p for p in places.values() if p >= len(headers)]
    if wrong or any(place < 0 for place in places.values()):
        raise ColumnsNotChosen(_("Такого столбца в файле нет"))


@transaction.atomic(durable=True)
def cancel_batch(*, actor: Actor, batch: Batch, now: datetime) -> None:
    """Give the file up before anything is loaded; a job at work on it stops at its next chunk.

    :raises DomainError: when rows are being loaded or are loaded.
    """
    require(can_work_on(actor, batch), _("Эту загрузку начали в другой организации"))
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == State.CANCELED:
        raise DomainError(_("Эта загрузка уже отменена"))
    if batch.state not in CANCELABLE or batch.applied_at:
        raise DomainError(_("Отменить нельзя: строки этого файла уже загружаются"))
    batch.state = State.CANCELED
    batch.touched_at = now
    batch.save(update_fields=["state", "touched_at"])
    BatchRow.objects.filter(batch=batch).delete()
    BatchKey.objects.filter(batch=batch).delete()
    record(
        "imports.batch.cancel",
        actor=actor,
        target=batch,
        organization_id=batch.organization_id,
        change={"file_sha256": [batch.file_sha256, ""]},
        at=now,
    )
