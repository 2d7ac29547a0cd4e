"""The work of the reading job: look at the file, then check every row of it.

Each chunk is a transaction of its own, so that progress is seen and a cancel is noticed.
``attempt`` tells an old run of the same job that a newer one has begun.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.foundation.jobs import enqueue_on_commit
from sreda.imports.actions.judging import Given, Judged, given, judge
from sreda.imports.calculations.csv_tables import Record
from sreda.imports.calculations.headers import match_headers
from sreda.imports.calculations.judging import Layout, seen, take_record
from sreda.imports.calculations.rows import Outcome
from sreda.imports.calculations.tables import Found, below_header, find_table, open_table
from sreda.imports.calculations.troubles import Unreadable
from sreda.imports.kinds import CHUNK
from sreda.imports.models import Batch, BatchKey, BatchRow, RowState, State
from sreda.imports.policies import can_work_on
from sreda.imports.queries.batches import (
    AT_WORK,
    asker_of,
    kind_of_batch,
    path_of_batch,
    shape_of,
)
from sreda.imports.queries.wording import trouble_words

COUNTED = [
    "total_rows",
    "clean_rows",
    "clean_new",
    "clean_changed",
    "clean_same",
    "percent",
    "touched_at",
]
STANDS_STILL = timedelta(minutes=30)


class Overtaken(Exception):
    """The batch was canceled, or a newer run of the job took it over."""


class AskerLeft(Exception):
    """Whoever asked for the reading does not hold the role any more that they asked in."""


@dataclass(slots=True)
class _Tally:
    """Ready rows of one chunk that are counted and not stored."""

    clean: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0

    def add(self, outcome: Outcome) -> None:
        self.clean += 1
        self.new += outcome is Outcome.NEW
        self.changed += outcome is Outcome.CHANGED
        self.same += outcome is Outcome.SAME


def read_file(*, uid: str, now: datetime) -> None:
    """Do what the batch waits for: find the table, check the rows, or both. May run twice.

    A file that cannot be read ends as FAILED, with the reason in words.
    """
    try:
        batch = _begin(uid, from_states=(State.UPLOADED, State.READING), to=State.READING, now=now)
        if batch:
            _find(batch, now=now)
        batch = _begin(uid, from_states=(State.CHECKING,), to=State.CHECKING, now=now)
        if batch:
            _check(batch, now=now)
    except Overtaken:
        return
    except AskerLeft:
        fail(uid=uid, words=_("Роль того, кто прислал файл, закончилась до проверки"), now=now)
    except Unreadable as error:
        fail(uid=uid, words=trouble_words(error), now=now)


@transaction.atomic(savepoint=False)
def fail(*, uid: str, words: str, now: datetime) -> None:
    """End a reading that came to nothing; the rows checked so far go. A piece."""
    reading = (State.UPLOADED, State.READING, State.CHECKING)
    batch = Batch.objects.select_for_update().filter(uid=uid, state__in=reading).first()
    if batch is None:
        return
    batch.state = State.FAILED
    batch.trouble = words
    batch.total_rows = batch.clean_rows = 0
    batch.touched_at = now
    batch.save()
    BatchRow.objects.filter(batch=batch).delete()
    BatchKey.objects.filter(batch=batch).delete()


@transaction.atomic(savepoint=False)
def resume(*, now: datetime) -> int:
    """Ask anew for the jobs of batches at work that have stood still for 30 minutes. A piece.

    A worker that was switched off in the middle leaves such. Both jobs may run twice.
    """
    # A batch that is being loaded is locked by its job: it does not stand still.
    still = Batch.objects.select_for_update(skip_locked=True).filter(
        state__in=AT_WORK, touched_at__lt=now - STANDS_STILL
    )
    jobs = {State.APPLYING.value: "imports.apply_batch"}
    found = list(still.order_by("id"))
    for batch in found:
        enqueue_on_commit(jobs.get(batch.state, "imports.read_batch"), uid=str(batch.uid))
    return Batch.objects.filter(pk__in=[batch.pk for batch in found]).update(touched_at=now)


@transaction.atomic
def _begin(uid: str, *, from_states: tuple[State, ...], to: State, now: datetime) -> Batch | None:
    batch = Batch.objects.select_for_update().filter(uid=uid).first()
    if batch is None or batch.state not in from_states:
        return None
    batch.state = to
    batch.attempt += 1
    batch.percent = 0
    batch.touched_at = now
    batch.save(update_fields=["state", "attempt", "percent", "touched_at"])
    return Batch.objects.select_related("file").get(pk=batch.pk)


def _still_ours(batch: Batch) -> Batch:
    """Lock the batch again, or leave it to whoever has it now."""
    fresh = Batch.objects.select_for_update().filter(pk=batch.pk).first()
    if fresh is None or fresh.attempt != batch.attempt or fresh.state != batch.state:
        raise Overtaken
    return fresh


def _find(batch: Batch, *, now: datetime) -> None:
    columns = kind_of_batch(batch).columns
    found = find_table(path_of_batch(batch), columns)
    match = match_headers(found.shape.headers, columns)
    with transaction.atomic():
        fresh = _still_ours(batch)
        fresh.shape = {**asdict(found.shape), "headers": list(found.shape.headers)}
        fresh.first_rows = _shown(found)
        fresh.places = match.places
        fresh.state = State.MAPPING if match.needs_hand else State.CHECKING
        fresh.touched_at = now
        fresh.save()


def _shown(found: Found) -> list[list[str]]:
    return [
        [seen(cell) for cell in record.cells[: len(found.shape.headers)]]
        for record in found.first_rows
    ]


def _check(batch: Batch, *, now: datetime) -> None:
    """Check every row from the beginning; what an earlier run left is thrown away."""
    with transaction.atomic():
        fresh = _still_ours(batch)
        BatchRow.objects.filter(batch=batch).delete()
        BatchKey.objects.filter(batch=batch).delete()
        fresh.total_rows = fresh.clean_rows = 0
        fresh.clean_new = fresh.clean_changed = fresh.clean_same = 0
        fresh.save(update_fields=COUNTED)
    rows = open_table(path_of_batch(batch), shape_of(batch))
    began = monotonic()
    for chunk in chunks_of(batch, below_header(rows, shape_of(batch))):
        passed = timedelta(seconds=monotonic() - began)
        _check_chunk(batch, chunk, percent=int(rows.share * 99), at=now + passed)
    with transaction.atomic():
        fresh = _still_ours(batch)
        fresh.state = State.CHECKED
        fresh.percent = 100
        fresh.checked_at = fresh.touched_at = now
        fresh.save(update_fields=["state", "percent", "checked_at", "touched_at"])


def chunks_of(batch: Batch, records: Iterable[Record]) -> Iterator[list[Given]]:
    """Yield the records as rows to be judged, at most 1,000 at once."""
    shape = shape_of(batch)
    layout = Layout.of(kind_of_batch(batch).columns, batch.places, len(shape.headers))
    rows = (_given(record, layout) for record in records)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _given(record: Record, layout: Layout) -> Given:
    taken = take_record(record, layout)
    return given(record.number, taken.values, taken.noticed)


@transaction.atomic
def _check_chunk(batch: Batch, chunk: list[Given], *, percent: int, at: datetime) -> None:
    fresh = _still_ours(batch)
    actor = asker_of(fresh, now=at)
    if not can_work_on(actor, fresh):
        raise AskerLeft
    kind = kind_of_batch(batch)
    judged = judge(kind=kind, actor=actor, batch=fresh, rows=chunk, with_keys=True)
    tally = store_remarked(fresh, judged)
    fresh.total_rows += len(chunk)
    fresh.clean_rows += tally.clean
    fresh.clean_new += tally.new
    fresh.clean_changed += tally.changed
    fresh.clean_same += tally.same
    fresh.percent = percent
    fresh.touched_at = at
    fresh.save(update_fields=COUNTED)


def store_remarked(batch: Batch, judged: list[Judged]) -> _Tally:
    """Store the rows with remarks; return how many there were without. Cost: 1 statement."""
    tally = _Tally()
    rows = []
    for item in judged:
        if item.state == RowState.READY:
            tally.add(item.checked.outcome)
        else:
            rows.append(item.as_row(batch))
    BatchRow.objects.bulk_create(rows, batch_size=500)
    return tally
