"""Screen 18: the rows of one page, each cell as it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from django.utils.translation import gettext as _

from sreda.foundation.paging import Page, page_of
from sreda.imports.calculations.cells import Remark
from sreda.imports.calculations.judging import Layout, take_record
from sreda.imports.calculations.rows import Column, Decision, Level, Problem
from sreda.imports.calculations.tables import below_header, open_table
from sreda.imports.models import Batch, BatchRow, RowState
from sreda.imports.queries.batches import Counts, kind_of_batch, path_of_batch, shape_of
from sreda.imports.queries.problems import CONFIRMING, from_json, open_problems

PAGE_SIZE = 50
# Ready rows are read from the file on every view, so only a short file shows them.
ALL_SHOWN_UP_TO = 3000


class Show(StrEnum):
    """Which rows the page shows."""

    ALL = "all"
    REMARKED = "remarked"
    ERRORS = "errors"
    DOUBLES = "doubles"
    CONFIRM = "confirm"
    SKIPPED = "skipped"


STATES: dict[Show, tuple[RowState, ...]] = {
    Show.REMARKED: tuple(state for state in RowState if state != RowState.LOADED),
    Show.ERRORS: (RowState.ERROR,),
    Show.DOUBLES: (RowState.DOUBLE,),
    Show.CONFIRM: (RowState.CONFIRM,),
    Show.SKIPPED: (RowState.SKIPPED,),
}
TONES = {
    RowState.ERROR: ("bad", "alert"),
    RowState.CONFIRM: ("warn", "alert"),
    RowState.DOUBLE: ("warn", "people"),
    RowState.FIXED: ("accent", ""),
    RowState.READY: ("good", "check"),
    RowState.SKIPPED: ("", ""),
    RowState.LOADED: ("good", "check"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: an input where something is to be done about it. ``hint`` says what is put right."""

    code: str
    title: str
    value: str
    error: str = ""
    hint: str = ""
    is_input: bool = False

    @property
    def is_bad(self) -> bool:
        """The cell is what stands in the way."""
        return bool(self.error)


@dataclass(frozen=True, slots=True)
class Action:
    """A decision that the row offers."""

    decision: str
    label: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A row of the page. ``notes`` speak of the row as a whole."""

    number: int
    cells: tuple[Cell, ...]
    state: str
    words: str
    tone: str
    icon: str
    notes: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def has_form(self) -> bool:
        """Something in the row can be changed or decided."""
        return bool(self.actions) or any(cell.is_input for cell in self.cells)

    @property
    def has_inputs(self) -> bool:
        """Some cell can be changed."""
        return any(cell.is_input for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice of rows, with how many there are."""

    show: Show
    text: str
    is_current: bool


def shown_columns(batch: Batch) -> list[Column]:
    """Return the kind's columns that the file has; no query."""
    return [column for column in kind_of_batch(batch).columns if column.code in batch.places]


def show_of(text: str, counts: Counts) -> Show:
    """Return which rows to show: what was asked for, else those with remarks, else all."""
    if text in set(Show):
        return Show(text)
    return Show.REMARKED if counts.remarked or not shows_all(counts) else Show.ALL


def shows_all(counts: Counts) -> bool:
    """Say whether the ready rows are shown too."""
    return counts.total <= ALL_SHOWN_UP_TO


def segments_of(counts: Counts, show: Show) -> list[Segment]:
    """Return the choices; those with nothing in them only while they are chosen."""
    offers = [
        (Show.ALL, _("Все, %(n)s"), counts.total if shows_all(counts) else 0),
        (Show.REMARKED, _("С замечаниями, %(n)s"), counts.remarked),
        (Show.ERRORS, _("Ошибки, %(n)s"), counts.wrong),
        (Show.DOUBLES, _("Двойники, %(n)s"), counts.doubles),
        (Show.CONFIRM, _("Подтвердить, %(n)s"), counts.unconfirmed),
        (Show.SKIPPED, _("Не загружаем, %(n)s"), counts.skipped),
    ]
    return [
        Segment(offer, words % {"n": number}, offer is show)
        for offer, words, number in offers
        if number or offer is show
    ]


def check_page(batch: Batch, *, show: Show, number: int) -> Page[CheckRow]:
    """Return one page of rows. Cost: 2 queries; all rows: 1 query and the file read once."""
    columns = shown_columns(batch)
    if show is Show.ALL:
        return _page_of_file(batch, columns, number)
    rows = BatchRow.objects.filter(batch=batch, state__in=STATES[show]).order_by("number")
    return page_of(
        rows, number=number, size=PAGE_SIZE, row=lambda row: check_row(batch, columns, row)
    )


def check_rows_of(batch: Batch, numbers: Sequence[int]) -> list[CheckRow]:
    """Return stored rows by their numbers, in order. Cost: 1 query."""
    columns = shown_columns(batch)
    rows = BatchRow.objects.filter(batch=batch, number__in=numbers).order_by("number")
    return [check_row(batch, columns, row) for row in rows]


def _page_of_file(batch: Batch, columns: Sequence[Column], number: int) -> Page[CheckRow]:
    pages = max(1, -(-batch.total_rows // PAGE_SIZE))
    number = min(max(1, number), pages)
    start = (number - 1) * PAGE_SIZE
    shape = shape_of(batch)
    layout = Layout.of(columns, batch.places, len(shape.headers))
    records = below_header(open_table(path_of_batch(batch), shape), shape)
    taken = [
        (record.number, take_record(record, layout).values)
        for record in islice(records, start, start + PAGE_SIZE)
    ]
    stored = {
        row.number: row
        for row in BatchRow.objects.filter(batch=batch, number__in=[line for line, _v in taken])
    }
    rows = tuple(
        check_row(batch, columns, stored[line])
        if line in stored
        else _clean_row(batch, columns, line, values)
        for line, values in taken
    )
    return Page(rows, number, pages, batch.total_rows, PAGE_SIZE)


def _clean_row(
    batch: Batch, columns: Sequence[Column], number: int, values: Mapping[str, str]
) -> CheckRow:
    state = RowState.LOADED if batch.applied_at else RowState.READY
    cells = tuple(
        Cell(column.code, column.title, values.get(column.code, "")) for column in columns
    )
    return CheckRow(number, cells, state, str(state.label), *TONES[state])


def check_row(batch: Batch, columns: Sequence[Column], row: BatchRow) -> CheckRow:
    """Return a stored row as the page shows it; no query."""
    state = RowState(row.state)
    decision = Decision(row.decision) if row.decision else None
    problems = [from_json(stored) for stored in row.problems]
    if state in (RowState.SKIPPED, RowState.LOADED):
        shown: list[Problem] = []
    else:
        shown = open_problems(problems, decision)
    grave = [problem for problem in shown if problem.level is not Level.FIXED]
    # A trouble of the whole row may lie in any of its cells.
    open_all = any(p.column is None and p.level in (Level.ERROR, Level.CONFIRM) for p in grave)
    cells = tuple(_cell(column, row.values, shown, open_all=open_all) for column in columns)
    return CheckRow(
        number=row.number,
        cells=cells,
        state=state,
        words=str(state.label),
        tone=TONES[state][0],
        icon=TONES[state][1],
        notes=_notes(shown, decision, state, columns),
        actions=_actions(state, problems, decision),
    )


def _cell(
    column: Column, values: Mapping[str, str], problems: Sequence[Problem], *, open_all: bool
) -> Cell:
    own = [problem for problem in problems if problem.column == column.code]
    grave = [problem.text for problem in own if problem.level in (Level.ERROR, Level.CONFIRM)]
    fixed = [problem.text for problem in own if problem.level is Level.FIXED]
    return Cell(
        code=column.code,
        title=column.title,
        value=values.get(column.code, ""),
        error=". ".join(grave),
        hint=". ".join(fixed),
        is_input=bool(grave) or open_all,
    )


def _notes(
    problems: Sequence[Problem],
    decision: Decision | None,
    state: RowState,
    columns: Sequence[Column],
) -> tuple[str, ...]:
    """What is said under the badge: of the whole row, of doubles, of columns not on the page."""
    seen = {column.code for column in columns}
    said = [
        problem.text
        for problem in problems
        if problem.column not in seen or problem.level is Level.DOUBLE
    ]
    if state not in (RowState.SKIPPED, RowState.LOADED) and decision in CONFIRMING:
        said.append(_decided(decision))
    return tuple(said)


def _decided(decision: Decision | None) -> str:
    if decision is Decision.UPDATE:
        return _("Обновим имеющуюся запись")
    if decision is Decision.SEPARATE:
        return _("Загрузим отдельной записью")
    return _("Вы подтвердили строку")


def _actions(
    state: RowState, problems: Sequence[Problem], decision: Decision | None
) -> tuple[Action, ...]:
    if state is RowState.LOADED:
        return ()
    if state is RowState.SKIPPED:
        return (Action("", _("Вернуть")),)
    actions: list[Action] = []
    if state is RowState.CONFIRM:
        has_formula = any(problem.remark == Remark.FORMULA for problem in problems)
        label = _("Принять как текст") if has_formula else _("Принять как есть")
        actions.append(Action(Decision.CONFIRM, label))
    if state is RowState.DOUBLE:
        actions.extend(_double_actions(problems))
    if decision:
        actions.append(Action("", _("Передумать")))
    actions.append(Action(Decision.SKIP, _("Не загружать")))
    return tuple(actions)


def _double_actions(problems: Sequence[Problem]) -> Iterator[Action]:
    choices = {choice for problem in problems for choice in problem.choices}
    if Decision.UPDATE in choices:
        yield Action(Decision.UPDATE, _("Обновить имеющуюся"))
    if Decision.SEPARATE in choices:
        yield Action(Decision.SEPARATE, _("Загрузить отдельно"))
