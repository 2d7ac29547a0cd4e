"""Pages of a long list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page: ``number`` counts from 1, ``pages`` is at least 1, ``total`` counts all rows."""

    rows: tuple[T, ...]
    number: int
    pages: int
    total: int
    size: int

    @property
    def first(self) -> int:
        """The number of the page's first row among all; 0 on an empty list."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the page's last row among all."""
        return min(self.number * self.size, self.total)

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The page numbers to offer; None stands for a gap."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        shown = sorted(number for number in near if 1 <= number <= self.pages)
        result: list[int | None] = []
        for number in shown:
            if result and result[-1] is not None and number - result[-1] > 1:
                result.append(None)
            result.append(number)
        return tuple(result)


def page_number(text: str | None) -> int:
    """Return the page that a query string asks for; 1 when it asks for nothing sensible."""
    return int(text) if text and text.isascii() and text.isdigit() and 1 <= len(text) <= 6 else 1


def page_of(
    queryset: "QuerySet[Any, Any]", *, number: int, row: Callable[[Any], T], size: int = 50
) -> Page[T]:
    """Return the page ``number`` of an ordered queryset, or its last page when there are fewer.

    Cost: 2 queries.
    """
    total = queryset.count()
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    start = (number - 1) * size
    rows = tuple(row(item) for item in queryset[start : start + size])
    return Page(rows=rows, number=number, pages=pages, total=total, size=size)
