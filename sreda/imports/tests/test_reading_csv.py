"""Tables as people save them: every encoding and separator, and files that are no tables."""

import csv
import io
import tracemalloc
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sreda.imports.calculations.cells import LONGEST_CELL, Remark, is_formula, read_cell
from sreda.imports.calculations.csv_tables import LONGEST_LINE
from sreda.imports.calculations.encodings import encoding_of
from sreda.imports.calculations.headers import folded, match_headers
from sreda.imports.calculations.judging import Layout, take_record
from sreda.imports.calculations.rows import Column
from sreda.imports.calculations.tables import below_header, find_table, open_table
from sreda.imports.calculations.troubles import Trouble, Unreadable

COLUMNS = (
    Column("name", "Наименование", ("название",)),
    Column("inn", "ИНН", digits=(10, 12)),
    Column("note", "Примечание", required=False),
)
HEADER = "Наименование;ИНН;Примечание"
ROWS = "Школа № 1;5902001121;ёлка\r\nШкола № 2;5902001146;"


def write(tmp_path, content, *, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(path, columns=COLUMNS):
    """Return the shape and the rows under the header, as lists of cells."""
    shape = find_table(path, columns).shape
    return shape, [(r.number, list(r.cells)) for r in below_header(open_table(path, shape), shape)]


def trouble_of(path):
    with pytest.raises(Unreadable) as refused:
        read(path)
    return refused.value.trouble


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8_r"],
)
def test_every_encoding_gives_the_same_rows(tmp_path, encoding):
    text = f"{HEADER}\r\n{ROWS}\r\n"
    expected = [(2, ["Школа № 1", "5902001121", "ёлка"]), (3, ["Школа № 2", "5902001146", ""])]
    if encoding == "koi8_r":  # it has no «№»
        text = text.replace("№", "N")
        expected = [(n, [cell.replace("№", "N") for cell in cells]) for n, cells in expected]
    assert read(write(tmp_path, text, encoding=encoding))[1] == expected


def test_capitals_in_1251_are_not_taken_for_another_encoding(tmp_path):
    path = write(tmp_path, "НАИМЕНОВАНИЕ;ИНН\r\nГИМНАЗИЯ;5902001121\r\n" * 5, encoding="cp1251")
    assert encoding_of(path) == "cp1251"


def test_1251_is_seen_even_when_its_first_letter_comes_late(tmp_path):
    text = b"name;inn\n" + b"x;1\n" * 400_000 + "Школа;2\n".encode("cp1251")
    assert encoding_of(write(tmp_path, text)) == "cp1251"


def test_one_broken_letter_does_not_make_utf8_another_encoding(tmp_path):
    text = (f"{HEADER}\n" + "Школа № 1;5902001121;да\n" * 20).encode() + b"\xd0;1;\n"
    shape, rows = read(write(tmp_path, text))
    assert shape.encoding == "utf-8"
    assert rows[-1][1][0] == "\ufffd"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_recognized(tmp_path, separator, ending):
    text = f"{HEADER}\n{ROWS}".replace("\r\n", "\n").replace(";", separator)
    _shape, rows = read(write(tmp_path, text.replace("\n", ending)))
    assert [cells[1] for _number, cells in rows] == ["5902001121", "5902001146"]


def test_a_separator_inside_quotes_does_not_mislead(tmp_path):
    text = 'Наименование,ИНН,Примечание\n"Школа; сад; ясли",5902001121,"a;b;c;d"\n'
    shape, rows = read(write(tmp_path, text))
    assert shape.separator == ","
    assert rows == [(2, ["Школа; сад; ясли", "5902001121", "a;b;c;d"])]


def test_excels_own_separator_line_is_no_row(tmp_path):
    shape, rows = read(write(tmp_path, f"sep=;\r\n{HEADER}\r\n{ROWS}"))
    assert shape.header_number == 1
    assert rows[0][0] == 2


def test_the_header_may_stand_under_title_lines(tmp_path):
    titles = "Реестр организаций;;\r\nна 1 сентября;;\r\n\r\n"
    shape, rows = read(write(tmp_path, f"{titles}{HEADER}\r\n{ROWS}"))
    assert shape.header_number == 4
    assert [number for number, _cells in rows] == [5, 6]


def test_blank_lines_are_no_rows_but_keep_the_count(tmp_path):
    _shape, rows = read(write(tmp_path, f"{HEADER}\n\nШкола;1;\n;;\n \nСад;2;\n"))
    assert [number for number, _cells in rows] == [3, 6]


def test_a_cell_may_hold_quotes_and_line_ends(tmp_path):
    _shape, rows = read(write(tmp_path, f'{HEADER}\n"Школа ""Луч""\nсело";1;\nСад;2;\n'))
    assert rows[0] == (2, ['Школа "Луч"\nсело', "1", ""])
    assert rows[1][0] == 3


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", Trouble.EMPTY),
        (b"\xef\xbb\xbf", Trouble.EMPTY),
        (b"\n \n;;\n", Trouble.EMPTY),
        (HEADER.encode(), Trouble.NO_ROWS),
        (b"<!DOCTYPE html><table><tr><td>1", Trouble.WEB_PAGE),
        (b"  <html><body>", Trouble.WEB_PAGE),
        (b"%PDF-1.7 ...", Trouble.PDF),
        (b"\x89PNG\r\n\x1a\n....", Trouble.BINARY),
        (bytes(range(32)) * 100, Trouble.BINARY),
        (b"Rar!\x1a\x07\x00", Trouble.OTHER_ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, Trouble.OLD_EXCEL),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, trouble):
    assert trouble_of(write(tmp_path, content)) is trouble


def test_an_open_quote_names_the_row(tmp_path):
    text = f'{HEADER}\nШкола;1;\n"Сад;2;\n' + "Школа;3;\n" * 40_000
    with pytest.raises(Unreadable) as refused:
        read(write(tmp_path, text))
    assert refused.value.trouble is Trouble.LONG_CELL
    assert refused.value.facts["row"] == 3


def test_a_line_without_end_is_stopped_early(tmp_path):
    path = write(tmp_path, f"{HEADER}\n".encode() + b"x" * (LONGEST_LINE + 10))
    assert trouble_of(path) is Trouble.LONG_LINE


def test_too_many_columns_are_refused(tmp_path):
    assert trouble_of(write(tmp_path, f"{HEADER}\n" + "1;" * 500 + "\n")) is Trouble.TOO_WIDE


def test_three_hundred_thousand_rows_pass_through_little_memory(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{HEADER}\r\n")
        file.writelines(
            f"Школа № {n} (учебные данные);{5_902_000_000 + n};ул. Школьная, {n}\r\n"
            for n in range(300_000)
        )
    shape = find_table(path, COLUMNS).shape
    layout = Layout.of(COLUMNS, match_headers(shape.headers, COLUMNS).places, 3)
    began = perf_counter()
    count = sum(
        not take_record(record, layout).noticed
        for record in below_header(open_table(path, shape), shape)
    )
    assert count == 300_000
    assert perf_counter() - began < 15  # about 2 s alone on one core
    tracemalloc.start()
    for record in below_header(open_table(path, shape), shape):
        if record.number == 60_000:
            break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]),
    max_size=20,
)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=30))
def test_whatever_csv_can_write_is_read_back(tmp_path_factory, written):
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER.split(";"))
    writer.writerows([("Школа", "1", ""), *written])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    _shape, rows = read(path)
    filled = [list(row) for row in written if any(row)]
    assert [cells for _number, cells in rows][1:] == filled


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.org","IT-куб")',
        "+cmd|' /C calc'!A0",
        "-SUM(A1)",
        "@SUM(1)",
        "+(1)",
        "-2+3+cmd|' /C calc'!A0",
        "- A1",
        "=сумм(а1)",
    ],
)
def test_formulas_are_known(text):
    assert is_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "+7 (342) 212-00-00",
        "-5",
        "+5,2",
        "-",
        "—",
        "=",
        "- 12",
        "+7 342 2120000 доб. 5",
        "8-800",
        "ул. Мира, 1=2",
        "a@b.ru",
        "-12 %",
    ],
)
def test_phones_numbers_and_dashes_are_no_formulas(text):
    assert not is_formula(text)


def test_cells_are_stripped_and_invisible_signs_are_told():
    assert read_cell("\t Школа\u00a0№\u2009 5 \n").text == "Школа № 5"
    assert read_cell("\t Школа ").remarks == ()
    assert read_cell("Шко\u00adла\x00\u200b").text == "Школа"
    assert read_cell("Шко\u200bла").remarks == (Remark.INVISIBLE,)


def test_what_table_programs_do_to_long_numbers_is_undone_or_told():
    digits = (10, 12)
    assert read_cell("278000001", digits=digits) == read_cell("278000001.0", digits=digits)
    assert read_cell("278000001", digits=digits).text == "0278000001"
    assert read_cell("278000001", digits=digits).remarks == (Remark.ZERO_BACK,)
    assert read_cell("5902001121", digits=digits).remarks == ()
    assert read_cell("5,902E+09", digits=digits).remarks == (Remark.SHORTENED,)


def test_a_very_long_cell_is_cut_and_told():
    cell = read_cell("я" * 100_000)
    assert len(cell.text) == LONGEST_CELL
    assert cell.remarks == (Remark.TOO_LONG,)


def test_a_row_shorter_or_longer_than_the_header_is_noticed(tmp_path):
    path = write(tmp_path, f"{HEADER}\nШкола;1\nСад;2;;;\nДом;3;;лишнее\n")
    shape = find_table(path, COLUMNS).shape
    layout = Layout.of(COLUMNS, match_headers(shape.headers, COLUMNS).places, 3)
    noticed = [
        [(item.remark, item.found, item.expected) for item in take_record(record, layout).noticed]
        for record in below_header(open_table(path, shape), shape)
    ]
    assert noticed == [[(Remark.RAGGED, "2", "3")], [], [(Remark.RAGGED, "4", "3")]]


def test_headers_are_known_by_title_and_synonym_however_they_are_spelled():
    assert folded(" Дата_рождения (ДД.ММ) ") == folded("дата рождения дд мм")
    match = match_headers(["НАЗВАНИЕ ", "и.н.н.", "лишний"], COLUMNS)
    assert match.places == {"name": 0, "inn": 1}
    assert match.unknown == (2,)
    assert match.needs_hand  # the extra column may be the optional one


def test_missing_and_doubled_columns_need_a_hand():
    assert match_headers(["Наименование"], COLUMNS).missing == ("inn",)
    doubled = match_headers(["Наименование", "ИНН", "инн"], COLUMNS)
    assert doubled.doubled == ("inn",)
    assert doubled.needs_hand
    assert not match_headers(["Наименование", "ИНН"], COLUMNS).needs_hand
    assert match_headers(["название", "Наименование", "ИНН"], COLUMNS).places["name"] == 1
