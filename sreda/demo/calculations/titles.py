"""How made-up organizations are called."""

from random import Random

from sreda.demo.calculations.lists import listed
from sreda.demo.calculations.places import Municipality, Village, feminine, genitive

SAMPLE = "(учебные данные)"
MINISTRY = f"Министерство образования Пермского края {SAMPLE}"
PD_CENTERS = (
    f"Институт развития образования Пермского края {SAMPLE}",
    f"Центр мастерства педагогов Пермского края {SAMPLE}",
)
CITY_SCHOOL, VILLAGE_SCHOOL = "Школа № 12", "Гайнская школа"
COLLEGE = "Пермский колледж связи и информатики"
IT_CUBE = "IT-куб «Пермь»"

TRADES = (
    "колледж связи и информатики",
    "политехнический колледж",
    "строительный колледж",
    "авиационный техникум",
    "педагогический колледж",
    "медицинский колледж",
    "аграрный техникум",
    "химико-технологический техникум",
    "машиностроительный колледж",
    "торгово-технологический колледж",
    "радиотехнический колледж",
    "нефтяной колледж",
    "техникум транспорта",
    "лесопромышленный техникум",
    "колледж искусств",
    "колледж физической культуры",
    "техникум сервиса и дизайна",
    "финансово-экономический колледж",
    "электротехнический техникум",
    "геологоразведочный техникум",
    "металлургический колледж",
    "хореографический колледж",
    "музыкальный колледж",
    "техникум пищевой промышленности",
)
CENTERS = listed(
    "Спутник Горизонт Ритм Исток Луч Родник Шанс Муравейник Рифей Радуга Орлёнок Кристалл Эврика "
    "Компас Парма Каскад Вектор Росток Сфера Маяк Ровесник Созвездие Импульс Юность"
)

LEGAL_FORMS = {
    "SCHOOL": "Муниципальное бюджетное общеобразовательное учреждение",
    "KINDERGARTEN": "Муниципальное бюджетное дошкольное образовательное учреждение",
    "ADDITIONAL": "Муниципальное бюджетное учреждение дополнительного образования",
    "COLLEGE": "Государственное бюджетное профессиональное образовательное учреждение",
    "IT_CUBE": "Центр цифрового образования детей",
}


def full_name(kind: str, name: str) -> str:
    """Return the name in documents, always marked as a sample."""
    if kind not in LEGAL_FORMS:
        return name
    quoted = name if "«" in name else f"«{name}»"
    return f"{LEGAL_FORMS[kind]} {quoted} {SAMPLE}"


def authority(town: Municipality) -> str:
    """Return «Управление образования Гайнского муниципального округа (учебные данные)»."""
    words = town.name.split()
    if words[0] == "ЗАТО":
        return f"Управление образования {town.name} {SAMPLE}"
    own, kind, _place = words
    return f"Управление образования {genitive(own)} {genitive(kind)} округа {SAMPLE}"


def capital_schools(count: int, draw: Random) -> list[str]:
    """Return the capital's schools in order of their numbers; № 12 is a plain school."""
    numbers = draw.sample([n for n in range(1, count + count // 2 + 14) if n != 12], count - 1)
    forms = ["Гимназия"] * 8 + ["Лицей"] * 7 + ["Школа"] * 85
    drawn = {number: f"{draw.choice(forms)} № {number}" for number in numbers}
    drawn[12] = CITY_SCHOOL
    return [drawn[number] for number in sorted(drawn)]


def town_schools(town: Municipality, count: int) -> list[str]:
    """Return the schools of a municipality's center: one bears its name, more have numbers."""
    if count == 1:
        return [f"{feminine(town.adjective)} школа"]
    named = [f"{feminine(town.adjective)} школа № {number}" for number in range(1, count + 1)]
    if count > 4:
        named[1] = f"{feminine(town.adjective)} гимназия № 2"
        named[3] = f"{town.adjective} лицей № 4"
    return named


def town_kindergartens(town: Municipality, count: int) -> list[str]:
    """Return the kindergartens of a municipality's center."""
    if count == 1:
        return [f"{town.adjective} детский сад"]
    adjective = "" if town.is_capital else f"{town.adjective} "
    return [_capital(f"{adjective}детский сад № {number}") for number in range(1, count + 1)]


def village_school(village: Village, again: int) -> str:
    """Return a village's school; ``again`` counts those before it in the same village."""
    return f"{feminine(village.adjective)} школа" + (f" № {again + 1}" if again else "")


def village_kindergarten(village: Village, again: int) -> str:
    """Return a village's kindergarten."""
    return f"{village.adjective} детский сад" + (f" № {again + 1}" if again else "")


def clubs(adjective: str, count: int, *, is_capital: bool) -> list[str]:
    """Return institutions of additional education."""
    found = [f"Центр детского творчества «{name}»" for name in CENTERS]
    if not is_capital:
        found = [
            f"{adjective} дом детского творчества",
            f"{feminine(adjective)} детская школа искусств",
            f"{feminine(adjective)} спортивная школа",
            f"{adjective} детско-юношеский центр",
            f"{feminine(adjective)} станция юных техников",
            *(f"{adjective} центр детского творчества «{name}»" for name in CENTERS),
        ]
    return found[:count]


def college(town: Municipality, number: int) -> str:
    """Return the ``number``-th college of a town, counted from 0."""
    first = 0 if town.is_capital else town.number
    return f"{town.adjective} {TRADES[(first + number) % len(TRADES)]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
