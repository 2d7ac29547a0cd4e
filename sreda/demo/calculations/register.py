"""The made-up register: how many organizations of which kind stand where."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from sreda.demo.calculations import identifiers, names, titles
from sreda.demo.calculations.buildings import buildings
from sreda.demo.calculations.cast import HEADS
from sreda.demo.calculations.lists import listed
from sreda.demo.calculations.made import MadeOrganization
from sreda.demo.calculations.places import (
    RURAL,
    URBAN,
    Municipality,
    Village,
    municipalities,
    shares,
    villages,
)

# Below the least the waves do not fit, above the most numbers of places would repeat.
LEAST, MOST = 600, 2000
# Of 1,500 organizations; schools, clubs and kindergartens grow with the total.
IT_CUBES = (1, 4, 22, 24, 37)
COLLEGES = {1: 24, 4: 5, 34: 4, 37: 4, 24: 4, 25: 3, 22: 3, 21: 2, 41: 2, 10: 2}
COLLEGES |= dict.fromkeys((7, 11, 16, 20, 26, 27, 29, 31, 40), 1)
SCHOOLS, CLUBS, KINDERGARTENS = 640, 97, 650

CITY_SCHOOL, VILLAGE_SCHOOL, COLLEGE = "city-school", "village-school", "college"
IT_CUBE, PD_CENTER, MINISTRY = "it-cube", "pd-center", "ministry"
# The organizations that have people.
KEYS = {
    titles.CITY_SCHOOL: CITY_SCHOOL,
    titles.VILLAGE_SCHOOL: VILLAGE_SCHOOL,
    titles.COLLEGE: COLLEGE,
    titles.IT_CUBE: IT_CUBE,
    titles.PD_CENTERS[0]: PD_CENTER,
    titles.MINISTRY: MINISTRY,
}
HEAD_POSTS = {
    "SCHOOL": "директор",
    "COLLEGE": "директор",
    "IT_CUBE": "руководитель",
    "ADDITIONAL": "директор",
    "PD_CENTER": "ректор",
    "KINDERGARTEN": "заведующий",
    "AUTHORITY": "начальник управления",
}
STREETS = listed(
    "Школьная Ленина Советская Мира Кирова Гагарина Комсомольская Молодёжная Садовая Лесная "
    "Набережная Уральская Камская Революции Пушкина Дзержинского Строителей Центральная"
)


@dataclass(frozen=True, slots=True)
class _Site:
    """Where an organization stands, before it has numbers and a head."""

    kind: str
    name: str
    town: Municipality | None
    place: str
    locality: str


def organizations(*, total: int, seed: int) -> list[MadeOrganization]:
    """Return exactly ``total`` organizations; the same for the same arguments.

    :raises ValueError: for a total outside LEAST … MOST.
    """
    if not LEAST <= total <= MOST:
        raise ValueError(f"found {total}, expected {LEAST} to {MOST}")
    draw = Random(f"register:{seed}")  # noqa: S311 -- made-up data, no secret
    serials = count(1)
    return [_made(site, next(serials), draw) for site in _sites(total, draw)]


def _sites(total: int, draw: Random) -> Iterator[_Site]:
    towns = municipalities()
    capital = towns[0]
    yield _Site("AUTHORITY", titles.MINISTRY, None, capital.center_place, URBAN)
    for town in towns:
        place, locality = town.center_place, town.center_locality
        yield _Site("AUTHORITY", titles.authority(town), town, place, locality)
    for name in titles.PD_CENTERS:
        yield _Site("PD_CENTER", name, capital, capital.center_place, URBAN)
    for town in towns:
        if town.number in IT_CUBES:
            yield _Site("IT_CUBE", f"IT-куб «{town.center}»", town, town.center_place, URBAN)
        for number in range(COLLEGES.get(town.number, 0)):
            yield _Site("COLLEGE", titles.college(town, number), town, town.center_place, URBAN)
    yield from _growing(total, towns, draw)


def _growing(total: int, towns: list[Municipality], draw: Random) -> Iterator[_Site]:
    """Yield schools, clubs and kindergartens, municipality by municipality."""
    fixed = 1 + len(towns) + len(titles.PD_CENTERS) + len(IT_CUBES) + sum(COLLEGES.values())
    rest = total - fixed
    whole = SCHOOLS + CLUBS + KINDERGARTENS
    schools = rest * SCHOOLS // whole
    clubs = max(len(towns), rest * CLUBS // whole)
    weights = [town.weight for town in towns]
    schools_in = shares(schools, weights, least=2)
    clubs_in = shares(clubs, weights, least=1)
    kindergartens_in = shares(rest - schools - clubs, weights, least=2)
    places = _Villages(villages(draw, towns=towns))
    for town, parts in zip(
        towns, zip(schools_in, clubs_in, kindergartens_in, strict=True), strict=True
    ):
        yield from _of_town(town, parts, places, draw)


class _Villages:
    """Hands out villages; when all are taken they come again, and the count says how often."""

    def __init__(self, all_villages: list[Village]) -> None:
        self._all = all_villages
        self._taken = 0

    def take(self, number: int) -> list[tuple[Village, int]]:
        """Return the next ``number`` villages, each with how often it was taken before."""
        places = range(self._taken, self._taken + number)
        self._taken += number
        return [(self._all[p % len(self._all)], p // len(self._all)) for p in places]


def _of_town(
    town: Municipality, parts: tuple[int, int, int], places: _Villages, draw: Random
) -> Iterator[_Site]:
    schools, clubs, kindergartens = parts
    in_town = _in_town(town, schools)
    own = places.take(schools - in_town)
    center, locality = town.center_place, town.center_locality
    named = titles.capital_schools(in_town, draw) if town.is_capital else None
    for name in named if named is not None else titles.town_schools(town, in_town)[:in_town]:
        yield _Site("SCHOOL", name, town, center, locality)
    for village, again in own:
        yield _Site("SCHOOL", titles.village_school(village, again), town, village.place, RURAL)
    for name in titles.clubs(_club_adjective(town, own), clubs, is_capital=town.is_capital):
        where = (center, locality) if town.has_center else (own[0][0].place, RURAL)
        yield _Site("ADDITIONAL", name, town, *where)
    yield from _kindergartens(town, kindergartens, own)


def _in_town(town: Municipality, number: int) -> int:
    if not town.has_center:
        return 0
    return max(1, round(number * town.town_share))


def _club_adjective(town: Municipality, own: list[tuple[Village, int]]) -> str:
    return town.adjective if town.has_center else own[0][0].adjective


def _kindergartens(
    town: Municipality, number: int, own: list[tuple[Village, int]]
) -> Iterator[_Site]:
    in_town = _in_town(town, number) if own else number
    for name in titles.town_kindergartens(town, in_town):
        yield _Site("KINDERGARTEN", name, town, town.center_place, town.center_locality)
    for place in range(number - in_town):
        village, before = own[place % len(own)]
        again = before + place // len(own)
        name = titles.village_kindergarten(village, again)
        yield _Site("KINDERGARTEN", name, town, village.place, RURAL)


def _made(site: _Site, serial: int, draw: Random) -> MadeOrganization:
    office = site.town.number if site.town else 0
    address = _address(site, draw)
    drawn = names.adult(draw).full
    post = "министр" if site.name == titles.MINISTRY else HEAD_POSTS[site.kind]
    return MadeOrganization(
        key=KEYS.get(site.name) or _key(site, serial),
        kind=site.kind,
        name=site.name,
        full_name=titles.full_name(site.kind, site.name),
        municipality=site.town.key if site.town else "",
        locality=site.locality,
        inn=identifiers.inn(office, serial),
        ogrn=identifiers.ogrn(draw.choice((1995, 1998, 2002, 2002, 2002, 2011)), office, serial),
        kpp=identifiers.kpp(office),
        oktmo=site.town.oktmo if site.town else "",
        address=address,
        phone=f"(342) 200-00-{serial % 100:02d}",
        email=f"org-{serial:05d}@edu.example",
        site=f"https://org-{serial:05d}.example/",
        head_name=HEADS[site.name].name if site.name in HEADS else drawn,
        head_post=post,
        status=_status(site, draw),
        buildings=buildings(kind=site.kind, locality=site.locality, address=address, draw=draw),
    )


def _key(site: _Site, serial: int) -> str:
    number = site.town.key if site.town and site.kind == "AUTHORITY" else str(serial)
    return f"{site.kind.lower()}-{number}"


def _address(site: _Site, draw: Random) -> str:
    if site.name == titles.VILLAGE_SCHOOL:
        street, house = "Кашина", 45
    else:
        street, house = draw.choice(STREETS), draw.randint(1, 98)
    around = f"{site.town.name}, " if site.town and not site.town.is_capital else ""
    return f"{around}{site.place}, ул. {street}, {house}"


def _status(site: _Site, draw: Random) -> str:
    """Schools all work, so that the waves have whom to equip; a few others do not."""
    if site.kind not in {"KINDERGARTEN", "ADDITIONAL"} or draw.random() > 0.03:
        return "ACTIVE"
    return draw.choice(("SUSPENDED", "REORGANIZED", "CLOSED"))
