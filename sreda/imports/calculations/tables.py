"""A table, whatever its form: its shape found once, its rows read as often as needed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from sreda.imports.calculations.cells import read_cell
from sreda.imports.calculations.csv_tables import (
    LOOK_AT_ROWS,
    CsvRows,
    CsvShape,
    Record,
    csv_shape,
)
from sreda.imports.calculations.headers import header_row
from sreda.imports.calculations.rows import Column
from sreda.imports.calculations.sniffing import Form, form_of
from sreda.imports.calculations.troubles import Trouble, Unreadable
from sreda.imports.calculations.xlsx_tables import find_sheet, guard_workbook, open_sheet

SHOWN_ROWS = 5
LONGEST_HEADER = 200


@dataclass(frozen=True, slots=True)
class Shape:
    """How the file becomes rows: enough to read it again exactly as the first time."""

    form: Form
    encoding: str
    separator: str
    sheet: str
    header_number: int
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The shape of a table and its first rows below the header."""

    shape: Shape
    first_rows: tuple[Record, ...]


class Rows(Protocol):
    """The rows of one pass."""

    @property
    def share(self) -> float:
        """How much was read, from 0 to 1."""

    def __iter__(self) -> Iterator[Record]: ...


def find_table(path: Path, columns: Sequence[Column]) -> Found:
    """Look at the beginning of the file (a CSV without a mark and a workbook: at the whole).

    :raises Unreadable: with the reason in ``trouble``.
    """
    if form_of(path) is Form.XLSX:
        workbook = guard_workbook(path)
        sheet = find_sheet(workbook, columns)
        return _found(open_sheet(workbook, sheet), Form.XLSX, CsvShape("", ""), sheet, columns)
    shape = csv_shape(path, columns)
    return _found(CsvRows(path, shape), Form.CSV, shape, "", columns)


def _found(rows: Rows, form: Form, csv: CsvShape, sheet: str, columns: Sequence[Column]) -> Found:
    records = list(islice((record for record in rows if not record.is_blank), LOOK_AT_ROWS))
    if not records:
        raise Unreadable(Trouble.EMPTY)
    index, _score = header_row([record.cells for record in records], columns)
    below = records[index + 1 :]
    if not below:
        raise Unreadable(Trouble.NO_ROWS)
    header = records[index]
    headers = [read_cell(cell).text[:LONGEST_HEADER] for cell in header.cells]
    while headers and not headers[-1]:
        headers.pop()
    shape = Shape(form, csv.encoding, csv.separator, sheet, header.number, tuple(headers))
    return Found(shape, tuple(below[:SHOWN_ROWS]))


def open_table(path: Path, shape: Shape) -> Rows:
    """Return the rows of the whole file, the header and what stands above it included."""
    if shape.form is Form.XLSX:
        return open_sheet(guard_workbook(path), shape.sheet)
    return CsvRows(path, CsvShape(shape.encoding, shape.separator))


def below_header(rows: Iterable[Record], shape: Shape) -> Iterator[Record]:
    """Yield the rows under the header that are not blank."""
    return (
        record for record in rows if record.number > shape.header_number and not record.is_blank
    )
