"""``python -m tests.journeys.shots OUTDIR``: every page of a running demo, to be looked at.

Signs in as each role by one click, walks by links, and writes each page at 1440 and 390 px in the
light and dark themes and in the version for the visually impaired. Names of files:
``<page>-<role>-<width>-<look>.png``.
"""

import argparse
import os
from pathlib import Path

import django
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import new_context, open_browser
from tests.journeys.tour import ROLES, Stop, tour

WIDTHS = {1440: 900, 390: 844}
LOOKS = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "vision": {"theme": "light", "vision": "light"},
}
FOR_NOBODY = ("/sign-in/", "/sign-in/code/", "/sign-in/help/", "/c/", "/appearance/")
MISSING = Stop("missing", "/no-such-page/")


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.shots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--role", action="append", help="only these roles, such as MINISTRY")
    parser.add_argument("--page", action="append", help="only pages whose name holds this")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with open_browser() as browser:
        if not chosen.role:
            _nobody(browser, chosen)
        for stops, role in _tours(browser, chosen):
            _shoot_all(browser, stops, role, chosen)


def _nobody(browser: Browser, chosen: argparse.Namespace) -> None:
    stops = [Stop(path.strip("/").replace("/", "-"), path) for path in FOR_NOBODY]
    _shoot_all(browser, stops, "", chosen)


def _tours(browser: Browser, chosen: argparse.Namespace) -> list[tuple[list[Stop], str]]:
    """Return which pages are shown as which role, each page once, first pages as everybody."""
    known: set[str] = set()
    tours = []
    for role in ROLES:
        if chosen.role and role not in chosen.role:
            continue
        with new_context(browser, chosen.address) as context:
            page = _signed_in(context, role)
            stops = [stop for stop in tour(page, known) if stop.path != "/" or role]
            tours.append(([*stops, *([MISSING] if role == ROLES[0] else [])], role))
    return tours


def _shoot_all(browser: Browser, stops: list[Stop], role: str, chosen: argparse.Namespace) -> None:
    for width, height in WIDTHS.items():
        options = {"viewport": {"width": width, "height": height}, "is_mobile": width < 500}
        with new_context(browser, chosen.address, reduced_motion="reduce", **options) as context:
            page = _signed_in(context, role) if role else context.new_page()
            for stop in stops:
                if not chosen.page or any(part in stop.name for part in chosen.page):
                    _shoot(page, stop, role or "nobody", width, chosen.folder)


def _shoot(page: Page, stop: Stop, role: str, width: int, folder: Path) -> None:
    page.goto(stop.path)
    for look, words in LOOKS.items():
        page.evaluate(
            """words => {
                const root = document.documentElement;
                for (const name of ["theme", "vision"]) {
                    if (words[name]) root.dataset[name] = words[name];
                    else delete root.dataset[name];
                }
            }""",
            words,
        )
        name = f"{stop.name.replace(':', '-')}-{role.lower()}-{width}-{look}.png"
        page.screenshot(path=folder / name, full_page=True, animations="disabled")
    print(stop.name, role, width, flush=True)


def _signed_in(context: BrowserContext, role: str) -> Page:
    """Sign in as the demo's person of a role, by one click."""
    page = context.new_page()
    page.goto("/sign-in/")
    login = f"demo-{role.lower().replace('_', '-')}"
    page.locator(f'button[name="login"][value="{login}"]').click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


if __name__ == "__main__":
    main()
