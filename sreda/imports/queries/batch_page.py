"""Everything that the page of one batch shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.paging import Page
from sreda.imports.calculations.sniffing import Form
from sreda.imports.models import Batch, State
from sreda.imports.queries.batches import (
    AT_WORK,
    OPEN_FOR_CORRECTION,
    Counts,
    asker_name,
    counts_of,
    earlier_loading,
    kind_of_batch,
    open_batch,
    shape_of,
)
from sreda.imports.queries.check_page import (
    CheckRow,
    Segment,
    check_page,
    check_rows_of,
    segments_of,
    show_of,
    shown_columns,
    shows_all,
)

STEPS = {
    State.UPLOADED: 1,
    State.READING: 1,
    State.FAILED: 1,
    State.MAPPING: 2,
    State.CHECKING: 3,
    State.CHECKED: 3,
    State.CANCELED: 3,
    State.APPLYING: 4,
    State.APPLIED: 5,
}


@dataclass(frozen=True, slots=True)
class BatchHead:
    """What every step shows of a batch."""

    uid: UUID
    state: State
    heading: str | Promise
    home: str
    file_name: str
    trouble: str
    percent: int
    step: int
    is_cancelable: bool
    is_applied: bool
    asker: str = ""

    @property
    def is_at_work(self) -> bool:
        """A job is on it; the page asks how far it is."""
        return self.state in AT_WORK

    @property
    def is_open(self) -> bool:
        """Its rows are shown and can be corrected."""
        return self.state in OPEN_FOR_CORRECTION


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts at this moment, with the choices of rows."""

    head: BatchHead
    counts: Counts
    segments: tuple[Segment, ...]
    can_choose_columns: bool
    all_are_shown: bool
    read_at: datetime | None
    new: int
    changed: int
    same: int
    created_count: int
    changed_count: int
    same_count: int


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """Screen 18."""

    tally: Tally
    titles: tuple[str, ...]
    page: Page[CheckRow]
    how_read: str
    earlier: datetime | None


def batch_head(*, actor: Actor, uid: UUID) -> BatchHead:
    """Return what any step shows. Cost: 1 query; while rows are loaded 2.

    :raises NotFound: when the actor may not see the batch.
    """
    return head_of(open_batch(actor=actor, uid=uid))


def head_of(batch: Batch) -> BatchHead:
    """Return what any step shows. Cost: no query; while rows are loaded 1."""
    kind = kind_of_batch(batch)
    state = State(batch.state)
    return BatchHead(
        uid=batch.uid,
        state=state,
        heading=kind.heading,
        home=kind.home,
        file_name=batch.file_name,
        trouble=batch.trouble,
        percent=batch.percent,
        step=STEPS[state],
        is_cancelable=not batch.applied_at
        and state not in (State.APPLYING, State.CANCELED, State.FAILED),
        is_applied=batch.applied_at is not None,
        asker=asker_name(batch) if state is State.APPLYING else "",
    )


def checked_page(*, actor: Actor, uid: UUID, show: str, number: int) -> CheckedPage:
    """Return the rows to look at. Cost: 5 queries whatever the number of rows.

    :raises NotFound: when the actor may not see the batch.
    """
    batch = open_batch(actor=actor, uid=uid)
    counts = counts_of(batch)
    chosen = show_of(show, counts)
    return CheckedPage(
        tally=_tally(batch, counts, show),
        titles=tuple(column.title for column in shown_columns(batch)),
        page=check_page(batch, show=chosen, number=number),
        how_read=how_read(batch),
        earlier=earlier_loading(batch),
    )


def rows_after_change(
    *, actor: Actor, uid: UUID, numbers: list[int], show: str
) -> tuple[Tally, list[CheckRow]]:
    """Return the counts and the rows that have just changed. Cost: 3 queries.

    :raises NotFound: when the actor may not see the batch.
    """
    batch = open_batch(actor=actor, uid=uid)
    return _tally(batch, counts_of(batch), show), check_rows_of(batch, numbers)


def _tally(batch: Batch, counts: Counts, show: str) -> Tally:
    return Tally(
        head=head_of(batch),
        counts=counts,
        segments=tuple(segments_of(counts, show_of(show, counts))),
        can_choose_columns=batch.state == State.CHECKED and batch.applied_at is None,
        all_are_shown=shows_all(counts),
        read_at=batch.checked_at,
        new=batch.clean_new,
        changed=batch.clean_changed,
        same=batch.clean_same,
        created_count=batch.created_count,
        changed_count=batch.changed_count,
        same_count=batch.same_count,
    )


def how_read(batch: Batch) -> str:
    """Return how the file was understood, in words; no query."""
    shape = shape_of(batch)
    if shape.form is Form.XLSX:
        return _("книга Excel, лист «%(sheet)s»") % {"sheet": shape.sheet}
    separators = {
        ";": _("точка с запятой"),
        ",": _("запятая"),
        "\t": _("табуляция"),
        "|": _("вертикальная черта"),
    }
    encodings = {"cp1251": "windows-1251", "utf-8-sig": "UTF-8"}
    return _("CSV, %(encoding)s, разделитель: %(separator)s") % {
        "encoding": encodings.get(shape.encoding, shape.encoding.upper()),
        "separator": separators[shape.separator],
    }
