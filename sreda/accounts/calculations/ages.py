"""Birthdays that change who signs in how."""

from datetime import date

# At 14 a child signs for themself (152-ФЗ, art. 9; ГК РФ, art. 26): a shared-room card ends.
CARD_ENDS_AT = 14


def birthday(born: date, age: int) -> date:
    """Return the day on which that age is reached; born on 29 February: 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
