"""A look over a worksheet's XML before it is parsed: how large it is, which cells are broken.

A parser keeps a sheet as a full rectangle, so two cells in far corners would cost all the memory
there is. Cells with an Excel error and formulas never computed read as empty: they are found here.
"""

import re
from dataclasses import dataclass, field

from sreda.imports.calculations.troubles import Trouble, Unreadable

MOST_CELLS = 5_000_000
MOST_BROKEN = 10_000
CARRY_BYTES = 1 << 12
# No two repeats stand side by side: a hostile sheet is looked over in linear time too.
TOKEN = re.compile(
    rb"""<(?:[\w.\-]+:)?(?P<tag>row|c)(?=[\s/>])"""
    rb"""|\sr\s*=\s*["'](?P<column>[A-Za-z]*)(?P<row>\d+)["']"""
    rb"""|(?P<error>\st\s*=\s*["']e["'])"""
    rb"""|(?P<formula></(?:[\w.\-]+:)?f>\s*+(?:<(?:[\w.\-]+:)?v\s*+(?:/>|>\s*+</[^>]*>)\s*+)?"""
    rb"""</(?:[\w.\-]+:)?c>)"""
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


@dataclass(slots=True)
class SheetScan:
    """What was seen of one entry so far; rows and columns count from 0 in ``broken``."""

    rows: int = 0
    columns: int = 0
    broken: set[tuple[int, int]] = field(default_factory=set)
    _carry: bytes = b""
    _row: int = 0
    _cell: tuple[int, int] | None = None
    _has_error: bool = False
    _width: int = 0
    _in_row_tag: bool = False
    _started: bool = False

    def feed(self, data: bytes, *, is_last: bool) -> None:
        """Look at the next piece.

        :raises Unreadable: when the sheet spreads too far to be held, or is no plain XML.
        """
        if data and not self._started:
            self._started = True
            if data.startswith(WIDE_MARKS):
                raise Unreadable(Trouble.BROKEN_WORKBOOK)
        text = self._carry + data
        limit = len(text) if is_last else max(0, len(text) - CARRY_BYTES)
        end = limit
        for token in TOKEN.finditer(text):
            if token.start() >= limit:
                break
            end = max(limit, token.end())
            self._take(token)
        self._carry = text[end:]
        if self.rows * self.columns > MOST_CELLS:
            raise Unreadable(Trouble.SHEET_TOO_BIG, rows=self.rows, columns=self.columns)

    def _take(self, token: re.Match[bytes]) -> None:
        kind = token.lastgroup
        if kind == "tag":
            self._take_tag(is_row=token["tag"] == b"row")
        elif kind == "row":
            self._take_place(token["column"], int(token["row"][:9]))
        else:
            self._has_error = True
            self._mark()

    def _take_tag(self, *, is_row: bool) -> None:
        self._in_row_tag = is_row
        self._has_error = False
        self._cell = None
        if is_row:
            self._row += 1
            self._width = 0
        else:
            self._width += 1
            self._cell = (self._row - 1, self._width - 1)
        self.rows = max(self.rows, self._row)
        self.columns = max(self.columns, self._width)

    def _take_place(self, letters: bytes, row: int) -> None:
        if not letters:
            if self._in_row_tag:
                self._row = row
                self.rows = max(self.rows, row)
            return
        column = 0
        for letter in letters[:4].upper():
            column = column * 26 + letter - 64
        self._width = column
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        if self._has_error and self._cell:
            self.broken.discard(self._cell)  # the error was named before the place
        self._cell = (row - 1, column - 1)
        self._mark()

    def _mark(self) -> None:
        if self._has_error and self._cell and len(self.broken) < MOST_BROKEN:
            self.broken.add(self._cell)
