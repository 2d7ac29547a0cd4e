"""Step 2: the headers found, and which column each known one is."""

from dataclasses import dataclass

from sreda.imports.calculations.headers import match_headers
from sreda.imports.kinds import Kind
from sreda.imports.models import Batch
from sreda.imports.queries.batches import shape_of


@dataclass(frozen=True, slots=True)
class Header:
    """A header of the file. ``place`` counts from 0; a header without text is named by letter."""

    place: int
    text: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappingPage:
    """What step 2 shows; no query was asked for it."""

    headers: tuple[Header, ...]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    unknown: tuple[str, ...]


def mapping_page(batch: Batch, kind: Kind) -> MappingPage:
    """Return the headers with their first cells, and what could not be recognized; no query."""
    texts = shape_of(batch).headers
    titles = {column.code: column.title for column in kind.columns}
    match = match_headers(texts, kind.columns)
    return MappingPage(
        headers=tuple(
            Header(place, text or letters(place), _samples(batch, place))
            for place, text in enumerate(texts)
        ),
        missing=tuple(titles[code] for code in match.missing),
        doubled=tuple(titles[code] for code in match.doubled),
        unknown=tuple(texts[place] for place in match.unknown),
    )


def _samples(batch: Batch, place: int) -> tuple[str, ...]:
    return tuple(row[place] if place < len(row) else "" for row in batch.first_rows)


def letters(place: int) -> str:
    """Return a column's name as table programs write it: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
