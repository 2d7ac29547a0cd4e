"""What a file is, by its first bytes: the name may say anything."""

import re
from enum import StrEnum
from pathlib import Path

from sreda.imports.calculations.troubles import Trouble, Unreadable

HEAD_BYTES = 4096
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
COMPOUND_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel, and every encrypted XLSX
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
OTHER_MARKS = (
    (b"%PDF", Trouble.PDF),
    (b"\x89PNG", Trouble.BINARY),
    (b"\xff\xd8\xff", Trouble.BINARY),
    (b"GIF8", Trouble.BINARY),
    (b"Rar!", Trouble.OTHER_ARCHIVE),
    (b"7z\xbc\xaf", Trouble.OTHER_ARCHIVE),
    (b"\x1f\x8b", Trouble.OTHER_ARCHIVE),
)
WEB_PAGE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|meta)", re.I)


class Form(StrEnum):
    """The two forms of table that are read."""

    CSV = "CSV"
    XLSX = "XLSX"


def form_of(path: Path) -> Form:
    """Return what the file is.

    :raises Unreadable: when it is certainly neither form; an archive may still prove to be none.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if not head:
            raise Unreadable(Trouble.EMPTY)
        if head.startswith(COMPOUND_MARK):
            is_encrypted = ENCRYPTED_PART in head + file.read(1 << 20)
            raise Unreadable(Trouble.ENCRYPTED if is_encrypted else Trouble.OLD_EXCEL)
    if head.startswith(ZIP_MARKS):
        return Form.XLSX
    for mark, trouble in OTHER_MARKS:
        if head.startswith(mark):
            raise Unreadable(trouble)
    if WEB_PAGE.match(head):
        raise Unreadable(Trouble.WEB_PAGE)
    return Form.CSV
