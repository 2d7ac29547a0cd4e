"""A person corrects a row or decides about it; the file itself never changes."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, NotFound, require
from sreda.imports.actions.judging import Given, given, given_again, judge
from sreda.imports.calculations.cells import Remark
from sreda.imports.calculations.judging import take_cells
from sreda.imports.calculations.rows import Decision, Row
from sreda.imports.models import Batch, BatchKey, BatchRow, RowState
from sreda.imports.policies import can_work_on
from sreda.imports.queries.batches import OPEN_FOR_CORRECTION, kind_of_batch
from sreda.imports.queries.problems import from_json

MOST_AT_ONCE = 1000
# Which rows a decision may be made about.
ANSWERS: dict[Decision, tuple[RowState, ...]] = {
    Decision.CONFIRM: (RowState.CONFIRM,),
    Decision.UPDATE: (RowState.DOUBLE,),
    Decision.SEPARATE: (RowState.DOUBLE,),
    Decision.SKIP: tuple(state for state in RowState if state != RowState.LOADED),
}


class RowClosed(DomainError):
    """The row cannot be changed any more, or not in this way."""


@transaction.atomic(durable=True)
def correct_row(
    *, actor: Actor, batch: Batch, number: int, values: Mapping[str, str], now: datetime
) -> list[int]:
    """Put other cells into a row and judge it again; return the numbers of all rows that changed.

    Codes that the file does not have are left out. A confirmation given before is asked again.
    """
    batch, row = _lock(actor=actor, batch_uid=batch.uid, number=number)
    known = {code: text for code, text in values.items() if code in row.values}
    changed = {code: text for code, text in known.items() if text.strip() != row.values[code]}
    if not changed:
        return [number]
    row.is_corrected = True
    corrected = _corrected(batch, row, changed)
    numbers = _judge_again(actor, batch, row, corrected)
    _touch(actor, batch, row, what=sorted(changed), now=now)
    return numbers


def _corrected(batch: Batch, row: BatchRow, changed: Mapping[str, str]) -> Given:
    """The row with new cells: what was noticed about the old ones is forgotten."""
    digits = {column.code: column.digits for column in kind_of_batch(batch).columns}
    taken = take_cells(changed, digits)
    values = {**row.values, **taken.values}
    fresh = given(row.number, values, taken.noticed)
    kept = tuple(
        problem
        for problem in given_again(row).noticed
        if problem.column not in changed and problem.remark != Remark.RAGGED
    )
    return Given(fresh.row, (*kept, *fresh.noticed))


@transaction.atomic(durable=True)
def decide_row(
    *, actor: Actor, batch: Batch, number: int, decision: Decision | None, now: datetime
) -> list[int]:
    """Decide about a row, or take the decision back with None; return the rows that changed.

    :raises RowClosed: when the row does not ask that question.
    """
    batch, row = _lock(actor=actor, batch_uid=batch.uid, number=number)
    if decision and not _may_answer(row, decision):
        raise RowClosed(
            _("Строка %(row)s об этом не спрашивает. Обновите страницу") % {"row": number}
        )
    again = given_again(row)
    decided = Given(Row(number, row.values, decision), again.noticed)
    if decision is Decision.SKIP:
        numbers = _skip(actor, batch, row)
    else:
        numbers = _judge_again(actor, batch, row, decided)
    _touch(actor, batch, row, what=[decision.value if decision else "ASK"], now=now)
    return numbers


def _may_answer(row: BatchRow, decision: Decision) -> bool:
    if row.state not in ANSWERS[decision]:
        return False
    if decision in (Decision.UPDATE, Decision.SEPARATE):
        return any(decision in problem.choices for problem in map(from_json, row.problems))
    return True


def _lock(*, actor: Actor, batch_uid: UUID, number: int) -> tuple[Batch, BatchRow]:
    batch = Batch.objects.select_for_update().get(uid=batch_uid)
    require(can_work_on(actor, batch), _("Эту загрузку начали в другой организации"))
    if batch.state not in OPEN_FOR_CORRECTION:
        raise RowClosed(_("Сейчас строки не править: файл читается, загружается или отменён"))
    row = BatchRow.objects.select_for_update().filter(batch=batch, number=number).first()
    if row is None:
        raise NotFound
    if row.state == RowState.LOADED:
        raise RowClosed(_("Строка %(row)s уже загружена") % {"row": number})
    return batch, row


def _skip(actor: Actor, batch: Batch, row: BatchRow) -> list[int]:
    row.state = RowState.SKIPPED
    row.decision = Decision.SKIP
    row.holder = None
    row.save()
    return [row.number, *_release(actor, batch, row.number)]


def _judge_again(actor: Actor, batch: Batch, row: BatchRow, item: Given) -> list[int]:
    """Judge one row anew. The rows that waited for its keys are judged after it."""
    BatchKey.objects.filter(batch=batch, number=row.number).delete()
    _write(actor, batch, [row], [item])
    return [row.number, *_release(actor, batch, row.number, kept=True)]


def _release(actor: Actor, batch: Batch, number: int, *, kept: bool = False) -> list[int]:
    """Judge the rows that the row stood in the way of. Cost: 5 statements, none without such."""
    if not kept:
        BatchKey.objects.filter(batch=batch, number=number).delete()
    waiting = list(
        BatchRow.objects.select_for_update()
        .filter(batch=batch, holder=number)
        .exclude(state=RowState.LOADED)
        .order_by("number")[:MOST_AT_ONCE]
    )
    if waiting:
        _write(actor, batch, waiting, [given_again(row) for row in waiting])
    return [row.number for row in waiting]


def _write(actor: Actor, batch: Batch, rows: list[BatchRow], items: list[Given]) -> None:
    kind = kind_of_batch(batch)
    judged = judge(kind=kind, actor=actor, batch=batch, rows=items, with_keys=True)
    for row, answer in zip(rows, judged, strict=True):
        answer.write_to(row)
    BatchRow.objects.bulk_update(
        rows,
        [
            "values",
            "problems",
            "state",
            "outcome",
            "decision",
            "title",
            "holder",
            "is_corrected",
        ],
        batch_size=200,
    )


def _touch(actor: Actor, batch: Batch, row: BatchRow, *, what: list[str], now: datetime) -> None:
    Batch.objects.filter(pk=batch.pk).update(touched_at=now)
    record(
        "imports.batch.correct",
        actor=actor,
        target=batch,
        organization_id=batch.organization_id,
        change={"row": ["", str(row.number)], "what": ["", ", ".join(what)]},
        at=now,
    )
