"""Tables that others made, right and broken."""

import pytest

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.imports.calculations.tables import below_header, find_table, open_table
from sreda.imports.facade import Applied, Checked, Column, Key, Outcome
from sreda.imports.models import BatchRow, RowState
from sreda.imports.testing import Table, forget_kind, make_read_batch, register_kind, said_of
from sreda.organizations.testing import make_region

COLUMNS = (
    Column("name", "наименование"),
    Column("kind", "вид"),
    Column("municipality", "муниципалитет"),
    Column("locality", "местность"),
    Column("inn", "ИНН", digits=(10,)),
    Column("ogrn", "ОГРН", digits=(13,)),
    Column("address", "адрес"),
)


class RegisterKind:
    """Knows the columns and the keys of a register, and finds everything right."""

    code = "sample_register"
    title = heading = "Учебный реестр"
    home = "imports:list"
    columns = COLUMNS

    def can_import(self, actor):
        return actor.holds(Role.MINISTRY)

    def check(self, actor, rows):
        return [
            Checked(
                row=row,
                outcome=Outcome.NEW,
                values=row.values,
                keys=(Key("inn", row.values["inn"]), Key("ogrn", row.values["ogrn"])),
            )
            for row in rows
        ]

    def apply(self, actor, rows, batch, now):
        return Applied(created=len(rows))


def rows_of(path):
    shape = find_table(path, COLUMNS).shape
    return [list(record.cells) for record in below_header(open_table(path, shape), shape)]


def test_the_register_is_the_same_in_both_encodings(foreign_file):
    rows = rows_of(foreign_file("roster-ru/organizations.csv"))
    assert rows == rows_of(foreign_file("roster-ru/organizations-1251.csv"))
    assert rows[0][0] == "Школа № 12 (учебные данные)"
    assert len(rows) == 4


def test_people_are_the_same_in_all_three_files(foreign_file):
    rows = rows_of(foreign_file("roster-ru/people.csv"))
    assert rows == rows_of(foreign_file("roster-ru/people-1251.csv"))
    assert rows == rows_of(foreign_file("roster-ru/people-tabs-bom.csv"))
    assert len(rows) > 20


@pytest.mark.django_db
def test_the_broken_register_has_its_formula_and_its_repeat_named(foreign_file, settings, tmp_path):
    settings.SREDA_MEDIA = tmp_path
    kind = RegisterKind()
    register_kind(kind)
    actor = make_actor(role=Role.MINISTRY, at=make_region())
    content = foreign_file("roster-ru/organizations-broken.csv").read_bytes()
    batch = make_read_batch(kind=kind, actor=actor, table=Table(content))
    forget_kind(kind.code)
    said = said_of(batch)
    assert set(said) == {5, 6}
    assert said[5][0][0] == "name"
    assert "только как текст" in said[5][0][1]
    assert said[6] == [(None, "Повтор строки 5: совпадают ИНН и ОГРН")]
    states = BatchRow.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [RowState.CONFIRM, RowState.ERROR]
