"""A table as an XLSX file: every cell is text, so nothing in it is ever a formula."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from xlsxwriter import Workbook

WIDTH = 24
SHEET_NAME_LENGTH = 31


def write_table(
    file: BinaryIO,
    *,
    sheet: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int] = (),
) -> None:
    """Write one sheet into an open file, row by row; memory does not grow with the rows."""
    book = Workbook(file, {"constant_memory": True})
    page = book.add_worksheet(sheet[:SHEET_NAME_LENGTH])
    bold = book.add_format({"bold": True})
    for column in range(len(headers)):
        page.set_column(column, column, widths[column] if column < len(widths) else WIDTH)
    page.freeze_panes(1, 1)
    for column, header in enumerate(headers):
        page.write_string(0, column, header, bold)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            page.write_string(number, column, text)
    book.close()
