"""The lists of the regional project and how many organizations of the actor's line they hold."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.errors import NotFound, require
from sreda.monitoring.models import Wave
from sreda.monitoring.policies import can_read_waves, visible_members, visible_waves
from sreda.organizations.facade import Kind, Locality

# Kind and locality of organizations, and how many there are of such.
Numbers = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class WaveRow:
    """A list with its numbers, as far as the actor's line goes; ``other`` is neither school nor
    college, ``urban`` and ``rural`` count the schools.
    """

    uid: UUID
    year: int
    title: str
    source: str
    total: int
    schools: int
    urban: int
    rural: int
    colleges: int
    other: int


def waves_page(*, actor: Actor) -> tuple[WaveRow, ...]:
    """Return the lists of the actor's region, newest last. Cost: 2 queries.

    :raises Forbidden: to those whose work is one organization.
    """
    _require_reader(actor)
    waves = list(visible_waves(actor).order_by("year", "title", "id"))
    numbers = _numbers(actor, waves)
    return tuple(_row(wave, numbers[wave.pk]) for wave in waves)


def wave_row(wave: Wave, *, actor: Actor) -> WaveRow:
    """Return one list with its numbers. Cost: 1 query."""
    return _row(wave, _numbers(actor, [wave])[wave.pk])


def open_wave(*, actor: Actor, uid: UUID) -> Wave:
    """Return a list of the actor's region. Cost: 1 query.

    :raises Forbidden: to those whose work is one organization.
    :raises NotFound: for any other uid.
    """
    _require_reader(actor)
    wave = visible_waves(actor).filter(uid=uid).first()
    if wave is None:
        raise NotFound
    return wave


def _require_reader(actor: Actor) -> None:
    require(
        can_read_waves(actor),
        _("Перечни проекта открыты министерству, муниципалитетам, оператору и наблюдателю"),
    )


def _numbers(actor: Actor, waves: list[Wave]) -> dict[int, dict[tuple[str, str], int]]:
    rows = (
        visible_members(actor)
        .filter(wave__in=waves)
        .values_list("wave_id", "organization__kind", "organization__locality")
        .annotate(number=Count("pk"))
    )
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for wave_id, kind, locality, number in rows:
        found[wave_id][kind, locality] = number
    return found


def _row(wave: Wave, numbers: Numbers) -> WaveRow:
    total = sum(numbers.values())
    schools = _of_kind(numbers, Kind.SCHOOL)
    colleges = _of_kind(numbers, Kind.COLLEGE)
    return WaveRow(
        uid=wave.uid,
        year=wave.year,
        title=wave.title,
        source=wave.source,
        total=total,
        schools=schools,
        urban=numbers.get((Kind.SCHOOL, Locality.URBAN), 0),
        rural=numbers.get((Kind.SCHOOL, Locality.RURAL), 0),
        colleges=colleges,
        other=total - schools - colleges,
    )


def _of_kind(numbers: Numbers, wanted: Kind) -> int:
    return sum(number for (kind, _locality), number in numbers.items() if kind == wanted)
