"""Which municipality is meant by a name that is not written exactly."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from sreda.organizations.calculations.words import municipality_stem, plain

LIKE_ENOUGH = 0.72
MOST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """``name`` is set when only one can be meant; otherwise ``near`` holds what is like it.

    ``is_guess``: the name was written otherwise, and not only in case, ё, quotes or spaces.
    """

    name: str | None
    near: tuple[str, ...] = ()
    is_guess: bool = False


@lru_cache(maxsize=1024)
def municipality_meant(written: str, names: tuple[str, ...]) -> Meant:
    """Return which of ``names`` is meant: the same but for case, ё, quotes and spaces; or the only
    one of that stem («Гайнский район» for «Гайнский муниципальный округ»).
    """
    known = {plain(name): name for name in names}
    if plain(written) in known:
        return Meant(known[plain(written)])
    stem = municipality_stem(written)
    if not stem:
        return Meant(None)
    same_stem = [name for name in known.values() if municipality_stem(name) == stem]
    if len(same_stem) == 1:
        return Meant(same_stem[0], is_guess=True)
    return Meant(None, near=tuple(same_stem) or _like(stem, known.values()))


def _like(stem: str, names: Iterable[str]) -> tuple[str, ...]:
    scored = [
        (SequenceMatcher(None, stem, municipality_stem(name)).ratio(), name) for name in names
    ]
    near = sorted((pair for pair in scored if pair[0] >= LIKE_ENOUGH), key=lambda pair: -pair[0])
    return tuple(name for _score, name in near[:MOST_OFFERS])
