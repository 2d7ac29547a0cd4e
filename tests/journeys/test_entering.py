"""Every role comes in by each way that it has, and sees its own day and menu."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import sign_in_by_password, sign_out
from tests.journeys.conftest import House
from tests.journeys.qr import read_qr
from tests.journeys.tour import ROLES

HOME = "Среда, 14 октября"
MENU = {
    "PUPIL": ["Сегодня", "Организация"],
    "GUARDIAN": ["Сегодня", "Организация"],
    "TEACHER": ["Сегодня", "Люди", "Организация"],
    "CLASS_TEACHER": ["Сегодня", "Люди", "Организация"],
    "HEAD_TEACHER": ["Сегодня", "Люди", "Организация"],
    "DIRECTOR": ["Сегодня", "Люди", "Организация"],
    "SCHOOL_ADMIN": ["Сегодня", "Люди", "Организация", "Действия"],
    "MUNICIPAL": ["Сегодня", "Реестр", "Перечни"],
    "MINISTRY": ["Сегодня", "Реестр", "Загрузки", "Перечни"],
    "OPERATOR": ["Сегодня", "Реестр", "Загрузки", "Перечни", "Действия"],
    "AUTHOR": ["Сегодня", "Организация"],
    "EXPERT": ["Сегодня", "Организация"],
    "OBSERVER": ["Сегодня", "Реестр", "Перечни"],
}
NEW_PASSWORD = "sosulka-12-vesnoy"


def sees_home(page: Page, role: str) -> None:
    """The day and exactly the role's menu."""
    expect(page.get_by_role("heading", level=1)).to_have_text(HOME)
    labels = page.locator("nav.side .nav > li:not(.only-phone) a > span:first-of-type")
    expect(labels).to_have_text(MENU[role])


@pytest.mark.parametrize("role", ROLES)
def test_a_role_signs_in_by_password(role: str, page: Page, house: House):
    sign_in_by_password(page, house.logins[role], house.password)
    sees_home(page, role)
    expect(page.locator("button.who")).to_contain_text(house.names[role])
    sign_out(page)


@pytest.mark.parametrize("role", ROLES)
def test_in_the_demo_a_role_comes_in_by_one_click(role: str, page: Page, house: House):
    page.goto("/sign-in/")
    page.locator(f'button[name="login"][value="{house.logins[role]}"]').click()
    sees_home(page, role)
    expect(page.locator(".demo-line")).to_contain_text("Учебные данные")


def test_a_wrong_password_is_refused_in_words(page: Page, house: House):
    page.goto("/sign-in/")
    page.get_by_label("Логин").fill(house.logins["OBSERVER"])
    page.get_by_label("Пароль", exact=True).fill("не тот пароль")
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_text("Логин или пароль не подошли")).to_be_visible()
    expect(page.get_by_label("Логин")).to_have_value(house.logins["OBSERVER"])


def test_a_pupil_comes_in_by_the_card_of_the_class(
    enter: Callable[..., Page], context: BrowserContext, house: House
):
    teacher = enter("CLASS_TEACHER")
    teacher.goto(f"/classes/{house.samples['CLASS_TEACHER']['class']}/cards/")
    pupil = house.samples["PUPIL"]["pupil"]
    boxes = teacher.locator('input[name="person"]')
    for box in boxes.all():
        box.set_checked(box.get_attribute("value") == pupil)
    teacher.get_by_role("button", name=re.compile("Напечатать")).click()
    address, pin = printed_card(teacher)

    page = context.new_page()
    page.goto(address)
    assert "/c/" in address
    assert address.rsplit("/", 2)[1] not in page.url  # the secret leaves the address at once
    page.get_by_label(re.compile("PIN")).fill(pin)
    page.get_by_role("button", name="Войти", exact=True).click()
    sees_home(page, "PUPIL")


def printed_card(page: Page) -> tuple[str, str]:
    """Return the address in the QR code and the PIN on the teacher's sheet."""
    pin = re.search(r"\t(\d{4})\t", page.locator("table").inner_text())
    assert pin
    return read_qr(page.locator("svg.qr").first), pin[1]


@pytest.mark.parametrize("role", ["GUARDIAN", "TEACHER"])
def test_a_first_visit_by_a_one_time_code(
    role: str, enter: Callable[..., Page], context: BrowserContext, house: House
):
    """A guardian's code is given by the class teacher, a colleague's by the administrator."""
    if role == "GUARDIAN":
        giver = enter("CLASS_TEACHER")
        giver.goto(f"/classes/{house.samples['CLASS_TEACHER']['class']}/codes/")
        boxes = giver.locator('input[name="person"]')
        for number, box in enumerate(boxes.all()):
            box.set_checked(number == 0)
        giver.get_by_role("button", name="Выдать коды").click()
    else:
        giver = enter("SCHOOL_ADMIN")
        giver.goto(f"/people/{house.samples['SCHOOL_ADMIN']['colleague']}/code/")
        giver.get_by_role("button", name="Выдать код", exact=True).click()
    code = re.search(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}\b", giver.locator("main").inner_text())
    assert code

    page = context.new_page()
    page.goto("/sign-in/code/")
    page.get_by_label("Код").fill(code[0].lower())
    page.get_by_role("button", name="Дальше").click()
    login = page.get_by_label("Логин").input_value()
    page.locator("input[name=password]").fill(NEW_PASSWORD)
    page.locator("input[name=again]").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Сохранить и войти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOME)

    sign_out(page)
    sign_in_by_password(page, login, NEW_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text(HOME)

    sign_out(page)
    page.goto("/sign-in/code/")
    page.get_by_label("Код").fill(code[0])
    page.get_by_role("button", name="Дальше").click()
    expect(page.get_by_text("уже использован")).to_be_visible()
