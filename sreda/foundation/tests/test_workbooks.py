from io import BytesIO

from openpyxl import load_workbook

from sreda.foundation.workbooks import workbook


def cells(data):
    sheet = load_workbook(BytesIO(data)).active
    return sheet, [list(row) for row in sheet.iter_rows()]


def test_every_cell_is_text_whatever_it_looks_like():
    wild = [
        "=1+1",
        "+7 (342) 200-00-00",
        "0002003021",
        "http://example.org",
        "@SUM(A1)",
        "14.10.2026",
    ]
    _sheet, rows = cells(workbook(sheet="Реестр", headers=["а"] * len(wild), rows=[wild]))
    assert [cell.value for cell in rows[1]] == wild
    assert {cell.data_type for cell in rows[1]} == {"s"}
    assert {cell.hyperlink for cell in rows[1]} == {None}


def test_a_sheet_is_named_even_by_what_a_file_may_not_be_called():
    sheet, _rows = cells(workbook(sheet="[x]:/" + "длинно" * 9, headers=["а"], rows=[]))
    assert len(sheet.title) <= 31
    sheet, _rows = cells(workbook(sheet="///", headers=["а"], rows=[]))
    assert sheet.title


def test_the_header_is_bold_and_stays_in_sight():
    sheet, rows = cells(workbook(sheet="Р", headers=["ИНН"], rows=[], widths=[12]))
    assert rows[0][0].font.bold
    assert sheet.freeze_panes == "A2"
    assert 12 <= sheet.column_dimensions["A"].width < 14
