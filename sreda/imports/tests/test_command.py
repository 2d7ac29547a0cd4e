"""The command line: all or nothing."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.accounts.facade import Account
from sreda.files.models import StoredFile
from sreda.imports.models import Batch
from sreda.imports.testing import Table
from sreda.imports.tests.sample_kind import HEADER, line
from sreda.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, kind, admin):
    """Run the command on rows; return what it printed."""
    account = Account.objects.get(pk=admin.account_id)

    def command(*rows, header=HEADER, content=None, login=None, code="sample_people", **options):
        path = tmp_path / "table.csv"
        path.write_bytes(Table.of([header, *rows]).content if content is None else content)
        printed = StringIO()
        try:
            call_command(
                "import_file",
                code,
                str(path),
                login=login or account.login,
                stdout=printed,
                **options,
            )
        except CommandError as refused:
            return printed.getvalue(), str(refused)
        return printed.getvalue(), ""

    return command


def loaded():
    return Person.objects.filter(first_name="-").count()


def test_a_right_table_is_loaded_and_counted(run):
    assert run(line(1), line(2, name="мехоношин егор")) == (
        "Загружено: новых 2, изменено 0, без изменений 0\n",
        "",
    )
    assert loaded() == 2
    assert Batch.objects.get().state == "APPLIED"


def test_one_wrong_row_refuses_the_whole_table_and_names_every_problem(run):
    printed, refused = run(line(1), line(2, born="31.02.2013"), ["=1", "1.2.2013", "12", ""])
    assert printed.splitlines() == [
        "строка 3, Дата рождения: Нет такого дня: 31.02.2013. "
        "Найдено: 31.02.2013. Ожидается: день.месяц.год",
        "строка 4, ФИО: Похоже на формулу. Считать её не будем, примем только как текст. "
        "Найдено: =1. Ожидается: текст без знака формулы или подтверждение",
        "строка 4, СНИЛС: Нужно 11 цифр. Найдено: 12. Ожидается: 11 цифр",
    ]
    assert "Не загружена ни одна строка. Строк с ошибками: 2 из 3" in refused
    assert loaded() == 0
    assert not Batch.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_dry_run_writes_nothing(run):
    printed, refused = run(line(1), dry_run=True)
    assert "Ничего не записано" in printed
    assert not refused
    assert loaded() == 0
    assert not Batch.objects.exists()


def test_columns_left_over_are_passed_over_and_missing_ones_named(run):
    wide = [*line(1)[:3], "лишнее"]
    assert run(wide, header=[*HEADER[:3], "Примечание"])[1] == ""
    refused = run(line(2), header=["Человек", *HEADER[1:]])[1]
    assert "Не нашли в файле столбцы: ФИО. Там есть: Человек, Дата рождения" in refused


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"content": b""}, "Файл пуст"),
        ({"login": "nobody"}, "Нет такого логина"),
        ({"code": "nonsense"}, "Нет такого вида загрузки: nonsense. Есть: "),
    ],
)
def test_what_cannot_begin_says_why(run, options, words):
    assert words in run(line(1), **options)[1]
    assert not Batch.objects.exists()


def test_a_missing_or_too_large_file_is_refused(run, tmp_path, kind, admin):
    login = Account.objects.get(pk=admin.account_id).login
    with pytest.raises(CommandError, match="Нет такого файла"):
        call_command("import_file", "sample_people", "/nowhere.csv", login=login)
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    with pytest.raises(CommandError, match="больше 20 МБ"):
        call_command("import_file", "sample_people", str(large), login=login)


def test_who_may_not_load_is_refused(run, admin, school):
    teacher = make_actor(role=Role.TEACHER, at=school, name="Гилёв Глеб Олегович")
    login = Account.objects.get(pk=teacher.account_id).login
    assert "не поручено" in run(line(1), login=login)[1]
