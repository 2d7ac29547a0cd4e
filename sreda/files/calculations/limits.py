"""How large a file may be, by the suffix of its name, and which views take files, from whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any, TypeVar

MEGABYTE = 1024 * 1024
SMALL = 2_621_440  # every other form; Django's own limit of a form without files

View = TypeVar("View", bound=Callable[..., Any])
May = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest file of one suffix, and since when that is so."""

    suffix: str
    most_bytes: int
    since: date


LIMITS = (
    Limit(".csv", 256 * MEGABYTE, date(2026, 9, 1)),
    Limit(".txt", 256 * MEGABYTE, date(2026, 9, 1)),
    Limit(".xlsx", 20 * MEGABYTE, date(2026, 9, 1)),
)
LARGEST = max(limit.most_bytes for limit in LIMITS)


def limit_of(file_name: str) -> int:
    """Return how many bytes a file of that name may have."""
    suffix = PurePosixPath(file_name.replace("\\", "/")).suffix.lower()
    found = [limit.most_bytes for limit in LIMITS if limit.suffix == suffix]
    return found[0] if found else SMALL


def written_limits() -> str:
    """Return all limits as the browser's script reads them: «.csv:268435456 .xlsx:20971520»."""
    return " ".join(f"{limit.suffix}:{limit.most_bytes}" for limit in LIMITS)


def takes_files(may: May) -> Callable[[View], View]:
    """Mark a view whose form may hold a file up to its own limit; all others stay small.

    ``may`` is asked with the actor before a byte of the form is read.
    """

    def mark(view: View) -> View:
        view.may_send_files = may  # type: ignore[attr-defined]
        return view

    return mark


def may_send_files(view: Callable[..., Any]) -> May | None:
    """Return what ``takes_files`` marked the view with; None for a view without the mark."""
    found: May | None = getattr(view, "may_send_files", None)
    return found
