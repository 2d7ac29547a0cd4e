"""ИНН, ОГРН and КПП that nobody has: the code of the region is 00, the control digits are right.

No region of Russia has the code 00, so a number that begins with it cannot belong to anybody.
Source of the control digits: приказ ФНС России № ЕД-7-14/559@ of 26.06.2022 (ИНН), приказ Минфина
России № 165н of 30.10.2017 (ОГРН).
"""

NO_REGION = "00"
INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def inn(office: int, serial: int) -> str:
    """Return a ten-digit ИНН «00 oo sssss c» of a made-up tax office."""
    digits = f"{NO_REGION}{office:02d}{serial:05d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, INN_WEIGHTS, strict=True))
    return f"{digits}{total % 11 % 10}"


def ogrn(year: int, office: int, serial: int) -> str:
    """Return a thirteen-digit ОГРН «1 yy 00 oo sssss c»."""
    digits = f"1{year % 100:02d}{NO_REGION}{office:02d}{serial:05d}"
    return f"{digits}{int(digits) % 11 % 10}"


def kpp(office: int) -> str:
    """Return a КПП of a made-up tax office; reason 01 is the place of the organization itself."""
    return f"{NO_REGION}{office:02d}01001"
