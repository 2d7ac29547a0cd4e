"""The real browser of the journeys, and what they do in it again and again."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT_MS = 15_000


def chromium() -> str | None:
    """Return where Chromium is, None when it is not installed."""
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Chromium without a window, and end it."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


def new_context(browser: Browser, address: str, **options: object) -> BrowserContext:
    """Return a fresh profile that speaks Russian, with a patience fit for a slow machine."""
    context = browser.new_context(
        base_url=address, locale="ru-RU", timezone_id="Asia/Yekaterinburg", **options
    )
    context.set_default_timeout(WAIT_MS)
    return context


def sign_in_by_password(page: Page, login: str, password: str) -> None:
    """Fill the form of the sign-in page and go in."""
    page.goto("/sign-in/")
    page.get_by_label("Логин").fill(login)
    page.get_by_label("Пароль", exact=True).fill(password)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def sign_out(page: Page) -> None:
    """Sign out by the person's own menu."""
    page.locator("button.who").click()
    page.locator("#me").get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/sign-in/")
