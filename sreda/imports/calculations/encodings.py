"""The encoding of a text table."""

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from sreda.imports.calculations.troubles import Trouble, Unreadable

PIECE_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 16
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the UTF-16 mark, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
RIVALS = ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5"]
# In windows-1251 а–я lie in E0–FF, which no rival uses for most of its small letters.
SMALL_1251 = frozenset(range(0xE0, 0x100)) | {0xB8}
HIGH = frozenset(range(0x80, 0x100))


def encoding_of(path: Path) -> str:
    """Return the codec's name. Reads the whole file once when it has no byte-order mark.

    :raises Unreadable: when the bytes are no text.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    wide = _without_mark(sample)
    if wide:
        return wide
    if _is_binary(sample):
        raise Unreadable(Trouble.BINARY)
    telling = _first_not_utf8(path)
    if telling is None or _is_damaged_utf8(telling):
        return "utf-8"
    return _eight_bit(telling)


def _without_mark(sample: bytes) -> str:
    """UTF-16 without its mark: nearly every second byte is 00 or 04, on one side only."""
    if len(sample) < 8 or 0 not in sample:
        return ""
    pairs = len(sample) // 2
    shares = [sum(byte in (0, 4) for byte in sample[side::2]) / pairs for side in (0, 1)]
    if max(shares) < 0.8 or min(shares) > 0.3:
        return ""
    return "utf-16-le" if shares[1] > shares[0] else "utf-16-be"


def _is_binary(sample: bytes) -> bool:
    controls = sum(byte < 32 and byte not in (9, 10, 11, 12, 13) for byte in sample)
    return controls > len(sample) / 20


def _first_not_utf8(path: Path) -> bytes | None:
    """The stretch of the file where strict UTF-8 breaks, with text around it; None: all is well."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                start = max(0, error.start - SAMPLE_BYTES // 4)
                return piece[start : start + SAMPLE_BYTES]
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            file.seek(max(0, file.tell() - SAMPLE_BYTES))
            return file.read()
    return None


def _is_damaged_utf8(telling: bytes) -> bool:
    """UTF-8 with a few broken letters, and not another encoding: almost all of it decodes."""
    text = telling.decode("utf-8", errors="replace")
    letters = sum("Ѐ" <= sign <= "ӿ" for sign in text)
    return letters > 10 * text.count("\ufffd")


def _eight_bit(telling: bytes) -> str:
    high = [byte for byte in telling if byte in HIGH]
    if sum(byte in SMALL_1251 for byte in high) > 0.6 * len(high):
        return "cp1251"
    best = from_bytes(telling, cp_isolation=RIVALS).best()
    return best.encoding if best else "cp1251"
