"""Tables to take away as XLSX. Every cell is text, so nothing in it is ever a formula."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import BinaryIO

from xlsxwriter import Workbook

WIDTH = 24
# Excel refuses a longer name of a sheet, and some signs in it.
NAME_LENGTH = 31
NOT_IN_NAMES = str.maketrans("[]:*?/\\", "       ")


def write_workbook(
    file: BinaryIO,
    *,
    sheet: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int] = (),
) -> None:
    """Write one sheet into an open file row by row: memory does not grow with the rows.

    The bold header stays in sight. ``widths`` are in characters, ``WIDTH`` where not given.
    """
    book = Workbook(file, {"constant_memory": True})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"num_format": "@", "bold": True})
    page = book.add_worksheet(sheet.translate(NOT_IN_NAMES)[:NAME_LENGTH].strip() or None)
    for column in range(len(headers)):
        page.set_column(column, column, widths[column] if column < len(widths) else WIDTH, text)
    page.freeze_panes(1, 0)
    for column, header in enumerate(headers):
        page.write_string(0, column, header, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            page.write_string(number, column, cell, text)
    book.close()


def workbook(
    *, sheet: str, headers: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int] = ()
) -> bytes:
    """Return what ``write_workbook`` writes, for tables that fit in memory."""
    buffer = BytesIO()
    write_workbook(buffer, sheet=sheet, headers=headers, rows=rows, widths=widths)
    return buffer.getvalue()
