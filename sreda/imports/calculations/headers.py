"""Finding the header among the first rows, and the known columns in the header."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sreda.imports.calculations.rows import Column

YO_TO_YE = {0x451: 0x435}
TITLE_LINES = 10  # lines that may stand above the header


@dataclass(frozen=True, slots=True)
class Match:
    """Which header stands for which column. Places count from 0.

    ``missing`` are required columns not found, ``absent`` others; ``doubled`` are columns that two
    headers fit equally well: only a person can choose. ``unknown`` are headers left over.
    """

    places: dict[str, int]
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    doubled: tuple[str, ...]
    unknown: tuple[int, ...]

    @property
    def needs_hand(self) -> bool:
        """A required column is missing, or an unknown header may be a column not found."""
        return bool(self.missing or self.doubled or (self.unknown and self.absent))


def folded(header: str) -> str:
    """Return what two spellings of one header have in common: letters and digits."""
    return "".join(sign for sign in header.lower().translate(YO_TO_YE) if sign.isalnum())


def match_headers(headers: Sequence[str], columns: Iterable[Column]) -> Match:
    """Return the columns that the headers name by title or, failing that, by synonym."""
    texts = [folded(header) for header in headers]
    places: dict[str, int] = {}
    missing: list[str] = []
    absent: list[str] = []
    doubled: list[str] = []
    for column in columns:
        found = _places_of(column, texts)
        if len(found) == 1:
            places[column.code] = found[0]
        elif found:
            doubled.append(column.code)
        else:
            (missing if column.required else absent).append(column.code)
    taken = set(places.values())
    unknown = tuple(place for place, text in enumerate(texts) if text and place not in taken)
    return Match(places, tuple(missing), tuple(absent), tuple(doubled), unknown)


def _places_of(column: Column, texts: Sequence[str]) -> list[int]:
    """The places of the column's title; of its synonyms only when the title is not there."""
    for names in ((column.title, column.code), column.synonyms):
        wanted = {folded(name) for name in names}
        found = [place for place, text in enumerate(texts) if text in wanted]
        if found:
            return found
    return []


def header_row(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> tuple[int, int]:
    """Return the index of the header among the first rows and how many columns it names.

    Where no row names any, the first row with two cells filled is taken, for a person to map.
    """
    best, best_score = -1, 0
    for index, cells in enumerate(rows[: TITLE_LINES + 1]):
        match = match_headers(cells, columns)
        score = len(match.places) + len(match.doubled)
        if score > best_score:
            best, best_score = index, score
    if best >= 0:
        return best, best_score
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    for least in (2, 1):
        for index, count in enumerate(filled):
            if count >= least:
                return index, 0
    return 0, 0
