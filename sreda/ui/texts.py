"""Texts for templates, remembered: a page asks for a hundred of them, and they never change."""

from collections.abc import Callable
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar

from django.utils.translation import get_language, gettext
from markupsafe import Markup

Value = TypeVar("Value")


def text(message: str, **variables: Any) -> Markup:
    """Return ``message`` in the page's language; ``%(name)s`` is filled in and escaped.

    A literal percent sign is written ``%%``, whether or not there are variables.
    """
    language = get_language()
    if variables:
        return _translated(language, message) % variables
    return _whole(language, message)


def unfilled_text(message: str) -> Markup:
    """Return ``message`` in the page's language with its ``%(name)s`` still to be filled in."""
    return _translated(get_language(), message)


def per_language(words: Callable[[Value], str]) -> Callable[[Value], str]:
    """Return ``words`` that remembers its answers; they depend on the language and the value."""

    @lru_cache(maxsize=4096)
    def kept(_language: str | None, value: Value) -> str:
        return words(value)

    @wraps(words)
    def answer(value: Value) -> str:
        return kept(get_language(), value)

    return answer


def per_page_language(markup: Callable[[], Markup]) -> Callable[[], Markup]:
    """Return ``markup`` that is made once for each language."""
    kept = cache(lambda _language: markup())
    return lambda: kept(get_language())


@cache
def _translated(_language: str | None, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704 -- our own catalogue, and templates may hold tags


@cache
def _whole(language: str | None, message: str) -> Markup:
    return _translated(language, message) % {}
