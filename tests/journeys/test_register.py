"""A ministry loads its register from a table with errors, corrects it in place, loads it again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.register_files import broken_register, inn


def upload(page: Page, name: str, content: bytes) -> None:
    """Go to the import page by the menu and send a file."""
    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Загрузки").click()
    page.get_by_role("link", name=re.compile("^Загрузить")).first.click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Проверить файл").click()
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/"))


def corrected(page: Page, row: int, column: str, value: str) -> None:
    """Type into a cell of a row and leave it; wait until the row is ready."""
    page.locator(f"#c{row}-{column}").fill(value)
    page.locator(f"#c{row}-{column}").press("Tab")
    expect(page.locator(f"#row-{row}")).to_contain_text("Готово")


def load(page: Page) -> None:
    """Load the ready rows and wait until they are loaded."""
    page.locator("#import-apply button").click()
    expect(page.locator("#import-stats")).to_contain_text("Загружено")


def found(page: Page, words: str) -> int:
    """Return how many rows the register shows for a search."""
    page.goto(f"/organizations/?q={words}")
    return page.locator("#register tbody tr").count()


def test_the_ministry_loads_its_register_with_errors_and_corrects_them(
    enter: Callable[..., Page],
):
    page = enter("MINISTRY")
    table = broken_register()
    upload(page, "реестр.csv", table)

    # The header of the municipality is unknown, so its column is chosen by hand.
    expect(page.get_by_role("heading", name="Первые строки файла")).to_be_visible()
    page.locator("select[name*=municipality]").select_option(label="Чья школа")
    page.get_by_role("button", name="Проверить строки").click()

    # The dry run says what is wrong, where, and what is expected.
    expect(page.locator("#row-3")).to_contain_text("ИНН")
    expect(page.locator("#row-3 .bad-cell")).to_have_count(1)
    expect(page.locator("#c4-municipality")).to_have_value("Нет такого округа")
    expect(page.locator("#row-4 .bad-cell")).to_have_count(1)
    expect(page.locator("#row-5")).to_contain_text("Подтвердите")
    assert found_elsewhere(page, "Тулвинская") == 0, "nothing is written before it is confirmed"

    corrected(page, 3, "inn", inn(2))
    corrected(page, 4, "municipality", "Пермский городской округ")
    page.get_by_role("button", name="Принять как текст, строка 5").click()
    expect(page.locator("#row-5")).to_contain_text("Готово")
    expect(page.locator("#import-apply button")).to_contain_text("Загрузить 4")
    load(page)
    expect(page.locator("#import-stats")).to_contain_text("новых 4")

    # The organization is in the list, and its card opens.
    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Реестр").click()
    page.get_by_role("searchbox").fill("тулвинская")
    link = page.locator("#register").get_by_role("link", name="Тулвинская школа")
    expect(link).to_be_visible()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Тулвинская школа")
    expect(page.locator("main")).to_contain_text(inn(1))

    # The formula was loaded as text.
    page.goto("/organizations/?q=formula.example")
    expect(page.locator("#register tbody")).to_contain_text("=HYPERLINK")

    # The same file once more: the ready row is there already, nothing is doubled.
    upload(page, "реестр.csv", table)
    page.locator("select[name*=municipality]").select_option(label="Чья школа")
    page.get_by_role("button", name="Проверить строки").click()
    expect(page.locator("#import-stats")).to_contain_text("без изменений 1")
    expect(page.locator("main")).to_contain_text("Этот же файл уже загружали")
    load(page)
    expect(page.locator("#import-stats")).to_contain_text("новых 0")
    assert found(page, "тулвинская") == 1


def found_elsewhere(page: Page, words: str) -> int:
    """Search in a second tab, so that the open page stays."""
    other = page.context.new_page()
    number = found(other, words)
    other.close()
    return number


def test_a_foreign_broken_register_is_told_row_by_row(
    enter: Callable[..., Page], foreign_file: Callable[[str], Path]
):
    page = enter("MINISTRY")
    upload(
        page,
        "organizations-broken.csv",
        foreign_file("roster-ru/organizations-broken.csv").read_bytes(),
    )
    expect(page.locator("#import-stats")).to_contain_text("Нужна правка")
    expect(page.locator("#row-2 .bad-cell")).not_to_have_count(0)
    expect(page.locator("#row-3 .bad-cell")).not_to_have_count(0)
    page.get_by_role("button", name=re.compile("Отменить")).first.click()
    page.locator("dialog[open] form button").click()
    expect(page.get_by_role("status").filter(has_text="ни одна строка не записана")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("пустой.csv", b"", "пуст"),
        ("таблица.xlsx", b"PK\x03\x04 not a workbook", "повреждён"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "Нужен файл .csv или .xlsx"),
    ],
    ids=["empty", "broken workbook", "picture"],
)
def test_what_is_no_table_is_refused_in_words(
    name: str, content: bytes, words: str, enter: Callable[..., Page]
):
    page = enter("MINISTRY")
    page.goto("/imports/new/?kind=organizations")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Проверить файл").click()
    said = page.locator("main .error, main .callout, main [role=alert], main .empty")
    expect(said.filter(has_text=re.compile(words)).first).to_be_visible()
