"""The register loaded from a table, through the whole flow of ``imports``."""

import csv

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from sreda.access.facade import Role
from sreda.access.testing import make_actor, sign_in
from sreda.audit.facade import history_of
from sreda.foundation.testing import assert_queries_do_not_grow, run_jobs
from sreda.imports.facade import Applied, Decision, Level, Outcome
from sreda.imports.testing import Table, check_rows, import_table, make_read_batch, said_of
from sreda.organizations.bulk.kind import OrganizationsKind
from sreda.organizations.models import Organization, Status
from sreda.organizations.queries.history import organization_history
from sreda.organizations.testing import make_municipality, make_region, make_school

pytestmark = pytest.mark.django_db
KIND = OrganizationsKind()
HEADER = ["наименование", "вид", "муниципалитет", "местность", "ИНН", "ОГРН", "адрес"]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.SREDA_MEDIA = tmp_path / "media"


@pytest.fixture
def region():
    region = make_region()
    make_municipality("Пермский городской округ", region=region)
    make_municipality("Пермский муниципальный округ", region=region)
    make_municipality("Гайнский муниципальный округ", region=region)
    make_municipality("Кочёвский муниципальный округ", region=region)
    return region


@pytest.fixture
def ministry(region):
    return make_actor(role=Role.MINISTRY, at=region)


def row(**values):
    return {"name": "Школа № 12", "kind": "школа", "municipality": "Гайнский округ", **values}


def judged(actor, *rows, decision=None):
    return check_rows(kind=KIND, actor=actor, rows=rows, decision=decision)


def errors(checked):
    return {p.column: p.text for p in checked.problems if p.level is Level.ERROR}


@pytest.mark.parametrize("name", ["organizations.csv", "organizations-1251.csv"])
def test_the_ministrys_file_is_loaded_once_and_for_all(ministry, foreign_file, name):
    content = foreign_file(f"roster-ru/{name}").read_bytes()
    _batch, applied = import_table(kind=KIND, actor=ministry, table=Table(content, name))
    assert applied == Applied(created=4)
    school = Organization.objects.get(inn="8181001135")
    assert school.name == "Гайнская школа (учебные данные)"
    assert school.municipality.name == "Гайнский муниципальный округ"
    assert (school.kind, school.locality, school.parent) == ("SCHOOL", "RURAL", school.municipality)
    assert "гайнская" in school.search_name
    kinds = Organization.objects.exclude(kind__in=["REGION", "MUNICIPALITY"]).values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["COLLEGE", "IT_CUBE", "SCHOOL", "SCHOOL"]
    _again, applied = import_table(kind=KIND, actor=ministry, table=Table(content, name))
    assert applied == Applied(same=4)
    assert Organization.objects.filter(inn="8181001135").count() == 1
    assert organization_history(actor=ministry, organization=school).total == 1


def test_the_broken_file_gets_what_its_makers_expect(ministry, foreign_file):
    content = foreign_file("roster-ru/organizations-broken.csv").read_bytes()
    batch = make_read_batch(kind=KIND, actor=ministry, table=Table(content))
    said = said_of(batch)
    titles = {None: "вся строка", **{column.code: column.title for column in KIND.columns}}
    found = {
        (number, titles[column]) for number, problems in said.items() for column, _text in problems
    }
    text = foreign_file("roster-ru/organizations-broken.expected.csv").read_text(encoding="utf-8")
    expected = {
        (int(line["строка"]), line["колонка"])
        for line in csv.DictReader(text.splitlines(), delimiter=";")
    }
    assert found == expected
    texts = {number: problems[0][1] for number, problems in said.items()}
    assert texts[2] == "Контрольная цифра должна быть 1"
    assert texts[3].startswith("В регионе нет такого муниципалитета")
    assert texts[4] == "Допустимо: город, село"
    assert "формул" in texts[5]
    assert Organization.objects.exclude(kind__in=["REGION", "MUNICIPALITY"]).count() == 0


def test_the_broken_file_is_corrected_in_place_and_loaded_by_the_pages(
    client, ministry, foreign_file
):
    content = foreign_file("roster-ru/organizations-broken.csv").read_bytes()
    sign_in(client, ministry)
    upload = SimpleUploadedFile("реестр.csv", content, "text/csv")
    answer = client.post(reverse("imports:new"), {"kind": KIND.code, "file": upload})
    assert answer.status_code == 303
    page = answer.headers["Location"]
    run_jobs()
    text = client.get(page).content.decode()
    assert "Контрольная цифра должна быть 1" in text
    uid = page.rstrip("/").rpartition("/")[2]
    for number, column, value in (
        (2, "inn", "5902001121"),
        (3, "municipality", "Гайнский муниципальный округ"),
        (4, "locality", "город"),
    ):
        sent = client.post(reverse("imports:row", args=[uid, number]), {f"cell-{column}": value})
        assert sent.status_code in (200, 303), sent.content.decode()
    decision = reverse("imports:decision", args=[uid, 5])
    client.post(decision, {"decision": Decision.CONFIRM.value})
    client.post(reverse("imports:apply", args=[uid]))
    run_jobs()
    loaded = Organization.objects.exclude(kind__in=["REGION", "MUNICIPALITY"])
    assert loaded.count() == 4
    formula = loaded.get(inn="5902001153")
    assert formula.name.startswith("=HYPERLINK(")
    text = client.get(reverse("organizations:card", args=[formula.uid])).content.decode()
    assert "=HYPERLINK(" in text


def test_a_known_number_updates_and_the_history_tells_each_field(ministry, region):
    school = make_school("Гайнская школа", municipality=_gayny(region), inn="8181001135")
    table = [
        HEADER,
        ["Гайнская СОШ", "СОШ", "Гайнский муниципальный округ", "село", "8181001135", "", "ул. 1"],
        ["Новая школа", "школа", "Пермский городской округ", "город", "5902001121", "", ""],
    ]
    _batch, applied = import_table(kind=KIND, actor=ministry, table=table)
    assert applied == Applied(created=1, changed=1)
    school.refresh_from_db()
    assert (school.name, school.address) == ("Гайнская СОШ", "ул. 1")
    assert "гайнская сош" in school.search_name
    event = history_of(school.uid).rows[0]
    assert event.event == "organizations.organization.import_change"
    assert event.organization_uid == school.uid
    assert event.change == {
        "name": ["Гайнская школа", "Гайнская СОШ"],
        "address": ["", "ул. 1"],
    }
    new = Organization.objects.get(inn="5902001121")
    assert history_of(new.uid).rows[0].event == "organizations.organization.import_add"


def test_cells_are_shown_in_words_that_are_read_back_in_any_language(ministry):
    given = row(kind="СОШ", locality="деревня", status="ликвидирована", is_sample="1")
    for language in ("en", "ru"):
        with override(language):
            [checked] = judged(ministry, given)
        words = [checked.values[code] for code in ("kind", "locality", "status", "is_sample")]
        assert words == ["школа", "село", "закрыта", "да"]
        given = row(**checked.values)


def test_a_column_that_the_file_lacks_is_left_alone_and_an_empty_cell_empties(ministry, region):
    make_school(
        "Школа № 12",
        municipality=_gayny(region),
        inn="8181001135",
        phone="2-10-00",
        address="ул. 1",
        status=Status.SUSPENDED,
    )
    checked = judged(ministry, row(inn="8181001135", address=""))[0]
    assert checked.outcome is Outcome.CHANGED
    import_table(
        kind=KIND,
        actor=ministry,
        table=[
            ["наименование", "вид", "муниципалитет", "ИНН", "адрес"],
            ["Школа № 12", "школа", "Гайнский муниципальный округ", "8181001135", ""],
        ],
    )
    school = Organization.objects.get(inn="8181001135")
    assert (school.phone, school.address, school.status) == ("2-10-00", "", Status.SUSPENDED)


def test_two_numbers_of_two_organizations_are_an_error_that_names_both(ministry, region):
    make_school("Первая", municipality=_gayny(region), inn="8181001135")
    make_school("Вторая", municipality=_gayny(region), ogrn="1025900000125")
    checked = judged(ministry, row(inn="8181001135", ogrn="1025900000125"))[0]
    assert errors(checked) == {"ogrn": "ИНН у организации «Первая», а ОГРН у организации «Вторая»"}


def test_a_number_of_another_region_tells_no_name(ministry):
    omsk = make_region("Омская область")
    theirs = make_municipality("Тарский район", region=omsk)
    make_school("Тарская школа", municipality=theirs, inn="5902001121")
    checked = judged(ministry, row(inn="5902001121"))[0]
    assert errors(checked) == {"inn": "ИНН уже у организации другого региона"}


def test_a_namesake_without_numbers_is_a_question(ministry, region):
    school = make_school("Школа № 12", municipality=_gayny(region), address="ул. 1")
    given = row(address="ул. 2")
    checked = judged(ministry, given)[0]
    assert [p.level for p in checked.problems if p.level is Level.DOUBLE] == [Level.DOUBLE]
    update = judged(ministry, given, decision=Decision.UPDATE)[0]
    assert (update.outcome, update.payload.existing_id) == (Outcome.CHANGED, school.pk)
    separate = judged(ministry, given, decision=Decision.SEPARATE)[0]
    assert (separate.outcome, errors(separate)) == (Outcome.NEW, {})
    assert all(p.level is Level.FIXED for p in separate.problems)


def test_a_namesake_that_is_the_same_in_everything_is_the_same(ministry, region):
    make_school("Школа № 12", municipality=_gayny(region), locality="")
    assert judged(ministry, row())[0].outcome is Outcome.SAME


def test_a_namesake_in_another_municipality_is_another_school(ministry, region):
    make_school("Школа № 12", municipality=_gayny(region))
    checked = judged(ministry, row(municipality="Пермский городской округ"))[0]
    assert (checked.outcome, checked.problems) == (Outcome.NEW, ())


def test_a_double_inside_the_file_is_an_error_that_names_the_row(ministry):
    table = [
        HEADER,
        ["Школа № 1", "школа", "Гайнский муниципальный округ", "село", "8181001135", "", ""],
        ["Школа № 2", "школа", "Гайнский муниципальный округ", "село", "8181001135", "", ""],
    ]
    batch = make_read_batch(kind=KIND, actor=ministry, table=table)
    assert "2" in said_of(batch)[3][0][1]


@pytest.mark.parametrize(
    ("values", "column", "text"),
    [
        ({"municipality": "Пермский район"}, "municipality", "Есть: Пермский городской округ"),
        ({"municipality": "Гайнскй округ"}, "municipality", "Есть: Гайнский муниципальный"),
        ({"municipality": "Тарский район"}, "municipality", "В регионе нет"),
        ({"municipality": ""}, "municipality", "Напишите муниципалитет"),
        ({"kind": "завод"}, "kind", "Вида «завод» нет. Есть: муниципалитет"),
        ({"kind": ""}, "kind", "Напишите вид"),
        ({"kind": "регион"}, "kind", "Вида «регион» нет"),
        ({"name": ""}, "name", "Напишите наименование"),
        ({"name": "ш" * 400}, "name", "Слишком длинно"),
        ({"ogrn": "1025900000126"}, "ogrn", "Контрольная цифра должна быть 5"),
        ({"kpp": "59"}, "kpp", "девять знаков"),
        ({"status": "неизвестно"}, "status", "Допустимо: работает"),
        ({"is_sample": "может быть"}, "is_sample", "Допустимо: да, нет"),
        ({"email": "почта"}, "email", "адрес почты"),
        ({"site": "javascript:alert(1)"}, "site", "начинается с http"),
    ],
)
def test_what_is_wrong_is_said_at_its_column_once(ministry, values, column, text):
    checked = judged(ministry, row(**values))[0]
    found = errors(checked)
    assert list(found) == [column]
    assert text in found[column]
    problem = next(p for p in checked.problems if p.level is Level.ERROR)
    assert problem.found == values[column] or problem.expected


def test_what_can_be_put_right_is_and_is_said(ministry):
    given = row(name='МБОУ "Школа  № 12"', municipality="кочевский мо", locality="сельская")
    checked = judged(ministry, given)[0]
    assert {p.column: p.text for p in checked.problems} == {
        "name": "Исправим сами: МБОУ «Школа № 12»",
        "municipality": "Исправим сами: Кочёвский муниципальный округ",
    }
    assert checked.values["locality"] == "село"
    assert checked.title == "МБОУ «Школа № 12»"


def test_yo_and_case_in_a_municipality_are_nothing_to_speak_of(ministry):
    checked = judged(ministry, row(municipality="КОЧЕВСКИЙ муниципальный округ"))[0]
    assert checked.problems == ()


def test_a_number_does_not_turn_a_municipality_into_a_school(ministry, region):
    gayny = _gayny(region)
    gayny.inn = "8181001135"
    gayny.save()
    checked = judged(ministry, row(inn="8181001135"))[0]
    assert list(errors(checked)) == ["kind"]


def test_checking_costs_the_same_for_one_row_and_for_many(ministry):
    rows = [row(inn="8181001135"), row(name="Без номеров")]

    def more():
        rows.extend(row(name=f"Школа {n}", inn=f"{n:010}") for n in range(50))
        rows.extend(row(name=f"Без номеров {n}") for n in range(50))

    assert_queries_do_not_grow(read=lambda: judged(ministry, *rows), add_rows=more)


def test_two_rows_of_one_organization_leave_its_last_word(ministry, region):
    make_school(
        "Гайнская школа", municipality=_gayny(region), inn="8181001135", ogrn="1025900000136"
    )
    table = [
        ["наименование", "вид", "муниципалитет", "ИНН", "ОГРН", "телефон"],
        [
            "Гайнская школа",
            "школа",
            "Гайнский муниципальный округ",
            "8181001135",
            "1025900000136",
            "11-11-11",
        ],
        [
            "Гайнская школа",
            "школа",
            "Гайнский муниципальный округ",
            "",
            "1025900000136",
            "22-22-22",
        ],
    ]
    batch, applied = import_table(kind=KIND, actor=ministry, table=table)
    assert applied.created == 0
    school = Organization.objects.get(ogrn="1025900000136")
    # The second row holds a taken ОГРН: it waits for a person, the first is loaded.
    assert school.phone == "11-11-11"
    assert "2" in said_of(batch)[3][0][1]


def test_only_those_who_answer_for_the_register_load_it(region):
    for role in Role:
        at = region
        assert KIND.can_import(make_actor(role=role, at=at)) == (
            role in (Role.MINISTRY, Role.OPERATOR)
        )


def test_a_script_in_a_name_is_loaded_and_shown_as_text(client, ministry):
    table = [
        HEADER,
        ["<script>alert(1)</script>", "школа", "Гайнский муниципальный округ", "", "", "", ""],
    ]
    import_table(kind=KIND, actor=ministry, table=table)
    sign_in(client, ministry)
    text = client.get(reverse("organizations:list")).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def _gayny(region):
    return Organization.objects.get(region=region, name="Гайнский муниципальный округ")
