"""Why somebody gets no card for signing in."""

from datetime import date

from sreda.roster.calculations.periods import birthday

# From 14 on a pupil signs in by login and password (accounts ends cards at that age).
WITH_PASSWORD_FROM = 14


def is_old_enough_for_password(born: date | None, day: date) -> bool:
    """Say whether a pupil has turned 14; False when the birth date is not known."""
    return born is not None and birthday(born, WITH_PASSWORD_FROM) <= day


def gets_card(born: date | None, day: date) -> bool:
    """Say whether a card may be printed: the birth date is known and lies under 14 years back."""
    return born is not None and not is_old_enough_for_password(born, day)
