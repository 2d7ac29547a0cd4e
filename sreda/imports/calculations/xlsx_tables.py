"""Rows of an XLSX workbook: guarded and measured first, then read by calamine."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sreda.imports.calculations.cells import cell_text
from sreda.imports.calculations.csv_tables import LOOK_AT_ROWS, WIDEST, Record
from sreda.imports.calculations.headers import header_row
from sreda.imports.calculations.rows import Column
from sreda.imports.calculations.sheet_scan import SheetScan
from sreda.imports.calculations.troubles import Trouble, Unreadable
from sreda.imports.calculations.workbook_parts import sheet_parts
from sreda.imports.calculations.zip_guard import inflated, open_archive

LARGEST_WORKBOOK = 20 * 1024 * 1024
MOST_SHEETS_LOOKED_AT = 10
KEPT_PART_BYTES = 1 << 18
CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"

Broken = dict[str, frozenset[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that passed the guards; ``broken`` maps a part's name to its broken cells."""

    path: Path
    broken: Broken
    sheet_parts: dict[str, str]


class XlsxRows:
    """The rows of one sheet; ``share`` says how many of them were read, from 0 to 1."""

    def __init__(self, workbook: Workbook, sheet: CalamineSheet) -> None:
        self._sheet = sheet
        self._height = max(1, sheet.total_height)
        self._first_column = sheet.start[1] if sheet.start else 0
        part = workbook.sheet_parts[sheet.name]
        self._broken = _by_row(workbook.broken.get(part, frozenset()), self._first_column)
        self._done = 0

    @property
    def share(self) -> float:
        """The part of the rows that was read."""
        return min(1.0, self._done / self._height)

    def __iter__(self) -> Iterator[Record]:
        """Yield every row, blank ones included.

        :raises Unreadable: when the sheet is wider than a table may be.
        """
        for number, values in enumerate(self._sheet.iter_rows(), start=1):
            self._done = number
            cells = [cell_text(value) for value in values]
            if len(cells) > WIDEST and any(cells[WIDEST:]):
                raise Unreadable(Trouble.TOO_WIDE, row=number, most=WIDEST)
            yield Record(number, cells, self._broken.get(number - 1, frozenset()))


def _by_row(broken: frozenset[tuple[int, int]], first_column: int) -> dict[int, frozenset[int]]:
    rows: dict[int, set[int]] = {}
    for row, column in broken:
        rows.setdefault(row, set()).add(column - first_column)
    return {row: frozenset(columns) for row, columns in rows.items()}


def guard_workbook(path: Path) -> Workbook:
    """Inflate the whole archive once, counting, and make sure that it is a workbook of ours.

    :raises Unreadable: with the reason; nothing has been parsed by then.
    """
    if path.stat().st_size > LARGEST_WORKBOOK:
        raise Unreadable(Trouble.WORKBOOK_TOO_LARGE, most=LARGEST_WORKBOOK // (1024 * 1024))
    with open_archive(path) as archive:
        _refuse_others(archive)
        kept = {WORKBOOK: b"", WORKBOOK_LINKS: b"", CONTENT_TYPES: b""}
        broken: Broken = {}
        scan = SheetScan()
        for piece in inflated(path, archive):
            if piece.entry in kept and len(kept[piece.entry]) < KEPT_PART_BYTES:
                kept[piece.entry] += piece.data
            scan.feed(piece.data, is_last=piece.is_last)
            if piece.is_last:
                broken[piece.entry] = frozenset(scan.broken)
                scan = SheetScan()
    if b"spreadsheetml" not in kept[CONTENT_TYPES] and b"ms-excel" not in kept[CONTENT_TYPES]:
        raise Unreadable(Trouble.BROKEN_WORKBOOK)
    return Workbook(path, broken, sheet_parts(kept[WORKBOOK], kept[WORKBOOK_LINKS]))


def _refuse_others(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise Unreadable(Trouble.BINARY_EXCEL)
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable(Trouble.OPEN_DOCUMENT)
    if CONTENT_TYPES not in names or WORKBOOK not in names:
        raise Unreadable(Trouble.OTHER_ARCHIVE)


def open_sheet(workbook: Workbook, name: str) -> XlsxRows:
    """Return the rows of the sheet.

    :raises Unreadable: when the workbook cannot be parsed.
    """
    if name not in workbook.sheet_parts:  # its broken cells would read as empty ones
        raise Unreadable(Trouble.BROKEN_WORKBOOK)
    try:
        book = CalamineWorkbook.from_path(str(workbook.path))
        return XlsxRows(workbook, book.get_sheet_by_name(name))
    except PasswordError as error:
        raise Unreadable(Trouble.ENCRYPTED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(Trouble.BROKEN_WORKBOOK) from error


def find_sheet(workbook: Workbook, columns: Sequence[Column]) -> str:
    """Return the name of the visible sheet that names most known columns; the first of equals.

    :raises Unreadable: when there is no sheet with rows.
    """
    best, best_score = "", -1
    for name in _visible_sheets(workbook.path)[:MOST_SHEETS_LOOKED_AT]:
        rows = open_sheet(workbook, name)
        records = list(islice((record for record in rows if not record.is_blank), LOOK_AT_ROWS))
        if not records:
            continue
        _index, score = header_row([record.cells for record in records], columns)
        if score > best_score:
            best, best_score = name, score
    if not best:
        raise Unreadable(Trouble.NO_SHEET)
    return best


def _visible_sheets(path: Path) -> list[str]:
    try:
        sheets = CalamineWorkbook.from_path(str(path)).sheets_metadata
    except PasswordError as error:
        raise Unreadable(Trouble.ENCRYPTED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(Trouble.BROKEN_WORKBOOK) from error
    return [
        sheet.name
        for sheet in sheets
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]
