"""By keyboard alone, without a script, in another role, and two people at one computer."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import new_context, sign_out
from tests.journeys.conftest import House
from tests.journeys.register_files import broken_register, inn


def test_everything_on_the_way_to_an_organization_is_done_by_keyboard(page: Page, house: House):
    keys = page.keyboard
    page.goto("/sign-in/")
    tab_to(page, "input[name=login]")
    keys.type(house.logins["MINISTRY"])
    tab_to(page, "input[name=password]")
    keys.type(house.password)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Среда, 14 октября")

    # The first stop of the keyboard is the way past the menu.
    keys.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    keys.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    expect(page.locator("#palette-q")).to_be_focused()
    keys.type("гайнская")
    option = page.locator("#palette [role=option][aria-selected=true]")
    expect(option).to_contain_text("Гайнская")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Гайнская")

    # Alt and the left arrow belong to the browser's window, which there is none of here.
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Среда, 14 октября")
    keys.press("Control+k")
    keys.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control is focused; it must be seen to be."""
    for _press in range(30):
        if page.locator(selector).evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(page.locator(selector)).to_be_focused()
    width = page.locator(selector).evaluate("one => getComputedStyle(one).outlineWidth")
    assert width == "3px"


def test_without_a_script_people_sign_in_search_and_correct_a_table(browser: Browser, house: House):
    with new_context(browser, house.address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/sign-in/")
        page.get_by_label("Логин").fill(house.logins["MINISTRY"])
        page.get_by_label("Пароль", exact=True).fill(house.password)
        page.get_by_role("button", name="Войти", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Среда, 14 октября")

        page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Реестр").click()
        page.get_by_role("searchbox").fill("гайнская")
        page.get_by_role("button", name="Найти").click()
        expect(page.locator("#register tbody th").first).to_contain_text("Гайнская")

        # The palette's button is a link to a page.
        page.get_by_role("link", name=re.compile("Найти")).first.click()
        page.get_by_role("searchbox").fill("гайнская")
        page.get_by_role("searchbox").press("Enter")
        expect(page.get_by_role("main")).to_contain_text("Гайнская школа")

        page.goto("/imports/new/?kind=organizations")
        page.locator("input[type=file]").set_input_files(
            {"name": "без-скриптов.csv", "mimeType": "text/csv", "buffer": broken_register()}
        )
        page.get_by_role("button", name="Проверить файл").click()
        wait_without_a_script(page, page.get_by_role("button", name="Проверить строки"))
        page.locator("select[name*=municipality]").select_option(label="Чья школа")
        page.get_by_role("button", name="Проверить строки").click()
        wait_without_a_script(page, page.locator("#c3-inn"))
        page.locator("#c3-inn").fill(inn(2002))
        page.locator("#row-3").get_by_role("button", name="Сохранить").click()
        expect(page.locator("#row-3")).to_contain_text("Готово")


def wait_without_a_script(page: Page, wanted: object) -> None:
    """Press «Обновить» until the worker is done."""
    for _try in range(60):
        if wanted.count():
            return
        page.wait_for_timeout(500)
        again = page.get_by_role("link", name="Обновить")
        if again.count():
            again.click()
        else:
            page.reload()
    expect(wanted).to_be_visible()


def test_one_person_switches_between_their_roles(enter: Callable[..., Page]):
    """The demo's physics teacher works at a college too and is a mother at the school."""
    page = enter("TEACHER")
    before = page.locator("nav.side .brand small").inner_text()
    page.locator("button.who").click()
    here = page.locator("#me .here")
    expect(here).to_contain_text(before)
    other = page.locator("#me form[action*='/me/role/'] button").first
    title, place = other.locator("span").first.inner_text().split("\n")[:2]
    other.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Среда, 14 октября")
    expect(page.locator("nav.side .brand small")).to_have_text(place.strip())
    expect(page.locator("button.who")).to_contain_text(title.strip())
    # What is chosen lasts: on the next page too.
    page.goto("/me/")
    expect(page.locator("nav.side .brand small")).to_have_text(place.strip())


def test_after_signing_out_back_shows_nothing_to_the_next_person(page: Page, house: House):
    """Two people at one computer, one browser profile."""
    from tests.journeys.browser import sign_in_by_password

    sign_in_by_password(page, house.logins["SCHOOL_ADMIN"], house.password)
    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Люди").click()
    expect(page.get_by_role("main")).to_contain_text("Зырянова")
    sign_out(page)

    for _step in range(3):
        page.go_back()
        expect(page.get_by_label("Пароль", exact=True)).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("Зырянова")

    sign_in_by_password(page, house.logins["PUPIL"], house.password)
    for _step in range(4):
        page.go_back()
        expect(page.locator("body")).not_to_contain_text("Зырянова")


def test_a_closed_session_is_out_on_the_next_click(enter: Callable[..., Page], house: House):
    first, second = enter("EXPERT"), enter("EXPERT")
    second.goto("/me/")
    second.locator("form[action*='sessions/others'] button").first.click()
    first.get_by_role("navigation", name="Разделы").get_by_role("link").nth(1).click()
    expect(first.get_by_label("Пароль", exact=True)).to_be_visible()
    second.goto("/")
    expect(second.get_by_role("heading", level=1)).to_have_text("Среда, 14 октября")
