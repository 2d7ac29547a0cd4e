"""A small kind for tests: people with a name, a birth date and a SNILS."""

import re
from collections.abc import Sequence
from datetime import date

from sreda.access.facade import Role
from sreda.foundation.words import fold, sort_key
from sreda.imports.facade import (
    Applied,
    Checked,
    Column,
    Decision,
    Key,
    Level,
    Outcome,
    Problem,
    Row,
)
from sreda.people.models import Person

HEADER = ["ФИО", "Дата рождения", "СНИЛС", "Кто"]


def line(number: int, *, name: str = "Боталов Кирилл", born: str = "12.03.2012") -> list[str]:
    """A row that is right, different for every number."""
    return [f"{name} {number}-й", born, f"{10000000000 + number}", "Ученик"]


class PeopleKind:
    """Judges and writes people, in two queries per chunk."""

    code = "sample_people"
    title = "Учебные люди"
    heading = "Загрузка людей из таблицы"
    home = "imports:list"
    columns = (
        Column("name", "ФИО", ("фамилия имя отчество",), examples=("Боталов Кирилл", "Гилёв Лев")),
        Column("born", "Дата рождения", ("д.р.", "родился"), examples=("12.03.2012",)),
        Column("snils", "СНИЛС", digits=(11,), examples=("11020032345",)),
        Column("who", "Кто", required=False, hint="ученик или сотрудник"),
    )
    roles = (Role.SCHOOL_ADMIN, Role.MINISTRY)

    def can_import(self, actor):
        return actor.holds(*self.roles)

    def check(self, actor, rows: Sequence[Row]):
        wanted = [row.values.get("snils", "") for row in rows]
        known = {p.snils: p for p in Person.objects.filter(snils__in=wanted)}
        names = [fold(row.values["name"]) for row in rows]
        alike = {p.search_name: p for p in Person.objects.filter(search_name__in=names)}
        return [self._check_one(row, known, alike) for row in rows]

    def _check_one(self, row, known, alike):
        values = dict(row.values)
        problems = []
        name = values["name"]
        if not name:
            problems.append(Problem(Level.ERROR, "name", "Впишите ФИО", "", "фамилия и имя"))
        elif name == name.lower():
            values["name"] = name.title()
            problems.append(Problem(Level.FIXED, "name", f"Исправим сами: {values['name']}"))
        born = _date(values["born"])
        if born is None:
            text = f"Нет такого дня: {values['born']}"
            problems.append(Problem(Level.ERROR, "born", text, values["born"], "день.месяц.год"))
        snils = values["snils"]
        is_right = len(snils) == 11 and snils.isdigit()
        if not is_right:
            problems.append(Problem(Level.ERROR, "snils", "Нужно 11 цифр", snils, "11 цифр"))
        twin = alike.get(fold(name))
        if twin and twin.snils != snils and not row.decision:
            choices = (Decision.UPDATE, Decision.SEPARATE)
            problems.append(Problem(Level.DOUBLE, "name", "Уже есть такой", choices=choices))
        same = known.get(snils)
        outcome = Outcome.NEW
        if same:
            is_same = fold(values["name"]) == same.search_name
            outcome = Outcome.SAME if is_same else Outcome.CHANGED
        elif row.decision is Decision.UPDATE:
            outcome, same = Outcome.CHANGED, twin
        return Checked(
            row=row,
            outcome=outcome,
            values=values,
            keys=(Key("snils", snils),) if is_right else (),
            problems=tuple(problems),
            title=values["name"],
            payload=(same.pk if same else None, born),
        )

    def apply(self, actor, rows: Sequence[Checked], batch, now):
        new = []
        for item in rows:
            pk, born = item.payload
            fields = {
                "last_name": item.values["name"],
                "first_name": "-",
                "birth_date": born,
                "snils": item.values["snils"],
                "sort_name": sort_key(item.values["name"]),
                "search_name": fold(item.values["name"]),
            }
            if item.outcome is Outcome.NEW:
                new.append(Person(**fields))
            elif item.outcome is Outcome.CHANGED:
                Person.objects.filter(pk=pk).update(**fields)
        Person.objects.bulk_create(new)
        outcomes = [item.outcome for item in rows]
        return Applied(
            created=len(new),
            changed=outcomes.count(Outcome.CHANGED),
            same=outcomes.count(Outcome.SAME),
        )


def _date(text):
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
