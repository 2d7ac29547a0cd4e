"""What the sheets of cards and codes show."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PupilCard:
    """A new card with the PIN, in the clear for the only time."""

    name: str
    secret: str
    pin: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Without:
    """Somebody who was asked for and gets nothing, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PrintedCards:
    """What the sheets of a class show."""

    school_name: str
    class_name: str
    cards: tuple[PupilCard, ...]
    without: tuple[Without, ...]


@dataclass(frozen=True, slots=True)
class CodeSlip:
    """A new one-time code, in the clear for the only time; ``whose`` are a guardian's children."""

    name: str
    whose: tuple[str, ...]
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PrintedCodes:
    """What the slips show."""

    school_name: str
    class_name: str
    slips: tuple[CodeSlip, ...]
    without: tuple[Without, ...]
