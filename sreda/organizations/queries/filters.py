"""The ways to narrow the register: what may be chosen, and what is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sreda.organizations.calculations.asking import RegisterAsk
from sreda.organizations.models import Kind, Locality, Status


@dataclass(frozen=True, slots=True)
class Option:
    """One value that a filter may have; ``number`` is how many rows have it, if counted."""

    value: str
    label: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list. ``chosen`` is the option in force, None for «all»."""

    name: str
    label: str
    everything: str
    options: tuple[Option, ...]
    chosen: Option | None


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality that the list may be narrowed to."""

    pk: int
    uid: UUID
    name: str


def register_filters(
    ask: RegisterAsk, *, numbers: Mapping[str, int], places: Sequence[Place]
) -> tuple[Filter, ...]:
    """Return the filters; ``numbers`` are the rows of each kind. Asks nothing.

    Without ``places`` there is no choice of a municipality.
    """
    kinds = tuple(
        Option(kind.value, str(kind.label), numbers[kind.value])
        for kind in Kind
        if kind.value in numbers and kind != Kind.REGION
    )
    localities = tuple(Option(item.value, str(item.label)) for item in Locality)
    statuses = tuple(Option(item.value, str(item.label)) for item in Status)
    filters = [
        _filter("kind", _("Вид"), _("Все виды"), kinds, ask.kind),
        _filter("locality", _("Местность"), _("Город и село"), localities, ask.locality),
        _filter("status", _("Состояние"), _("Любое состояние"), statuses, ask.status),
    ]
    if places:
        options = tuple(Option(str(place.uid), place.name) for place in places)
        wanted = str(ask.municipality or "")
        label, everything = _("Муниципалитет"), _("Весь регион")
        filters.insert(1, _filter("municipality", label, everything, options, wanted))
    return tuple(filters)


def _filter(
    name: str, label: str, everything: str, options: tuple[Option, ...], wanted: str
) -> Filter:
    chosen = next((option for option in options if wanted and option.value == wanted), None)
    return Filter(name=name, label=label, everything=everything, options=options, chosen=chosen)
