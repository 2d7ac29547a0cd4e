"""Measuring an archive by inflating it, before any parser believes what it declares."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sreda.imports.calculations.troubles import Trouble, Unreadable

MOST_INFLATED = 300_000_000
MOST_ENTRIES = 3000
MOST_RATIO = 200
RATIO_FROM = 50_000_000  # a small archive may be as dense as it likes
PIECE_BYTES = 1 << 18
LOCAL_HEADER_BYTES = 30
ENCRYPTED_FLAG = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Some inflated bytes of one entry; ``is_last`` closes the entry."""

    entry: str
    data: bytes
    is_last: bool


def open_archive(path: Path) -> zipfile.ZipFile:
    """Return the archive after looking at what it declares.

    :raises Unreadable: when it is broken, encrypted or declares too much.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(Trouble.BROKEN_ARCHIVE) from error
    entries = archive.infolist()
    declared = sum(entry.file_size for entry in entries)
    try:
        if len(entries) > MOST_ENTRIES or declared > MOST_INFLATED:
            raise Unreadable(Trouble.BOMB)
        if declared > RATIO_FROM and declared > MOST_RATIO * path.stat().st_size:
            raise Unreadable(Trouble.BOMB)
        if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
            raise Unreadable(Trouble.ENCRYPTED)
    except Unreadable:
        archive.close()
        raise
    return archive


def inflated(path: Path, archive: zipfile.ZipFile) -> Iterator[Piece]:
    """Yield every entry's real content by pieces, counting it.

    The declared sizes play no part: another reader of the same archive might not believe them.

    :raises Unreadable: past the limit, or where content and declaration differ.
    """
    total = 0
    with path.open("rb") as file:
        for entry in archive.infolist():
            size = 0
            for data in _entry_pieces(file, entry):
                size += len(data)
                total += len(data)
                if total > MOST_INFLATED:
                    raise Unreadable(Trouble.BOMB)
                yield Piece(entry.filename, data, is_last=False)
            if size != entry.file_size:
                raise Unreadable(Trouble.BROKEN_ARCHIVE)
            yield Piece(entry.filename, b"", is_last=True)


def _entry_pieces(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(entry.header_offset)
    header = file.read(LOCAL_HEADER_BYTES)
    if len(header) < LOCAL_HEADER_BYTES or not header.startswith(b"PK\x03\x04"):
        raise Unreadable(Trouble.BROKEN_ARCHIVE)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from _stored(file, entry.compress_size)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _deflated(file, entry.compress_size)
    else:
        raise Unreadable(Trouble.BROKEN_ARCHIVE)


def _stored(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0 and (data := file.read(min(left, PIECE_BYTES))):
        left -= len(data)
        yield data


def _deflated(file: BinaryIO, left: int) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not engine.eof:
            packed = engine.unconsumed_tail
            if not packed:
                packed = file.read(min(left, PIECE_BYTES))
                left -= len(packed)
            data = engine.decompress(packed, PIECE_BYTES)
            if not data and not packed:
                raise Unreadable(Trouble.BROKEN_ARCHIVE)
            if data:
                yield data
    except zlib.error as error:
        raise Unreadable(Trouble.BROKEN_ARCHIVE) from error
