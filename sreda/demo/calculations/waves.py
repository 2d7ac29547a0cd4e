"""Which made-up organizations stand in the lists of the regional project."""

import csv
from itertools import groupby
from random import Random

from sreda.demo.calculations.made import MadeOrganization, MadeWave
from sreda.demo.calculations.places import REFERENCE
from sreda.demo.calculations.register import CITY_SCHOOL, COLLEGE, VILLAGE_SCHOOL

# The organizations with people stand in a list, so that their pages have something to show.
FIRST = (CITY_SCHOOL, VILLAGE_SCHOOL, COLLEGE)


def waves(organizations: list[MadeOrganization], *, seed: int) -> list[MadeWave]:
    """Return the lists with exactly the counts of the reference table; nobody stands in two.

    :raises ValueError: when the register is too small for them.
    """
    draw = Random(f"waves:{seed}")  # noqa: S311 -- made-up data, no secret
    free = list(organizations)
    found = []
    for year, lines in groupby(_lines(), key=lambda line: int(line["year"])):
        of_year = list(lines)
        # Anew each year: those left by a choice of town and village are no fair order.
        draw.shuffle(free)
        free.sort(key=lambda organization: organization.key not in FIRST)
        members = [key for line in of_year for key in _take(free, line)]
        found.append(
            MadeWave(
                year=year,
                title=of_year[0]["title"],
                source=of_year[0]["source"],
                members=tuple(members),
            )
        )
    return found


def _lines() -> list[dict[str, str]]:
    with (REFERENCE / "project_waves.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _take(free: list[MadeOrganization], line: dict[str, str]) -> list[str]:
    """Take as many organizations as the line says out of ``free``."""
    number = int(line["count"])
    kind, locality = line["kind"].upper(), line["locality"].upper()
    fitting = [
        organization
        for organization in free
        if organization.kind == kind
        and organization.locality == (locality or organization.locality)
    ][:number]
    if len(fitting) < number:
        raise ValueError(f"found {len(fitting)} of {kind} {locality}, expected {number}")
    for organization in fitting:
        free.remove(organization)
    return [organization.key for organization in fitting]
