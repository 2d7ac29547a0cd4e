"""Rows judged: what was noticed here, what the kind says, which keys are taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sreda.access.facade import Actor
from sreda.imports.calculations.cells import Remark
from sreda.imports.calculations.judging import Noticed, gravest
from sreda.imports.calculations.keys import key_digest
from sreda.imports.calculations.rows import Checked, Decision, Key, Level, Problem, Row
from sreda.imports.kinds import Kind
from sreda.imports.models import Batch, BatchKey, BatchRow, RowState
from sreda.imports.queries.problems import as_json, from_json, open_problems
from sreda.imports.queries.wording import remark_problem, repeat_problem

STATES = {
    Level.ERROR: RowState.ERROR,
    Level.CONFIRM: RowState.CONFIRM,
    Level.DOUBLE: RowState.DOUBLE,
    Level.FIXED: RowState.FIXED,
    None: RowState.READY,
}
LOADABLE = (RowState.READY, RowState.FIXED)


@dataclass(frozen=True, slots=True)
class Given:
    """A row to be judged, with the problems that were noticed before."""

    row: Row
    noticed: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with everything said about it. ``holder`` is the earlier row with one of its keys."""

    checked: Checked
    problems: tuple[Problem, ...]
    state: RowState
    holder: int | None = None

    @property
    def is_loadable(self) -> bool:
        """Nothing stands in the way of loading the row."""
        return self.state in LOADABLE

    def as_row(self, batch: Batch) -> BatchRow:
        """Return the row as it is stored, not saved yet."""
        row = BatchRow(batch=batch, number=self.checked.row.number)
        self.write_to(row)
        return row

    def write_to(self, row: BatchRow) -> None:
        """Put everything said into a stored row."""
        row.values = dict(self.checked.row.values)
        row.problems = [as_json(problem) for problem in self.problems]
        row.state = self.state
        row.outcome = self.checked.outcome
        row.decision = self.checked.row.decision or ""
        row.title = self.checked.title[:300]
        row.holder = self.holder


def given(number: int, values: Mapping[str, str], noticed: Iterable[Noticed]) -> Given:
    """Return a row of the file, ready to be judged."""
    return Given(Row(number, values), tuple(remark_problem(item) for item in noticed))


def given_again(row: BatchRow) -> Given:
    """Return a stored row, ready to be judged once more."""
    decision = Decision(row.decision) if row.decision else None
    kept = tuple(problem for problem in map(from_json, row.problems) if is_lasting(problem))
    return Given(Row(row.number, row.values, decision), kept)


def is_lasting(problem: Problem) -> bool:
    """Say whether the problem was noticed in the file itself and not found by comparing."""
    return bool(problem.remark) and problem.remark != Remark.DOUBLE


def judge(
    *, kind: Kind, actor: Actor, batch: Batch, rows: Sequence[Given], with_keys: bool
) -> list[Judged]:
    """Return the judgment of each row, in order. Cost: what the kind asks, and 2 statements.

    ``with_keys``: the rows also take the keys that nobody in the batch holds. Without it keys are
    left alone, for rows that took theirs before.
    """
    checked = kind.check(actor, [item.row for item in rows])
    if [item.row.number for item in checked] != [item.row.number for item in rows]:
        raise ValueError(f"{kind.code}: check returns one answer per row, in the same order")
    repeats = _take_keys(kind, batch, checked) if with_keys else {}
    return [
        _judged(item, answer, repeats.get(item.row.number))
        for item, answer in zip(rows, checked, strict=True)
    ]


def _judged(item: Given, answer: Checked, repeat: "_Repeat | None") -> Judged:
    broken = {problem.column for problem in item.noticed if problem.level is Level.ERROR}
    problems = [
        *item.noticed,
        *(problem for problem in answer.problems if problem.column not in broken - {None}),
    ]
    if repeat:
        problems.append(repeat.problem)
    return Judged(
        checked=replace(answer, row=item.row),
        problems=tuple(problems),
        state=STATES[gravest(open_problems(problems, item.row.decision))],
        holder=repeat.holder if repeat else None,
    )


@dataclass(frozen=True, slots=True)
class _Repeat:
    holder: int
    problem: Problem


def _take_keys(kind: Kind, batch: Batch, checked: Sequence[Checked]) -> dict[int, _Repeat]:
    """Let each row take its free keys; return what stands in the way of the others, by row."""
    digests = {key: key_digest(batch.uid, key) for answer in checked for key in answer.keys}
    held = dict(
        BatchKey.objects.filter(batch=batch, digest__in=digests.values()).values_list(
            "digest", "number"
        )
    )
    titles = {column.code: column.title for column in kind.columns}
    taken: list[BatchKey] = []
    repeats: dict[int, _Repeat] = {}
    for answer in checked:
        number = answer.row.number
        clashes: list[tuple[int, Key]] = []
        for key in answer.keys:
            holder = held.setdefault(digests[key], number)
            if holder != number:
                clashes.append((holder, key))
            else:
                taken.append(BatchKey(batch=batch, digest=digests[key], number=number))
        if clashes:
            repeats[number] = _repeat(clashes, titles)
    BatchKey.objects.bulk_create(taken, ignore_conflicts=True, batch_size=1000)
    return repeats


def _repeat(clashes: Sequence[tuple[int, Key]], titles: Mapping[str, str]) -> _Repeat:
    first = min(holder for holder, _key in clashes)
    keys = [key for holder, key in clashes if holder == first]
    problem = repeat_problem(
        holder=first,
        columns=[key.column for key in keys],
        titles=[titles.get(key.column, key.column) for key in keys],
        found=", ".join(key.value for key in keys),
    )
    return _Repeat(first, problem)
