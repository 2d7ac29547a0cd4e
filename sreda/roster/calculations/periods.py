"""From when to when a fact holds: the days that are written, and the moments they mean."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

# At 18 a person represents themself (ГК РФ, art. 21): a parent's access ends with the birthday.
OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment up to a moment that no longer belongs to it; None is «until further notice»."""

    starts_at: datetime
    ends_at: datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether no moment lies in the period."""
        return self.ends_at is not None and self.ends_at <= self.starts_at


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the moment, in UTC, at which a day begins in a zone."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def period(
    starts_on: date, ends_on: date | None, ended_at: datetime | None, *, zone: tzinfo
) -> Period:
    """Return the moments of a fact: its first and last day belong to it whole, unless it was
    ended at a moment. A fact ended before it began is an empty period, not a negative one.
    """
    starts_at = midnight(starts_on, zone)
    if ended_at is not None:
        return Period(starts_at, max(ended_at.astimezone(UTC), starts_at))
    if ends_on is not None:
        return Period(starts_at, midnight(ends_on + timedelta(days=1), zone))
    return Period(starts_at, None)


def overlap(one: Period, other: Period) -> Period:
    """Return the moments that two periods share; an empty period when there are none."""
    starts_at = max(one.starts_at, other.starts_at)
    ends = [end for end in (one.ends_at, other.ends_at) if end is not None]
    return Period(starts_at, max(min(ends), starts_at) if ends else None)


def childhood(born: date | None, *, zone: tzinfo) -> Period:
    """Return the time until the 18th birthday; without end when the birthday is not known."""
    always = datetime.min.replace(tzinfo=UTC)
    if born is None:
        return Period(always, None)
    return Period(always, midnight(birthday(born, OF_AGE), zone))


def birthday(born: date, age: int) -> date:
    """Return the day on which that age is reached; born on 29 February: 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def grown_born_by(day: date) -> date:
    """Return the latest birth date of those who are 18 or older on a day."""
    year = day.year - OF_AGE
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
