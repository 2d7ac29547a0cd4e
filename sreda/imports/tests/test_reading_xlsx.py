"""Workbooks: what is read from them, and what never reaches the parser."""

import io
import time as stopwatch
import zipfile
import zlib
from datetime import date, datetime, time

import openpyxl
import pytest

from sreda.imports.calculations import zip_guard
from sreda.imports.calculations.cells import Remark
from sreda.imports.calculations.headers import match_headers
from sreda.imports.calculations.judging import Layout, take_record
from sreda.imports.calculations.rows import Column
from sreda.imports.calculations.sheet_scan import SheetScan
from sreda.imports.calculations.tables import below_header, find_table, open_table
from sreda.imports.calculations.troubles import Trouble, Unreadable
from sreda.imports.calculations.workbook_parts import sheet_parts

COLUMNS = (
    Column("name", "Наименование"),
    Column("inn", "ИНН", digits=(10, 12)),
    Column("note", "Примечание", required=False),
)
HEADER = ["Наименование", "ИНН", "Примечание"]
RIGHT = ["Школа № 1", "5902001121", ""]


def workbook(tmp_path, *sheets, name="table.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Лист{number}")
        for row in rows:
            sheet.append(row)
    path = tmp_path / name
    book.save(path)
    return path


def read(path):
    shape = find_table(path, COLUMNS).shape
    return shape, [(r.number, list(r.cells)) for r in below_header(open_table(path, shape), shape)]


def trouble_of(path):
    with pytest.raises(Unreadable) as refused:
        read(path)
    return refused.value.trouble


def repacked(path, *, change=None, add=None, compression=zipfile.ZIP_DEFLATED):
    """Write the archive again with parts changed (name → bytes to bytes) or added."""
    source = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", compression) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change[name](content) if change and name in change else content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return path


def test_values_become_text_as_russian_writes_them(tmp_path):
    row = ["Школа", 5902001121, date(2012, 3, 12)]
    more = [
        ["a", 1.5, datetime(2012, 3, 12, 10, 25)],  # noqa: DTZ001 -- a cell has no zone
        ["b", 278000001, time(8, 5)],
        ["c", True, -3],
    ]
    _shape, rows = read(workbook(tmp_path, [HEADER, row, *more]))
    assert [cells for _number, cells in rows] == [
        ["Школа", "5902001121", "12.03.2012"],
        ["a", "1,5", "12.03.2012 10:25"],
        ["b", "278000001", "08:05"],
        ["c", "1", "-3"],
    ]


def test_rows_are_numbered_as_excel_shows_them(tmp_path):
    rows = [["Реестр"], [], HEADER, RIGHT, [], ["Сад", "2", ""]]
    shape, found = read(workbook(tmp_path, rows))
    assert shape.header_number == 3
    assert [number for number, _cells in found] == [4, 6]


def test_the_visible_sheet_with_the_header_is_taken(tmp_path):
    path = workbook(tmp_path, [["Пояснения"], ["к таблице"]], [HEADER, RIGHT])
    assert read(path)[0].sheet == "Лист2"
    book = openpyxl.load_workbook(path)
    book["Лист2"].sheet_state = "hidden"
    book.save(path)
    assert find_table(path, COLUMNS).shape.sheet == "Лист1"


def test_a_workbook_named_csv_is_read_by_its_content(tmp_path):
    assert read(workbook(tmp_path, [HEADER, RIGHT], name="table.csv"))[1] == [(2, RIGHT)]


def test_error_cells_and_formulas_never_computed_are_told(tmp_path):
    rows = [HEADER, ["Школа", "=1/0", "#N/A"], RIGHT]
    path = workbook(tmp_path, [["x"]], rows)
    shape = find_table(path, COLUMNS).shape
    layout = Layout.of(COLUMNS, match_headers(shape.headers, COLUMNS).places, 3)
    first, second = below_header(open_table(path, shape), shape)
    noticed = take_record(first, layout).noticed
    assert {(item.remark, item.column) for item in noticed} == {
        (Remark.BROKEN, "inn"),
        (Remark.BROKEN, "note"),
    }
    assert take_record(second, layout).noticed == ()


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    path = workbook(tmp_path, [HEADER, RIGHT])
    book = openpyxl.load_workbook(path)
    book.active["A2"].value = "=1+1"
    book.active["A2"].data_type = "s"
    book.save(path)
    assert read(path)[1][0][1][0] == "=1+1"


@pytest.mark.parametrize(
    ("parts", "trouble"),
    [
        ({}, Trouble.OTHER_ARCHIVE),
        ({"readme.txt": b"x"}, Trouble.OTHER_ARCHIVE),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, Trouble.OTHER_ARCHIVE),
        ({"mimetype": b"application/x", "content.xml": b"<x/>"}, Trouble.OPEN_DOCUMENT),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"\x01"}, Trouble.BINARY_EXCEL),
        ({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}, Trouble.BROKEN_WORKBOOK),
        (
            {"[Content_Types].xml": b"<spreadsheetml/>", "xl/workbook.xml": b"<x/>"},
            Trouble.BROKEN_WORKBOOK,
        ),
    ],
)
def test_an_archive_that_is_no_workbook_is_named(tmp_path, parts, trouble):
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert trouble_of(path) is trouble


def test_an_empty_workbook_and_one_with_only_a_header_are_told(tmp_path):
    assert trouble_of(workbook(tmp_path, [])) is Trouble.NO_SHEET
    assert trouble_of(workbook(tmp_path, [HEADER])) is Trouble.NO_ROWS


def test_a_truncated_workbook_is_told(tmp_path):
    path = workbook(tmp_path, [HEADER, RIGHT])
    path.write_bytes(path.read_bytes()[:-200])
    assert trouble_of(path) is Trouble.BROKEN_ARCHIVE


def test_a_workbook_behind_a_password_is_told(tmp_path):
    path = tmp_path / "table.xlsx"
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5000 + name)
    assert trouble_of(path) is Trouble.ENCRYPTED


def test_a_workbook_above_twenty_megabytes_is_not_opened(tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * (20 * 1024 * 1024))
    assert trouble_of(path) is Trouble.WORKBOOK_TOO_LARGE


def test_a_bomb_that_declares_itself_is_refused_before_inflating(tmp_path, monkeypatch):
    path = workbook(tmp_path, [HEADER, RIGHT])
    repacked(path, add={"xl/media/image.png": b"\0" * 60_000_000})
    monkeypatch.setattr(zip_guard, "inflated", None)
    assert trouble_of(path) is Trouble.BOMB


def test_a_bomb_that_lies_about_its_size_is_measured(tmp_path, monkeypatch):
    path = workbook(tmp_path, [HEADER, RIGHT])
    repacked(path, add={"xl/media/image.png": b"\0" * 3_000_000})
    content = path.read_bytes()
    declared = (3_000_000).to_bytes(4, "little")
    # The checksum of what is declared is right too, so only measuring shows the lie.
    honest = zlib.crc32(b"\0" * 3_000_000).to_bytes(4, "little")
    small = zlib.crc32(b"\0" * 100).to_bytes(4, "little")
    lying = content.replace(declared, (100).to_bytes(4, "little")).replace(honest, small)
    assert lying != content
    path.write_bytes(lying)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    assert trouble_of(path) is Trouble.BROKEN_ARCHIVE
    monkeypatch.setattr(zip_guard, "MOST_INFLATED", 1_000_000)
    assert trouble_of(path) is Trouble.BOMB


def test_an_archive_of_too_many_parts_is_refused(tmp_path):
    path = workbook(tmp_path, [HEADER, RIGHT])
    repacked(path, add={f"x/{n}": b"" for n in range(zip_guard.MOST_ENTRIES)})
    assert trouble_of(path) is Trouble.BOMB


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b'r="C2"', b'r="XFD1048576"'),
        lambda xml: xml.replace(b'r="C2"', b"r = 'xfd1048576'"),
        lambda xml: xml.replace(b'<row r="2"', b'<row r="1048000"').replace(b'r="A2"', b""),
        lambda xml: xml.replace(b'r="C2"', b's=\' r="C2"\' r="XFD1048576"'),
        lambda xml: xml.replace(b"<c ", b"<x:c ").replace(b'r="C2"', b'r="XFD1048576"'),
    ],
)
def test_a_sheet_stretched_over_the_grid_never_reaches_the_parser(tmp_path, change):
    path = workbook(tmp_path, [[*HEADER, "a", "b", "c"], [*RIGHT, "1", "2", "3"]])

    def stretch(xml):
        changed = change(xml)
        assert changed != xml
        return changed

    assert trouble_of(repacked(path, change={SHEET: stretch})) is Trouble.SHEET_TOO_BIG


def test_a_sheet_in_wide_letters_never_reaches_the_parser(tmp_path):
    path = workbook(tmp_path, [HEADER, RIGHT])
    repacked(path, change={SHEET: lambda xml: xml.decode().encode("utf-16")})
    assert trouble_of(path) is Trouble.BROKEN_WORKBOOK


WORKBOOK = "xl/workbook.xml"
HOSTILE_TAGS = [
    b"<sheet " + b"a" * 200_000 + b">",
    b"<sheet " * 30_000,
    b"<sheet a" + b" " * 200_000 + b"=",
    b"<sheet " + b"".join(b'a%d="" ' % n for n in range(20_000)) + b"/>",
    b"<a>" * 60_000,
]


@pytest.mark.parametrize("tag", HOSTILE_TAGS)
def test_a_hostile_list_of_sheets_is_read_in_linear_time(tag):
    began = stopwatch.process_time()
    sheet_parts(tag, tag.replace(b"sheet", b"Relationship"))
    assert stopwatch.process_time() - began < 0.5


@pytest.mark.parametrize(
    "piece",
    [
        b"<row><c><f>1</f>" + b" " * 200_000 + b"x",
        (b"</f>" + b" " * 60) * 3000,
        b"</f><v>" + b" " * 200_000,
        b"</f><v></" + b"a" * 200_000,
        b' r="' + b"A" * 100_000 + b"1" * 100_000,
        b" r" * 100_000,
        b"<" + b"a" * 200_000,
    ],
)
def test_a_hostile_sheet_is_looked_over_in_linear_time(piece):
    began = stopwatch.process_time()
    SheetScan().feed(piece, is_last=True)
    assert stopwatch.process_time() - began < 0.5


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    path = workbook(tmp_path, [HEADER, RIGHT])
    declared = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    repacked(path, change={WORKBOOK: lambda xml: declared + xml})
    assert trouble_of(path) is Trouble.BROKEN_WORKBOOK


def test_a_sheet_missing_from_the_list_is_refused_and_not_read_without_its_errors(tmp_path):
    path = workbook(tmp_path, [HEADER, RIGHT])
    repacked(path, change={WORKBOOK: lambda xml: b"<<" + xml})
    assert trouble_of(path) is Trouble.BROKEN_WORKBOOK


def test_a_sheet_is_found_by_its_name_however_that_is_written(tmp_path):
    path = workbook(tmp_path, [HEADER, ["Школа", "=1/0", ""]])
    name = "Лист1".encode()
    repacked(path, change={WORKBOOK: lambda xml: xml.replace(name, "Л&#1080;&amp;т'1".encode())})
    shape = find_table(path, COLUMNS).shape
    assert shape.sheet == "Ли&т'1"
    [record] = below_header(open_table(path, shape), shape)
    assert record.broken == {1}


@pytest.mark.parametrize(
    "name", ["empty.zip", "test_infozip_3.zip", "test_osx_compress.zip", "test_win8_cz.zip"]
)
def test_archives_of_others_are_told_from_workbooks(foreign_file, name):
    assert trouble_of(foreign_file(f"zip-robustness/{name}")) is Trouble.OTHER_ARCHIVE
