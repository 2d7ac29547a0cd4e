"""Why a file cannot be read as a table. The words for each reason stand in ``wording``."""

from enum import StrEnum


class Trouble(StrEnum):
    """What is wrong with the file as a whole."""

    EMPTY = "EMPTY"
    NO_ROWS = "NO_ROWS"
    OLD_EXCEL = "OLD_EXCEL"
    ENCRYPTED = "ENCRYPTED"
    OPEN_DOCUMENT = "OPEN_DOCUMENT"
    BINARY_EXCEL = "BINARY_EXCEL"
    OTHER_ARCHIVE = "OTHER_ARCHIVE"
    BROKEN_ARCHIVE = "BROKEN_ARCHIVE"
    BOMB = "BOMB"
    SHEET_TOO_BIG = "SHEET_TOO_BIG"
    WORKBOOK_TOO_LARGE = "WORKBOOK_TOO_LARGE"
    BROKEN_WORKBOOK = "BROKEN_WORKBOOK"
    NO_SHEET = "NO_SHEET"
    WEB_PAGE = "WEB_PAGE"
    PDF = "PDF"
    BINARY = "BINARY"
    LONG_LINE = "LONG_LINE"
    LONG_CELL = "LONG_CELL"
    TOO_WIDE = "TOO_WIDE"


class Unreadable(Exception):
    """The file is not a table that can be read; ``facts`` fill the sentence that says so."""

    def __init__(self, trouble: Trouble, **facts: str | int) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.facts = facts
