"""Every address of the house and who may open it: the menu, the palette and the access matrix.

The table decides nothing by itself: each page asks its own context's policy. ``tests/access``
opens every row as every role and fails when the two differ, when an address has no row, and when
a row has no address.
"""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from sreda.portal.access_table import entrance, own, register, school
from sreda.portal.access_table.door import Anyone, Door, MenuEntry

DOORS: tuple[Door, ...] = (*own.DOORS, *entrance.DOORS, *register.DOORS, *school.DOORS)
BY_NAME: dict[str, Door] = {door.name: door for door in DOORS}

__all__ = [
    "BY_NAME",
    "DOORS",
    "Anyone",
    "Door",
    "MenuEntry",
    "missing_urls",
    "resolver_names",
    "surplus_urls",
]


def resolver_names() -> list[str]:
    """Return «namespace:name» of every address, an unnamed one as its pattern in brackets."""
    return list(_names(get_resolver().url_patterns, ""))


def _names(patterns: Iterable[URLPattern | URLResolver], namespace: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}" if pattern.name else f"<{pattern.pattern}>"


def missing_urls(names: Iterable[str], table: Iterable[Door]) -> list[str]:
    """Return the names that no row of the table has."""
    return sorted(set(names) - {door.name for door in table})


def surplus_urls(names: Iterable[str], table: Iterable[Door]) -> list[str]:
    """Return the names of rows that no address has."""
    return sorted({door.name for door in table} - set(names))
