"""СНИЛС: eleven digits, the last two of which are a control number.

Source: постановление Правления ПФР № 485п of 19.09.2019, appendix on the control number.
"""

FIRST_CHECKED = 1_001_998  # numbers up to 001-001-998 carry no control number


def digits(text: str) -> str:
    """Return the digits of a written СНИЛС: «112-233-445 95» becomes «11223344595»."""
    return "".join(character for character in text if character.isdigit())


def control_number(number: str) -> str:
    """Return the two control digits of the first nine."""
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(number[:9])) % 101
    return f"{0 if total == 100 else total:02d}"


def is_valid(number: str) -> bool:
    """Say whether eleven digits carry the right control number."""
    if len(number) != 11 or not number.isdigit():
        return False
    return int(number[:9]) <= FIRST_CHECKED or control_number(number) == number[9:]


def written(number: str) -> str:
    """Return «112-233-445 95»."""
    return f"{number[:3]}-{number[3:6]}-{number[6:9]} {number[9:]}" if len(number) == 11 else number
