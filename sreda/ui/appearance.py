"""How pages look to one person: theme, version for the visually impaired, language.

The choice is kept in cookies and, by those who register in ``on_change``, in the profile; the
server writes it on ``<html>`` at once, so nothing flashes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from sreda.ui.cookies import delete_cookie, set_cookie

THEMES = ("", "light", "dark")
SCHEMES = ("light", "dark", "blue", "sand")
SIZES = ("", "large", "huge")
SPACED, NO_IMAGES = "spaced", "no-images"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Appearance:
    """``theme`` is empty (as the system has it), light or dark; ``vision`` is empty or the words of
    ``data-vision``: «sand large no-images».
    """

    theme: str = ""
    vision: str = ""
    language: str = "ru"

    @property
    def scheme(self) -> str:
        """The colors of the vision version; empty when it is off."""
        return next((word for word in self.vision.split() if word in SCHEMES), "")

    @property
    def size(self) -> str:
        """How much larger the vision version's letters are: a word of SIZES."""
        return next((word for word in self.vision.split() if word in SIZES), "")

    @property
    def next_theme(self) -> str:
        """The theme that the menu's one button turns on."""
        return THEMES[(THEMES.index(self.theme) + 1) % len(THEMES)]


on_change: list[Callable[[HttpRequest, Appearance], None]] = []
"""Called when a person changed the appearance; accounts keep it in the profile."""


def vision_words(*, scheme: str, size: str = "", spaced: bool = False, images: bool = True) -> str:
    """Return the words of ``data-vision``; empty when ``scheme`` is none of SCHEMES."""
    if scheme not in SCHEMES:
        return ""
    words = [
        scheme,
        size if size in SIZES else "",
        SPACED if spaced else "",
        "" if images else NO_IMAGES,
    ]
    return " ".join(word for word in words if word)


def appearance_of(request: HttpRequest) -> Appearance:
    """Return what the signed-in person chose, else what this browser keeps. Cost: no query."""
    known: Appearance | None = getattr(request, "appearance", None)
    if known is None:
        known = _chosen(request)
        request.appearance = known  # type: ignore[attr-defined]  # remembered for this request
    return known


def changed(old: Appearance, wanted: Mapping[str, str]) -> Appearance:
    """Return ``old`` with those of ``wanted`` that make sense; the rest is left as it was."""
    new = old
    if wanted.get("theme") in THEMES:
        new = replace(new, theme=wanted["theme"])
    if "vision" in wanted:
        new = replace(new, vision=_checked_vision(wanted["vision"]))
    if wanted.get("language") in dict(settings.LANGUAGES):
        new = replace(new, language=wanted["language"])
    return new


def keep(request: HttpRequest, response: HttpResponse, look: Appearance) -> None:
    """Keep the choice in the browser, and wherever ``on_change`` keeps it."""
    request.appearance = look  # type: ignore[attr-defined]
    for name in ("theme", "vision", "language"):
        value = getattr(look, name)
        if value:
            set_cookie(response, name, value, seconds=YEAR_SECONDS)
        else:
            delete_cookie(response, name)
    for tell in on_change:
        tell(request, look)


class Language:
    """Middleware: the page speaks the language that the person chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language."""
        language = appearance_of(request).language
        if language == translation.get_language():
            return self.get_response(request)
        with translation.override(language):
            return self.get_response(request)


def _chosen(request: HttpRequest) -> Appearance:
    """Read the profile, then the cookies; a name may be chosen in one and not in the other."""
    actor = getattr(request, "actor", None)
    kept = {
        name: getattr(actor, name, "") or request.COOKIES.get(name, "")
        for name in ("theme", "vision", "language")
    }
    usual = _usual(settings.LANGUAGE_CODE)
    return changed(usual, kept) if any(kept.values()) else usual


@cache
def _usual(language: str) -> Appearance:
    """Return how pages look to those who chose nothing."""
    return Appearance(language=language)


def _checked_vision(text: str) -> str:
    """Leave in ``data-vision`` only the words that the styles know."""
    given = text.split()
    scheme = next((word for word in given if word in SCHEMES), "")
    size = next((word for word in given if word in SIZES), "")
    return vision_words(
        scheme=scheme, size=size, spaced=SPACED in given, images=NO_IMAGES not in given
    )
