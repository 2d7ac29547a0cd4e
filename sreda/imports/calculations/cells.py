"""One cell: its text, and what is remarkable about it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

LONGEST_CELL = 2000
UNREADABLE_SIGN = "\ufffd"
# «=…» is a formula always; a sign before letters or a bracket too. Phones and numbers are not.
FORMULA = re.compile(r"^(?:=.|[+\-@]\s*[^\W\d_]|[+\-@]\s*[(=])", re.S)
COMMAND_AFTER_NUMBER = re.compile(r"^[+\-]\s*\d.*(?:[|!=]|[A-Za-z]\s*\()", re.S)
SHORTENED = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$")
ZERO_SHARE = re.compile(r"^(\d+)[.,]0+$")


class Remark(StrEnum):
    """What was noticed before the kind looked at the row."""

    FORMULA = "FORMULA"
    UNREADABLE = "UNREADABLE"
    TOO_LONG = "TOO_LONG"
    INVISIBLE = "INVISIBLE"
    ZERO_BACK = "ZERO_BACK"
    SHORTENED = "SHORTENED"
    BROKEN = "BROKEN"
    RAGGED = "RAGGED"
    DOUBLE = "DOUBLE"


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell as it goes to the kind, and what was noticed about it."""

    text: str
    remarks: tuple[Remark, ...] = ()


Value = str | float | bool | date | datetime | time | timedelta | None


def cell_text(value: Value) -> str:
    """Return a workbook's value as Russian writes it: 12.03.2012, 4,62; yes is 1, no is 0."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float | int):
        return _number_text(float(value))
    return _moment_text(value)


def _number_text(number: float) -> str:
    if number.is_integer():
        return str(int(number))
    return f"{number:.15g}".replace(".", ",")


def _moment_text(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    day = f"{value.day:02}.{value.month:02}.{value.year:04}"
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return f"{day} {value:%H:%M}"
    return day


def read_cell(raw: str, *, digits: Sequence[int] = ()) -> Cell:
    """Return the cell stripped, without invisible signs, with everything noticed about it."""
    remarks: list[Remark] = []
    text = raw.strip() if raw.isprintable() else _visible(raw, remarks)
    if not text:
        return Cell("")
    if len(text) > LONGEST_CELL:
        return Cell(text[:LONGEST_CELL], (*remarks, Remark.TOO_LONG))
    if UNREADABLE_SIGN in text:
        remarks.append(Remark.UNREADABLE)
    if text[0] in "=+-@" and is_formula(text):
        remarks.append(Remark.FORMULA)
    if digits:
        text = _with_digits(text, digits, remarks)
    return Cell(text, tuple(remarks))


def is_formula(text: str) -> bool:
    """Say whether a table program would compute the text instead of showing it."""
    return bool(FORMULA.match(text) or COMMAND_AFTER_NUMBER.match(text))


def plain(raw: str, digits: Sequence[int]) -> str | None:
    """Return the stripped cell when there is nothing to notice about it, quickly; else None."""
    text = raw.strip()
    if not text:
        return "" if text == raw or raw.isprintable() else None
    if digits and not (len(text) in digits and text.isascii() and text.isdigit()):
        return None
    if len(text) > LONGEST_CELL or text[0] in "=+-@" or UNREADABLE_SIGN in text:
        return None
    return text if text.isprintable() else None


def _visible(raw: str, remarks: list[Remark]) -> str:
    """Spaces of every sort become one; other signs that cannot be seen go, and that is said."""
    kept = []
    dropped = False
    for sign in raw:
        if sign.isspace():
            kept.append(" ")
        elif unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn") and sign not in "\u200d":
            dropped = dropped or sign != "\ufeff"
        else:
            kept.append(sign)
    if dropped:
        remarks.append(Remark.INVISIBLE)
    return " ".join("".join(kept).split())


def _with_digits(text: str, digits: Sequence[int], remarks: list[Remark]) -> str:
    """Undo what table programs do to long numbers, where it can be undone."""
    if SHORTENED.match(text):
        remarks.append(Remark.SHORTENED)
        return text
    whole = ZERO_SHARE.match(text)
    bare = whole.group(1) if whole else text
    if not (bare.isascii() and bare.isdigit()):
        return text
    if len(bare) not in digits and len(bare) + 1 in digits:
        remarks.append(Remark.ZERO_BACK)
        return f"0{bare}"
    return bare
