"""A record of the file made into a kind's row, with what is remarkable about its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sreda.imports.calculations.cells import Remark, plain, read_cell
from sreda.imports.calculations.csv_tables import Record
from sreda.imports.calculations.rows import Checked, Column, Level, Problem

LONGEST_FOUND = 200
GRAVITY = (Level.ERROR, Level.CONFIRM, Level.DOUBLE, Level.FIXED)


@dataclass(frozen=True, slots=True)
class Noticed:
    """A remark about a cell; ``column`` is None for the row. ``found`` is what the file holds."""

    remark: Remark
    column: str | None
    found: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands (places count from 0) and how wide the header is."""

    places: Mapping[str, int]
    width: int
    digits: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, columns: Sequence[Column], places: Mapping[str, int], width: int) -> "Layout":
        """Lay out the columns that have a place, in the kind's own order."""
        known = {column.code: column.digits for column in columns if column.code in places}
        return cls({code: places[code] for code in known}, width, known)


class Taken(NamedTuple):
    """The cells of a row by column code, and what was noticed."""

    values: dict[str, str]
    noticed: tuple[Noticed, ...]


def take_record(record: Record, layout: Layout) -> Taken:
    """Return the record's cells; a row shorter or longer than the header is noticed."""
    cells = record.cells
    raw = {
        code: cells[place] if place < len(cells) else "" for code, place in layout.places.items()
    }
    taken = take_cells(raw, layout.digits)
    extra = [
        Noticed(Remark.BROKEN, code)
        for code, place in layout.places.items()
        if place in record.broken and not taken.values[code]
    ]
    if len(cells) < layout.width or any(cell.strip() for cell in cells[layout.width :]):
        extra.append(Noticed(Remark.RAGGED, None, str(len(cells)), str(layout.width)))
    return Taken(taken.values, (*taken.noticed, *extra)) if extra else taken


def take_cells(raw: Mapping[str, str], digits: Mapping[str, Sequence[int]]) -> Taken:
    """Return cells that a person or a file gave, cleaned."""
    values: dict[str, str] = {}
    noticed: list[Noticed] = []
    for code, text in raw.items():
        quick = plain(text, digits[code])
        if quick is not None:
            values[code] = quick
            continue
        cell = read_cell(text, digits=digits[code])
        values[code] = cell.text
        found = seen(text)
        noticed.extend(Noticed(remark, code, found, cell.text[:200]) for remark in cell.remarks)
    return Taken(values, tuple(noticed))


def seen(text: str) -> str:
    """Return the beginning of a raw cell without the signs that no database takes."""
    return "".join(sign for sign in text[:LONGEST_FOUND] if sign.isprintable())


def gravest(problems: Sequence[Problem]) -> Level | None:
    """Return the gravest level among the problems, None when there are none."""
    levels = {problem.level for problem in problems}
    return next((level for level in GRAVITY if level in levels), None)


def is_ready(checked: Checked) -> bool:
    """Say whether the row may be loaded."""
    return gravest(checked.problems) in (None, Level.FIXED)
