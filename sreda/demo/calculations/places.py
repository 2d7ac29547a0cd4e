"""Where the made-up organizations stand: real municipalities, made-up villages."""

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sreda.demo.calculations.lists import listed

REFERENCE = Path(__file__).resolve().parents[3] / "reference"

URBAN, RURAL = "URBAN", "RURAL"
SHORT_TYPES = {
    "город": "г.",
    "село": "с.",
    "посёлок": "п.",
    "рабочий посёлок": "рп.",
    "посёлок городского типа": "пгт.",
}
TOWNS = {"город", "рабочий посёлок", "посёлок городского типа"}
# Schools of a village are small and many, so they weigh more than the people behind them.
WEIGHTS = {"urban": 1.0, "mixed": 2.0, "rural": 3.0}
# Which part of a municipality's schools and kindergartens stands in its town.
IN_TOWN = {"urban": 0.75, "mixed": 0.45, "rural": 0.0}

# Rivers of the Kama basin with the adjective of the villages named after them.
RIVERS = {
    "Аспа": "Аспинский",
    "Бабка": "Бабкинский",
    "Барда": "Бардинский",
    "Бырма": "Бырминский",
    "Велва": "Велвинский",
    "Весляна": "Веслянский",
    "Вишера": "Вишерский",
    "Егва": "Егвинский",
    "Зула": "Зулинский",
    "Иньва": "Иньвенский",
    "Ирень": "Иренский",
    "Иолва": "Иолвинский",
    "Каменка": "Каменский",
    "Колва": "Колвинский",
    "Косьва": "Косьвинский",
    "Кува": "Кувинский",
    "Лемва": "Лемвинский",
    "Лупья": "Лупьинский",
    "Лысьва": "Лысьвинский",
    "Мулянка": "Мулянский",
    "Нердва": "Нердвинский",
    "Обва": "Обвинский",
    "Онолва": "Онолвинский",
    "Очга": "Очгинский",
    "Пизя": "Пизинский",
    "Полуденка": "Полуденский",
    "Пыдва": "Пыдвинский",
    "Сайга": "Сайгинский",
    "Северуха": "Северухинский",
    "Сива": "Сивинский",
    "Сылва": "Сылвенский",
    "Тулва": "Тулвинский",
    "Турка": "Туркинский",
    "Уинка": "Уинковский",
    "Чикма": "Чикминский",
    "Шаква": "Шаквинский",
    "Шерья": "Шерьинский",
    "Шуртан": "Шуртанский",
    "Юрла": "Юрлинский",
    "Юсьва": "Юсьвинский",
    "Язьва": "Язьвинский",
    "Яйва": "Яйвинский",
}
FOUNDERS = listed(
    "Антипин Ананьин Артемьев Богданов Вавилин Гаврилов Данилов Дементьев Евдокимов Елисеев "
    "Ермаков Ефремов Захаров Игнатьев Калинин Карпов Климов Кондратьев Кузьмин Лаврентьев "
    "Лукин Макаров Мартынов Матвеев Мокин Назаров Нестеров Никитин Осипов Пантелеев Петухов "
    "Потапов Родионов Савин Саввин Самойлов Селиванов Сидоров Силин Спиридонов Степанов "
    "Тарасов Тимин Тихонов Трифонов Устинов Федосеев Федотов Филатов Филиппов Фомин Фролов "
    "Харитонов Шадрин Юрков Яковлев"
)


@dataclass(frozen=True, slots=True)
class Village:
    """A made-up village: «с. Усть-Зула» and «Усть-Зулинский»."""

    place: str
    adjective: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One of the region's 43; ``number`` is its made-up tax office."""

    key: str
    number: int
    name: str
    center: str
    center_type: str
    oktmo: str
    population: int
    character: str

    @property
    def adjective(self) -> str:
        """«Гайнский»."""
        return self.name.removeprefix("ЗАТО ").split()[0]

    @property
    def is_capital(self) -> bool:
        """Whether this is the region's own town."""
        return self.number == 1

    @property
    def has_center(self) -> bool:
        """Whether the center lies inside: Пермский муниципальный округ is run from Perm."""
        return self.is_capital or self.center != "Пермь"

    @property
    def center_locality(self) -> str:
        """Town or village."""
        return URBAN if self.center_type in TOWNS else RURAL

    @property
    def center_place(self) -> str:
        """«с. Барда»."""
        return f"{SHORT_TYPES[self.center_type]} {self.center}"

    @property
    def weight(self) -> float:
        """How large its share of schools and kindergartens is."""
        return float(self.population**0.75) * WEIGHTS[self.character]

    @property
    def town_share(self) -> float:
        """Which part of them stands in the town."""
        if self.is_capital or self.name.startswith("ЗАТО"):
            return 1.0
        return IN_TOWN[self.character] if self.center_locality == URBAN else 0.0


def municipalities() -> list[Municipality]:
    """Return the municipalities of the reference table."""
    with (REFERENCE / "perm_municipalities.csv").open(encoding="utf-8", newline="") as file:
        return [
            Municipality(
                key=row["id"],
                number=number,
                name=row["name"],
                center=row["centre"],
                center_type=row["centre_type"],
                oktmo=row["oktmo"],
                population=int(row["population_approx"]),
                character=row["character"],
            )
            for number, row in enumerate(csv.DictReader(file), start=1)
        ]


def villages(draw: Random, *, towns: list[Municipality]) -> list[Village]:
    """Return all made-up villages in a drawn order; none is called like a center of ``towns``."""
    centers = {town.center for town in towns} | {town.adjective for town in towns}
    found = [
        village
        for village in _all_villages()
        if not {village.place.partition(" ")[2], village.adjective} & centers
    ]
    draw.shuffle(found)
    return found


def _all_villages() -> list[Village]:
    found = []
    for river, adjective in RIVERS.items():
        found.append(Village(f"с. {river}", adjective))
        for prefix in ("Усть-", "Верх-", "Средняя "):
            joined = prefix.replace("Средняя ", "Средне")
            # Only feminine river names agree with «Средняя».
            if prefix.endswith("-") or river.endswith(("а", "я")):
                own = adjective if prefix.endswith("-") else adjective.lower()
                found.append(Village(f"д. {prefix}{river}", f"{joined}{own}"))
    for founder in FOUNDERS:
        found.append(Village(f"с. {founder}о", f"{founder}ский"))
        found += [
            Village(f"д. {prefix}{founder.lower()}о", f"{prefix}{founder.lower()}ский")
            for prefix in ("Ново", "Старо", "Верхне", "Нижне")
        ]
    return found


def shares(total: int, weights: list[float], *, least: int) -> list[int]:
    """Split ``total`` by weights, each part at least ``least``, by the largest remainders."""
    spread = total - least * len(weights)
    exact = [spread * weight / sum(weights) for weight in weights]
    parts = [least + int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: int(exact[place]) - exact[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def feminine(adjective: str) -> str:
    """«Гайнский» becomes «Гайнская»."""
    return f"{adjective[:-2]}ая"


def genitive(adjective: str) -> str:
    """«Гайнский» becomes «Гайнского»."""
    return f"{adjective[:-2]}ого"
