"""ИНН, ОГРН, ОГРНИП and КПП: how long they are and which control digits they carry.

Sources: ИНН and КПП, приказ ФНС России № ММВ-7-6/435@ of 29.06.2012 (structure; the control
number in приказ МНС России № БГ-3-09/178 of 03.03.2004, appendix 1); ОГРН and ОГРНИП, приказ
Минфина России № 165н of 30.10.2017, points 6 and 7 (earlier постановление Правительства
№ 438 of 19.06.2002, appendix 1).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

INN_10_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_11TH_WEIGHTS = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_12TH_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
KPP_FORM = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")


class Fault(StrEnum):
    """What is wrong with a number."""

    SIGNS = "SIGNS"
    LENGTH = "LENGTH"
    CONTROL = "CONTROL"


@dataclass(frozen=True, slots=True)
class Flaw:
    """``found`` and ``expected`` are the control digits for CONTROL; for LENGTH the number of
    signs that there are and that there may be («10, 12»); for SIGNS the number itself.
    """

    fault: Fault
    found: str
    expected: str = ""


def inn_flaw(number: str) -> Flaw | None:
    """Return what is wrong with an ИНН of an organization (10) or an entrepreneur (12 digits)."""
    return _shape_flaw(number, (10, 12)) or _control_flaw(number, inn_control(number))


def ogrn_flaw(number: str) -> Flaw | None:
    """Return what is wrong with an ОГРН (13) or an ОГРНИП (15 digits)."""
    return _shape_flaw(number, (13, 15)) or _control_flaw(number, ogrn_control(number))


def kpp_flaw(code: str) -> Flaw | None:
    """Return what is wrong with a КПП: nine signs, the fifth and sixth may be Latin capitals."""
    if len(code) != 9:
        return Flaw(Fault.LENGTH, found=str(len(code)), expected="9")
    return None if KPP_FORM.fullmatch(code) else Flaw(Fault.SIGNS, found=code)


def inn_control(number: str) -> str:
    """Return the control digits that an ИНН of 10 or 12 digits must end in: one or two."""
    if len(number) == 10:
        return _weighted(number, INN_10_WEIGHTS)
    eleventh = _weighted(number, INN_11TH_WEIGHTS)
    return eleventh + _weighted(number[:10] + eleventh, INN_12TH_WEIGHTS)


def ogrn_control(number: str) -> str:
    """Return the control digit that an ОГРН of 13 or an ОГРНИП of 15 digits must end in."""
    return str(int(number[:-1]) % (len(number) - 2) % 10)


def bare_number(text: str) -> str:
    """Return a number as it is stored: without the spaces and dashes that people put inside."""
    return re.sub(r"[\s\u00a0\u202f‐-―-]+", "", text)


def _weighted(number: str, weights: tuple[int, ...]) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return str(total % 11 % 10)


def _shape_flaw(number: str, lengths: tuple[int, ...]) -> Flaw | None:
    # str.isdigit() alone also takes digits of other scripts.
    if not (number.isascii() and number.isdigit()):
        return Flaw(Fault.SIGNS, found=number)
    if len(number) not in lengths:
        allowed = ", ".join(str(length) for length in lengths)
        return Flaw(Fault.LENGTH, found=str(len(number)), expected=allowed)
    return None


def _control_flaw(number: str, control: str) -> Flaw | None:
    found = number[-len(control) :]
    return None if found == control else Flaw(Fault.CONTROL, found=found, expected=control)
