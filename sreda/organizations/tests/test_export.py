"""The register as XLSX: the list's own rows, text only, and readable by the import."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from sreda.access.facade import Role
from sreda.foundation.errors import Forbidden
from sreda.foundation.testing import assert_query_budget
from sreda.imports.facade import Outcome
from sreda.imports.testing import Table, make_read_batch
from sreda.organizations.bulk.kind import OrganizationsKind
from sreda.organizations.calculations.asking import RegisterAsk
from sreda.organizations.queries.register import export_rows
from sreda.organizations.testing import make_organization, make_school
from sreda.organizations.tests.world import address, make_world, signed_in

pytestmark = pytest.mark.django_db
FORMULA = '=HYPERLINK("http://example.org","IT-куб")'


@pytest.fixture
def world():
    return make_world()


def workbook(client, query=""):
    answer = client.get(address("export") + query)
    content = b"".join(answer.streaming_content)
    return answer, content, load_workbook(BytesIO(content))


def test_the_table_holds_the_list_with_the_same_filter(client, world):
    signed_in(client, world, Role.MINISTRY)
    _answer, _content, book = workbook(client, "?kind=SCHOOL")
    header, *rows = list(book.active.iter_rows(values_only=True))
    assert header[:4] == ("наименование", "полное наименование", "вид", "муниципалитет")
    assert "учебные данные" in header
    assert [row[0] for row in rows] == ["Гайнская школа"]
    by_column = dict(zip(header, rows[0], strict=True))
    assert by_column["ИНН"] == "8181001135"
    assert by_column["местность"] == "село"
    assert by_column["учебные данные"] == "нет"


def test_the_file_is_named_by_the_day(client, world):
    signed_in(client, world, Role.MUNICIPAL)
    answer, _content, book = workbook(client)
    assert "Организации" in unquote(answer.headers["Content-Disposition"])
    assert book.active.max_row == 2


def test_a_formula_in_a_name_stays_text(client, world):
    make_school(FORMULA, municipality=world.gayny, address="@SUM(1+1)*cmd|' /C calc'!A0")
    signed_in(client, world, Role.MINISTRY)
    _answer, content, book = workbook(client, "?q=HYPERLINK")
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == (FORMULA, "s")
    assert book.active["J2"].data_type == "s"
    assert b"<f>" not in content


def test_what_was_taken_along_loads_back_without_changing_anything(client, world):
    make_school(
        'Школа «Ёлочка»; с "кавычками',
        municipality=world.gayny,
        inn="5902001121",
        kpp="590201001",
        oktmo="57701000",
        phone="(34245) 2-10-00",
        is_sample=True,
        head_name="О’Нил Анна",
    )
    make_organization(kind="PD_CENTER", name="Центр края", region=world.region)
    ministry = signed_in(client, world, Role.MINISTRY)
    _answer, content, _book = workbook(client)
    batch = make_read_batch(
        kind=OrganizationsKind(), actor=ministry, table=Table(content, "реестр.xlsx")
    )
    assert batch.trouble == ""
    assert (batch.total_rows, batch.clean_rows) == (4, 4)
    assert batch.clean_same == 4, Outcome.SAME


def test_the_table_is_for_those_who_read_the_register(world):
    with pytest.raises(Forbidden):
        export_rows(actor=world.actor(Role.DIRECTOR), ask=RegisterAsk())


def test_the_table_costs_one_query(world):
    ministry = world.actor(Role.MINISTRY)
    with assert_query_budget(1):
        assert len(list(export_rows(actor=ministry, ask=RegisterAsk()))) == 2
