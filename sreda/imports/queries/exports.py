"""Files that go out: rows with explanations, samples. Every cell is text, never a formula."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.translation import gettext as _

from sreda.foundation.workbooks import workbook
from sreda.imports.calculations.rows import Level
from sreda.imports.kinds import Kind
from sreda.imports.models import Batch, BatchRow, RowState
from sreda.imports.queries.check_page import shown_columns
from sreda.imports.queries.problems import from_json

HELD_BACK = (RowState.ERROR, RowState.CONFIRM, RowState.DOUBLE)
MOST_ROWS = 100_000


def problems_workbook(batch: Batch) -> bytes:
    """Return the rows that loading would leave, each with what is wrong in it, as XLSX.

    Corrected and sent again the file is read like any other. Cost: 1 query per 2,000 rows.
    """
    columns = shown_columns(batch)
    header = [*(column.title for column in columns), _("Строка в файле"), _("Что не так")]
    titles = {column.code: column.title for column in columns}
    rows = BatchRow.objects.filter(batch=batch, state__in=HELD_BACK).order_by("number")[:MOST_ROWS]
    return workbook(
        sheet=_("Поправить"),
        headers=header,
        rows=(
            [
                *(row.values.get(column.code, "") for column in columns),
                str(row.number),
                explanation(row, titles),
            ]
            for row in rows.iterator(chunk_size=2000)
        ),
    )


@dataclass(frozen=True, slots=True)
class PlainProblem:
    """A problem for the command line; ``column`` is a title, empty for the whole row."""

    number: int
    column: str
    text: str
    found: str
    expected: str


def plain_problems(batch: Batch) -> Iterator[PlainProblem]:
    """Yield what is wrong with the rows that loading would leave. Cost: 1 query per 2,000 rows."""
    titles = {column.code: column.title for column in shown_columns(batch)}
    rows = BatchRow.objects.filter(batch=batch, state__in=HELD_BACK).order_by("number")
    for row in rows.iterator(chunk_size=2000):
        for problem in map(from_json, row.problems):
            if problem.level is not Level.FIXED:
                title = titles.get(problem.column or "", "")
                yield PlainProblem(row.number, title, problem.text, problem.found, problem.expected)


def explanation(row: BatchRow, titles: dict[str, str]) -> str:
    """Return everything that is wrong with a stored row in one text."""
    parts = []
    for problem in map(from_json, row.problems):
        title = titles.get(problem.column or "", "")
        parts.append(f"{title}: {problem.text}" if title else problem.text)
    return "; ".join(parts)


def sample_workbook(kind: Kind) -> bytes:
    """Return the sample table of a kind as XLSX; no query."""
    headers = [str(column.title) for column in kind.columns]
    return workbook(sheet=str(kind.title), headers=headers, rows=example_rows(kind))


def sample_csv(kind: Kind) -> bytes:
    """Return the sample as CSV that Excel opens with two clicks: a mark, semicolons; no query."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in kind.columns])
    writer.writerows(example_rows(kind))
    return text.getvalue().encode("utf-8-sig")


def example_rows(kind: Kind) -> list[list[str]]:
    """Return the example rows of a kind."""
    examples = (column.examples for column in kind.columns)
    return [list(row) for row in zip_longest(*examples, fillvalue="")]
