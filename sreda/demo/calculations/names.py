"""Names of made-up people, as they are met along the Kama. First names, patronymics and surnames
agree in gender; nobody in particular is meant.
"""

from dataclasses import dataclass
from random import Random

from sreda.demo.calculations.lists import listed

SURNAMES = listed(
    "Мехоношин Селянинов Пьянков Лунегов Зырянов Ожгибесов Голдобин Катаев Бушуев Чазов Неволин "
    "Пепеляев Рожков Ершов Ощепков Субботин Шилов Вшивков Казаринов Накоряков Гилёв Чащухин "
    "Кылосов Шардаков Поносов Вотинов Кетов Сюзев Юшков Тиунов Деменев Бердников Плешков Пермяков "
    "Верхоланцев Якимов Боталов Коньшин Томилин Никулин Останин Радостев Тудвасев Лобашев Ширинкин "
    "Патрушев Колчанов Штейников Мальцев Обухов Утробин Чудинов Кочергин Соловьёв Демидов Попов "
    "Отинов Хозяшев Нечаев Баяндин Гагарин Исаев Ведерников Сыстеров Чугайнов Малых Черных Седых"
)

# A man's name with the patronymics made of it.
FATHERS = {
    "Александр": ("Александрович", "Александровна"),
    "Алексей": ("Алексеевич", "Алексеевна"),
    "Андрей": ("Андреевич", "Андреевна"),
    "Василий": ("Васильевич", "Васильевна"),
    "Виктор": ("Викторович", "Викторовна"),
    "Владимир": ("Владимирович", "Владимировна"),
    "Дмитрий": ("Дмитриевич", "Дмитриевна"),
    "Евгений": ("Евгеньевич", "Евгеньевна"),
    "Иван": ("Иванович", "Ивановна"),
    "Игорь": ("Игоревич", "Игоревна"),
    "Константин": ("Константинович", "Константиновна"),
    "Максим": ("Максимович", "Максимовна"),
    "Михаил": ("Михайлович", "Михайловна"),
    "Николай": ("Николаевич", "Николаевна"),
    "Олег": ("Олегович", "Олеговна"),
    "Павел": ("Павлович", "Павловна"),
    "Пётр": ("Петрович", "Петровна"),
    "Роман": ("Романович", "Романовна"),
    "Сергей": ("Сергеевич", "Сергеевна"),
    "Юрий": ("Юрьевич", "Юрьевна"),
}
MEN = (*FATHERS, "Антон", "Артём", "Вадим", "Георгий", "Денис", "Кирилл", "Леонид", "Станислав")
WOMEN = listed(
    "Александра Алла Анастасия Анна Валентина Вера Галина Дарья Евгения Екатерина Елена Ирина "
    "Ксения Лариса Любовь Людмила Марина Мария Надежда Наталья Нина Оксана Ольга Светлана Татьяна "
    "Юлия"
)
BOYS = listed(
    "Арсений Артём Богдан Глеб Даниил Демид Егор Захар Иван Илья Кирилл Лев Макар Матвей Мирон "
    "Михаил Никита Роман Савелий Семён Степан Тимофей Фёдор Ярослав"
)
GIRLS = listed(
    "Алина Алиса Анна Арина Василиса Вероника Виктория Дарья Ева Елизавета Злата Кира Ксения "
    "Маргарита Мария Милана Мирослава Полина София Таисия Ульяна Яна"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A full name; ``is_woman`` tells what it agrees with."""

    last: str
    first: str
    middle: str
    is_woman: bool

    @property
    def full(self) -> str:
        """«Селянинова Ирина Петровна»."""
        return f"{self.last} {self.first} {self.middle}"


def surname(masculine: str, *, is_woman: bool) -> str:
    """Return a surname in the form of the gender: «Гилёв» becomes «Гилёва», «Малых» stays."""
    return masculine if not is_woman or masculine.endswith("ых") else f"{masculine}а"


def patronymic(father: str, *, is_woman: bool) -> str:
    """Return the patronymic made of a father's name."""
    return FATHERS[father][is_woman]


def adult(draw: Random, *, is_woman: bool | None = None, family: str = "") -> Name:
    """Return a grown-up; ``family`` is the masculine form of a surname to bear."""
    woman = draw.random() < 0.7 if is_woman is None else is_woman
    return Name(
        last=surname(family or draw.choice(SURNAMES), is_woman=woman),
        first=draw.choice(WOMEN if woman else MEN),
        middle=patronymic(draw.choice(tuple(FATHERS)), is_woman=woman),
        is_woman=woman,
    )


def child(draw: Random, *, family: str, father: str) -> Name:
    """Return a child of a family, with the father's name as patronymic."""
    girl = draw.random() < 0.5
    return Name(
        last=surname(family, is_woman=girl),
        first=draw.choice(GIRLS if girl else BOYS),
        middle=patronymic(father, is_woman=girl),
        is_woman=girl,
    )
