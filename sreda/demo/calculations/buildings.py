"""Made-up buildings: one to three for each organization."""

from random import Random

from sreda.demo.calculations.made import MadeBuilding
from sreda.demo.calculations.places import RURAL

# Names of the buildings after the first, and the fewest and most rooms of the first one.
MORE = {
    "SCHOOL": ("Начальная школа", "Мастерские", "Спортивный корпус", "Интернат"),
    "COLLEGE": ("Мастерские", "Общежитие", "Второй корпус"),
    "KINDERGARTEN": ("Второй корпус",),
}
ROOMS = {"SCHOOL": (18, 44), "COLLEGE": (20, 52), "KINDERGARTEN": (6, 14), "ADDITIONAL": (6, 20)}
VILLAGE_ROOMS = {"SCHOOL": (8, 22), "KINDERGARTEN": (2, 6)}
WITHOUT_ROOMS = {"AUTHORITY"}
ACCESS = ("пандус, 1-й этаж", "пандус", "подъёмник, все этажи", "нет", "нет")
CONDITIONS = (
    *["GOOD"] * 14,
    *["REPAIR_PLANNED"] * 3,
    *["REPAIR_NEEDED"] * 2,
    "UNDER_REPAIR",
)
NOTES = {
    "REPAIR_PLANNED": ("Ремонт кровли в 2027 году", "Замена окон летом 2027 года"),
    "REPAIR_NEEDED": ("Течёт кровля", "Изношена проводка"),
    "UNDER_REPAIR": ("Занятия в соседнем здании",),
}


def buildings(*, kind: str, locality: str, address: str, draw: Random) -> tuple[MadeBuilding, ...]:
    """Return the buildings of one organization; the first has its address."""
    more = MORE.get(kind, ())
    most = min(len(more), 1 if locality == RURAL else 2)
    number = draw.choice((0, 0, 0, 1, most)) if most else 0
    first = _building("Главное", address, kind, locality, draw)
    street = address.rpartition(", ")[0]
    return (
        first,
        *(
            _building(name, f"{street}, {draw.randint(1, 98)}", "", locality, draw)
            for name in more[:number]
        ),
    )


def _building(name: str, address: str, kind: str, locality: str, draw: Random) -> MadeBuilding:
    condition = draw.choice(CONDITIONS)
    return MadeBuilding(
        name=name,
        address=address,
        built_year=draw.randint(1936, 2024),
        classrooms=_rooms(kind, locality, draw),
        accessibility=draw.choice(ACCESS),
        condition=condition,
        note=draw.choice(NOTES.get(condition, ("",))),
    )


def _rooms(kind: str, locality: str, draw: Random) -> int | None:
    if kind in WITHOUT_ROOMS:
        return None
    least, most = ROOMS.get(kind, (3, 8))
    if locality == RURAL:
        least, most = VILLAGE_ROOMS.get(kind, (least, most))
    return draw.randint(least, most)
