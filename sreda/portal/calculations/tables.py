"""A table to take away."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from xlsxwriter import Workbook


def xlsx(*, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an XLSX of one sheet. Every cell is text: what looks like a formula stays text."""
    buffer = BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, max(14, len(head) + 2))
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return buffer.getvalue()
