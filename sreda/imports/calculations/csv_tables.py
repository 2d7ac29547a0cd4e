"""Rows of a CSV file, read with bounded memory whatever the file holds."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sreda.imports.calculations.encodings import encoding_of
from sreda.imports.calculations.headers import header_row
from sreda.imports.calculations.rows import Column
from sreda.imports.calculations.troubles import Trouble, Unreadable

SEPARATORS = ";\t,|"
LONGEST_LINE = 1_000_000
WIDEST = 300
LOOK_AT_ROWS = 40


class Record(NamedTuple):
    """A row as it stands in the file. ``number`` counts like a table program: blank rows too.

    ``broken`` are places of cells that hold an error or a formula never computed.
    """

    number: int
    cells: Sequence[str]
    broken: frozenset[int] = frozenset()

    @property
    def is_blank(self) -> bool:
        """Nothing but spaces stands in the row."""
        return not any(cell and not cell.isspace() for cell in self.cells) and not self.broken


@dataclass(frozen=True, slots=True)
class CsvShape:
    """How the file's bytes become rows."""

    encoding: str
    separator: str


class CsvRows:
    """The rows of one pass over the file; ``share`` says how much of it was read, from 0 to 1."""

    def __init__(self, path: Path, shape: CsvShape) -> None:
        self._path = path
        self._shape = shape
        self._size = max(1, path.stat().st_size)
        self._file: BinaryIO | None = None

    @property
    def share(self) -> float:
        """The part of the bytes that was read."""
        if self._file is None or self._file.closed:
            return 0.0 if self._file is None else 1.0
        return min(1.0, self._file.tell() / self._size)

    def __iter__(self) -> Iterator[Record]:
        """Yield every row, blank ones included.

        :raises Unreadable: at a line or a cell too long to be one.
        """
        with self._path.open("rb") as self._file:
            text = io.TextIOWrapper(
                self._file, encoding=self._shape.encoding, errors="replace", newline=""
            )
            yield from _records(text, self._shape.separator)


def _records(text: io.TextIOWrapper, separator: str) -> Iterator[Record]:
    lines = _lines(text)
    reader = csv.reader(lines, delimiter=separator)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > WIDEST and any(cells[WIDEST:]):
                raise Unreadable(Trouble.TOO_WIDE, row=number, most=WIDEST)
            yield Record(number, cells)
    except csv.Error as error:
        raise Unreadable(Trouble.LONG_CELL, row=number + 1) from error


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines with their ends. Excel's own «sep=;» in the first line is no row of the table."""
    first = True
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            raise Unreadable(Trouble.LONG_LINE, most=LONGEST_LINE)
        if not (first and _named_separator(line)):
            yield line
        first = False


def _named_separator(line: str) -> str:
    bare = line.rstrip("\r\n")
    is_named = len(bare) == len("sep=;") and bare.lower().startswith("sep=")
    return bare[-1] if is_named and bare[-1] in SEPARATORS else ""


def csv_shape(path: Path, columns: Sequence[Column]) -> CsvShape:
    """Return the encoding, and the separator under which the known columns are found best.

    :raises Unreadable: when the bytes are no text.
    """
    encoding = encoding_of(path)
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
        named = _named_separator(text.readline(LONGEST_LINE))
    if named:
        return CsvShape(encoding, named)
    return max(
        (CsvShape(encoding, separator) for separator in SEPARATORS),
        key=lambda shape: _fitness(first_records(CsvRows(path, shape), LOOK_AT_ROWS), columns),
    )


def first_records(rows: CsvRows, most: int) -> list[Record]:
    """Return the first rows that are not blank; of a file that breaks off, those before."""
    found: list[Record] = []
    try:
        found.extend(islice((record for record in rows if not record.is_blank), most))
    except Unreadable as problem:
        # With the wrong separator a cell may seem endless; the right one decides.
        if problem.trouble is Trouble.LONG_LINE:
            raise
    return found


def _fitness(records: Sequence[Record], columns: Sequence[Column]) -> tuple[int, int, int]:
    """How well a separator fits: known columns, rows as wide as most rows, that width."""
    if not records:
        return (0, 0, 0)
    _index, score = header_row([record.cells for record in records], columns)
    widths = [len(record.cells) for record in records]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return (score, widths.count(usual), usual) if usual > 1 else (score, 0, 0)
