"""Addresses of views, remembered: a list asks for the same one with another uid in every row."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

# The first of the uids that stand in an address while it is taken apart; no row ever has them.
_PROBE = 0x5EDA << 112


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of the view called ``name``.

    :raises NoReverseMatch: when there is no such view, or it takes other arguments.
    """
    return addresses()(name, *args, **kwargs)


def addresses() -> "Addresses":
    """Return the addresses of this installation as the present request sees them."""
    return _addresses(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=16)
def _addresses(urlconf: str, _prefix: str) -> "Addresses":
    return Addresses(urlconf)


class Addresses:
    """``reverse`` under one URLconf and one script prefix, each address found once.

    Addresses without arguments and those of uids only are remembered: what the first is reversed
    from is put together by Django, and a uid is written in one way only.
    """

    def __init__(self, urlconf: str) -> None:
        self._urlconf = urlconf
        self._known: dict[tuple[str, int], tuple[str, ...]] = {}

    def __call__(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Return the address of the view called ``name``."""
        if kwargs or not all(type(arg) is UUID for arg in args):
            return reverse(name, urlconf=self._urlconf, args=args or None, kwargs=kwargs or None)
        parts = self._known.get((name, len(args)))
        if parts is None:
            parts = self._known[name, len(args)] = self._taken_apart(name, len(args))
        if len(args) == 1:
            return f"{parts[0]}{args[0]}{parts[1]}"
        texts = [text for pair in zip(parts, map(str, args), strict=False) for text in pair]
        return "".join((*texts, parts[-1]))

    def _taken_apart(self, name: str, number: int) -> tuple[str, ...]:
        """Return the texts around the uids: one more than there are uids."""
        probes = [UUID(int=_PROBE + place) for place in range(number)]
        whole = reverse(name, urlconf=self._urlconf, args=probes or None)
        parts = []
        for probe in probes:
            before, _probe, whole = whole.partition(str(probe))
            parts.append(before)
        return (*parts, whole)
