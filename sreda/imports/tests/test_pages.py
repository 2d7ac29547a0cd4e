"""The pages of the flow as a browser meets them."""

import io
import re
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sreda.access.facade import Role
from sreda.access.testing import make_actor, sign_in
from sreda.foundation import clock
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget, run_jobs
from sreda.imports.actions.applying import begin_apply
from sreda.imports.models import Batch, BatchRow, RowState, State
from sreda.imports.queries.exports import sample_csv
from sreda.imports.testing import Table, import_table, make_read_batch
from sreda.imports.tests.sample_kind import HEADER, line
from sreda.organizations.testing import make_school
from sreda.people.models import Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(client, admin):
    sign_in(client, admin)
    return client


@pytest.fixture
def batch_of(kind, admin):
    def read(*rows, header=HEADER):
        return make_read_batch(kind=kind, actor=admin, table=[header, *rows])

    return read


def address(name, batch, *more):
    return reverse(f"imports:{name}", args=[batch.uid, *more])


def text_of(response):
    html = response.content.decode()
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).replace("\u00a0", " ")


def upload(browser, content, name="table.csv", kind="sample_people", **extra):
    return browser.post(
        reverse("imports:new"),
        {"kind": kind, "file": SimpleUploadedFile(name, content)},
        **extra,
    )


def csv_of(*rows):
    return Table.of([HEADER, *rows]).content


def test_a_person_loads_a_table_from_the_first_page_to_the_last(browser, kind):
    page = browser.get(reverse("imports:new"))
    assert "Загрузка людей из таблицы" in text_of(page)
    sent = upload(browser, csv_of(line(1), line(2, born="31.02.2013"), line(3)))
    batch = Batch.objects.get()
    assert sent.status_code == 303
    assert sent.headers["Location"] == address("batch", batch)
    assert "в очереди" in text_of(browser.get(sent.headers["Location"]))
    run_jobs()
    checked = text_of(browser.get(sent.headers["Location"]))
    assert "Загрузить 2 строк" in checked
    assert "Нет такого дня: 31.02.2013" in checked
    fixed = browser.post(address("row", batch, 3), {"cell-born": "28.02.2013"})
    assert fixed.headers["Location"].startswith(address("batch", batch))
    assert fixed.headers["Location"].endswith("#row-3")
    assert "Загрузить 3 строк" in text_of(browser.get(sent.headers["Location"]))
    assert browser.post(address("apply", batch)).status_code == 303
    assert "Загружаем строки" in text_of(browser.get(sent.headers["Location"]))
    run_jobs()
    done = text_of(browser.get(sent.headers["Location"]))
    assert "новых 3" in done
    assert "Посмотреть записи" in done
    assert Person.objects.filter(first_name="-").count() == 3


def test_the_progress_asks_until_the_work_is_done(browser, kind):
    upload(browser, csv_of(line(1)))
    batch = Batch.objects.get()
    waiting = browser.get(address("progress", batch), headers=HTMX)
    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    run_jobs()
    done = browser.get(address("progress", batch), headers=HTMX)
    assert done.headers["HX-Redirect"] == address("batch", batch)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("table.doc", b"x", "Нужен файл .csv или .xlsx, а приложен .doc"),
        ("table", b"x", "файл без расширения"),
        ("table.csv", b"", "Файл пуст"),
    ],
)
def test_what_is_certainly_no_table_is_refused_at_the_field(browser, kind, name, content, words):
    answer = upload(browser, content, name)
    assert answer.status_code == 422
    assert words in text_of(answer)
    fragment = upload(browser, content, name, headers=HTMX)
    assert fragment.content.decode().lstrip().startswith("<form")
    assert not Batch.objects.exists()


def test_a_form_without_a_file_says_what_to_attach(browser, kind):
    answer = browser.post(reverse("imports:new"), {"kind": "sample_people"})
    assert "Приложите файл" in text_of(answer)


def test_a_kind_that_is_not_ones_own_cannot_be_sent(browser, kind):
    assert upload(browser, csv_of(line(1)), kind="nonsense").status_code == 422


def test_a_file_above_its_limit_is_answered_before_it_is_stored(browser, kind):
    answer = browser.generic(
        "POST",
        reverse("imports:new"),
        b"x" * 10,
        content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": str(300 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert "256 МБ" in text_of(answer)


def test_a_file_that_cannot_be_read_ends_with_its_reason(browser, batch_of, kind, admin):
    batch = make_read_batch(kind=kind, actor=admin, table=Table(b"<html><table>", "t.xlsx"))
    assert "Внутри веб-страница" in text_of(browser.get(address("batch", batch)))


def test_columns_not_recognized_are_chosen_by_hand(browser, batch_of):
    batch = batch_of(line(1), header=["Человек", "Дата рождения", "СНИЛС", "Кто"])
    page = text_of(browser.get(address("batch", batch)))
    assert "Не нашли в файле: ФИО" in page
    assert "Человек, Дата рождения, СНИЛС, Кто" in page
    assert "Боталов Кирилл 1-й" in page
    missing = browser.post(address("columns", batch), {"born": "1", "snils": "2"})
    assert missing.status_code == 422
    assert "Выберите, в каком столбце" in text_of(missing)
    twice = browser.post(address("columns", batch), {"name": "0", "born": "0", "snils": "2"})
    assert "уже выбран: ФИО" in text_of(twice)
    browser.post(address("columns", batch), {"name": "0", "born": "1", "snils": "2", "who": ""})
    run_jobs()
    assert "Загрузить 1 стро" in text_of(browser.get(address("batch", batch)))


def test_a_correction_answers_with_the_row_and_every_count(browser, batch_of):
    batch = batch_of(line(1), line(2, born="31.02.2013"))
    answer = browser.post(address("row", batch, 3), {"cell-born": "1.2.2013"}, headers=HTMX)
    html = answer.content.decode()
    assert html.lstrip().startswith('<tr id="row-3"')
    for part in ("import-stats", "import-note", "import-segments", "import-apply", "import-said"):
        assert f'id="{part}"' in html
    assert html.count('hx-swap-oob="true"') == 5
    assert "Строка 3: Готово" in text_of(answer)
    assert "Загрузить 2 строк" in text_of(answer)
    wrong = browser.post(address("row", batch, 3), {"cell-born": "32.1.2013"}, headers=HTMX)
    assert "Нет такого дня: 32.1.2013" in text_of(wrong)


def test_rows_freed_by_a_decision_come_along(browser, batch_of):
    batch = batch_of(line(1, born="31.02.2013"), line(1))
    answer = browser.post(address("decision", batch, 2), {"decision": "SKIP"}, headers=HTMX)
    html = answer.content.decode()
    assert '<tr id="row-3" hx-swap-oob="true"' in html
    back = browser.post(address("decision", batch, 2), {"decision": ""})
    assert back.status_code == 303
    assert BatchRow.objects.get(number=2).state == RowState.ERROR


def test_a_decision_that_the_row_does_not_ask_for_is_refused_in_words(browser, batch_of):
    batch = batch_of(line(1, born="31.02.2013"))
    answer = browser.post(address("decision", batch, 2), {"decision": "UPDATE"})
    assert answer.status_code == 422
    assert "об этом не спрашивает" in text_of(answer)


def test_segments_count_and_select(browser, batch_of):
    batch = batch_of(line(1), line(2, born="x"), ["=1+1", "12.03.2012", "10000000009", ""], line(2))
    page = browser.get(address("batch", batch))
    text = text_of(page)
    for words in ("Все, 4", "С замечаниями, 3", "Ошибки, 2", "Подтвердить, 1"):
        assert words in text
    assert "Двойники, " not in text
    chosen = text_of(browser.get(address("batch", batch), {"show": "confirm"}))
    assert "Похоже на формулу" in chosen
    assert "Нет такого дня" not in chosen
    everything = text_of(browser.get(address("batch", batch), {"show": "all"}))
    assert "Боталов Кирилл 1-й" in everything
    assert "Повтор строки 3" in everything


def test_nonsense_in_the_query_shows_the_page(browser, batch_of):
    batch = batch_of(line(1, born="x"))
    for query in ({"show": "'"}, {"page": "-1"}, {"page": "99999999999"}, {"page": "x"}):
        assert browser.get(address("batch", batch), query).status_code == 200


def test_script_in_a_cell_is_shown_as_text(browser, batch_of):
    evil = "<script>alert(1)</script>"
    batch = batch_of([evil, evil, evil, evil], header=[*HEADER[:3], "Кто"])
    pages = [
        browser.get(address("batch", batch)),
        browser.get(address("batch", batch), {"show": "all"}),
        browser.get(address("columns", batch)),
        browser.post(address("row", batch, 2), {"cell-name": evil + "2"}, headers=HTMX),
    ]
    for page in pages:
        assert page.status_code == 200
        assert evil not in page.content.decode()
    assert "&lt;script&gt;" in pages[0].content.decode()


def test_script_in_a_file_name_and_a_header_is_shown_as_text(browser, kind, admin):
    header = ["<img src=x onerror=alert(1)>", *HEADER[1:]]
    table = Table(Table.of([header, line(1)]).content, "<svg onload=alert(1)>.csv")
    batch = make_read_batch(kind=kind, actor=admin, table=table)
    for page in (browser.get(address("batch", batch)), browser.get(reverse("imports:list"))):
        assert "<img src=x" not in page.content.decode()
        assert "<svg onload" not in page.content.decode()


def test_rows_with_explanations_come_as_a_workbook_of_text(browser, batch_of):
    batch = batch_of(line(1), ["=1+1", "31.02.2013", "10000000009", ""])
    answer = browser.get(address("problems", batch))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [*HEADER, "Строка в файле", "Что не так"]
    assert rows[1][0] == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert rows[1][4] == "3"
    assert "Дата рождения: Нет такого дня: 31.02.2013" in rows[1][5]
    assert len(rows) == 2


def test_the_sample_is_a_table_that_can_be_loaded(browser, kind, admin):
    content = browser.get(reverse("imports:sample_csv", args=["sample_people"])).content
    assert content == sample_csv(kind)
    batch = make_read_batch(kind=kind, actor=admin, table=Table(content))
    assert batch.state == State.CHECKED
    assert batch.total_rows == 2
    book = browser.get(reverse("imports:sample_xlsx", args=["sample_people"])).content
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(book)).active[1]] == HEADER
    assert browser.get(reverse("imports:sample_csv", args=["nonsense"])).status_code == 404


def test_the_list_is_found_by_name_and_says_who_and_when(browser, kind, admin):
    for name in ("школа12_осень.csv", "Колледж.csv"):
        import_table(kind=kind, actor=admin, table=Table(csv_of(line(1)), name))
    page = text_of(browser.get(reverse("imports:list")))
    assert page.index("Колледж.csv") < page.index("школа12_осень.csv")
    assert "Анна Зырянова" in page
    found = text_of(browser.get(reverse("imports:list"), {"q": "ШКОЛА12"}))
    assert "школа12_осень.csv" in found
    assert "Колледж.csv" not in found
    assert "ничего нет" in text_of(browser.get(reverse("imports:list"), {"q": "нет такого"}))


def test_a_loading_at_work_names_who_began_it(browser, batch_of, admin):
    batch = batch_of(line(1))
    begin_apply(actor=admin, batch_uid=batch.uid, now=clock.now())
    assert "Анна Зырянова" in text_of(browser.get(address("batch", batch)))


def test_canceling_leads_back_to_the_list(browser, batch_of):
    batch = batch_of(line(1))
    assert browser.post(address("cancel", batch)).headers["Location"] == reverse("imports:list")
    assert "Загрузку отменили" in text_of(browser.get(address("batch", batch)))


PAGES = ("batch", "columns", "progress", "problems")
DEEDS = (("row", 2), ("decision", 2), ("apply",), ("cancel",), ("columns",))


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SCHOOL_ADMIN])
def test_a_batch_of_another_place_or_role_does_not_exist(client, batch_of, school, role):
    batch = batch_of(line(1, born="x"))
    place = school if role == Role.TEACHER else make_school()
    sign_in(client, make_actor(role=role, at=place, name="Гилёв Глеб Олегович"))
    for name in PAGES:
        assert client.get(address(name, batch)).status_code == 404, name
    for name, *more in DEEDS:
        assert client.post(address(name, batch, *more)).status_code == 404, name
    batch.refresh_from_db()
    assert batch.state == State.CHECKED


def test_a_colleague_of_the_same_place_goes_on_with_it(client, batch_of, school):
    batch = batch_of(line(1, born="x"))
    sign_in(client, make_actor(role=Role.SCHOOL_ADMIN, at=school, name="Гилёв Глеб Олегович"))
    for name in PAGES[:2]:
        assert client.get(address(name, batch)).status_code == 200, name
    assert client.post(address("row", batch, 2), {"cell-born": "1.2.2013"}).status_code == 303


def test_who_may_load_nothing_is_told_so(client, kind, school):
    sign_in(client, make_actor(role=Role.TEACHER, at=school))
    for name in ("list", "new"):
        answer = client.get(reverse(f"imports:{name}"))
        assert answer.status_code == 403
        assert "не поручено" in text_of(answer)
    sample = reverse("imports:sample_csv", args=["sample_people"])
    assert client.get(sample).status_code == 404


def test_nobody_sees_anything(client, batch_of):
    batch = batch_of(line(1))
    for url in (reverse("imports:list"), address("batch", batch)):
        assert client.get(url).status_code == 302


def test_a_guessed_uid_or_row_does_not_exist(browser, batch_of):
    batch = batch_of(line(1, born="x"))
    guessed = str(batch.uid)[:-1] + ("0" if str(batch.uid)[-1] != "0" else "1")
    assert browser.get(reverse("imports:batch", args=[guessed])).status_code == 404
    for number in (999, 10**30):
        assert browser.post(address("row", batch, number), {"cell-born": "1"}).status_code == 404


def test_deeds_are_never_done_by_following_a_link(browser, batch_of):
    batch = batch_of(line(1, born="x"))
    for name, *more in DEEDS[:4]:
        assert browser.get(address(name, batch, *more)).status_code == 405, name


def test_the_check_page_asks_as_often_for_many_rows(browser, batch_of):
    batch = batch_of(line(1, born="x"))

    def more_rows():
        BatchRow.objects.bulk_create(
            BatchRow(
                batch=batch,
                number=number,
                state=RowState.ERROR,
                values={"name": "Боталов", "born": "x", "snils": "1", "who": ""},
                problems=[{"level": "ERROR", "column": "born", "text": "Нет такого дня"}],
            )
            for number in range(100, 160)
        )

    def read():
        return browser.get(address("batch", batch), {"show": "errors"})

    assert_queries_do_not_grow(read=read, add_rows=more_rows)
    with assert_query_budget(12):
        read()


def test_the_list_asks_as_often_for_many_batches(browser, kind, admin):
    import_table(kind=kind, actor=admin, table=[HEADER, line(1)])

    def more():
        for number in range(2, 5):
            import_table(kind=kind, actor=admin, table=[HEADER, line(number)])

    assert_queries_do_not_grow(read=lambda: browser.get(reverse("imports:list")), add_rows=more)
