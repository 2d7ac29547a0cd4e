"""Every page of the access table, in a real browser: axe finds nothing in any look, and nothing
makes the page scroll sideways at 320 px or at 200 % zoom.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sreda.access.facade import Role
from sreda.portal.access_table import DOORS, Door
from tests.journeys.browser import new_context, sign_in_by_password
from tests.journeys.checks import axe_findings, sticks_out
from tests.journeys.conftest import House
from tests.journeys.tour import ROLES, name_of, tour

# Not pages: files, words for machines, pieces of a page, addresses that only send one on.
NO_PAGES = {
    "accounts:card",
    "accounts:code_finish",
    "imports:problems",
    "imports:progress",
    "imports:sample_csv",
    "imports:sample_xlsx",
    "monitoring:wave_xlsx",
    "notifications:open",
    "organizations:export",
    "portal:audit_xlsx",
    "portal:kept_json",
    "portal:livez",
    "portal:readyz",
}
# Reached from paper, from what the demo's first pages do not show, or by those who know.
NOT_LINKED = {
    "accounts:card_pin",  # from the QR code
    "roster:card_end",  # from the page of a pupil who has a card
    "ui:gallery",
    "ui:states",
}
PAGES = [door for door in DOORS if "GET" in door.methods and door.name not in NO_PAGES]
SIZES = {
    "320 px": {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True},
    # 1280 px at 200 %: half as many CSS pixels, each twice as large.
    "200 %": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "1440 px": {"viewport": {"width": 1440, "height": 900}},
}


@pytest.fixture(scope="module")
def profiles(browser: Browser, house: House) -> Iterator["Profiles"]:
    """Signed-in profiles, each opened once."""
    opened = Profiles(browser, house)
    yield opened
    opened.close()


class Profiles:
    """One page per role and size; axe may run in it, which the security policy forbids others."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        self.contexts: list[BrowserContext] = []
        self.pages: dict[tuple[str, str], Page] = {}

    def page(self, role: str, size: str) -> Page:
        """Return the page of a role at a size; the empty role is nobody."""
        if (role, size) not in self.pages:
            context = new_context(
                self.browser,
                self.house.address,
                bypass_csp=True,
                reduced_motion="reduce",
                **SIZES[size],
            )
            self.contexts.append(context)
            page = self.pages[role, size] = context.new_page()
            if role:
                sign_in_by_password(page, self.house.logins[role], self.house.password)
        return self.pages[role, size]

    def close(self) -> None:
        """Close everything."""
        for context in self.contexts:
            context.close()


def whose(door: Door) -> list[str]:
    """Return as whom a page is looked at: everybody at the first page, else the first who may."""
    if door.name == "portal:home":
        return [role.value for role in Role]
    if door.opens_for(None, signed_in=False):
        return [""]
    return [next(role.value for role in Role if door.opens_for(role, signed_in=True))]


def path(door: Door, role: str, house: House) -> str:
    """Return the address of the demo's objects."""
    samples = house.samples[role or "MINISTRY"]
    return reverse(door.name, args=[samples[kind] for kind in door.samples])


CASES = [(door, role) for door in PAGES for role in whose(door)]
cases = pytest.mark.parametrize(
    ("door", "role"), CASES, ids=[f"{door.name}-{role.lower() or 'nobody'}" for door, role in CASES]
)


@cases
def test_axe_finds_nothing(door: Door, role: str, profiles: Profiles, house: House):
    page = profiles.page(role, "1440 px")
    page.goto(path(door, role, house))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    findings = axe_findings(page)
    assert findings == [], "\n".join(["", *findings])


@cases
@pytest.mark.parametrize("size", ["320 px", "200 %"])
def test_nothing_makes_a_page_scroll_sideways(
    size: str, door: Door, role: str, profiles: Profiles, house: House
):
    page = profiles.page(role, size)
    page.goto(path(door, role, house))
    found = sticks_out(page)
    assert found == [], "\n".join(["", *found])
    if size == "320 px":
        found = axe_findings(page, ("light",))
        assert found == [], "\n".join(["", *found])


def test_every_page_is_reached_by_links_alone(profiles: Profiles, house: House):
    known: set[str] = set()
    for role in ROLES:
        page = profiles.page(role, "1440 px")
        for stop in tour(page, known):
            assert name_of(stop.path) == stop.name
    nobody = {door.name for door in PAGES if door.opens_for(None, signed_in=False)}
    lost = {door.name for door in PAGES} - known - nobody - NOT_LINKED
    assert sorted(lost) == []


def test_the_appearance_is_kept(profiles: Profiles, house: House):
    page = profiles.page("OBSERVER", "1440 px")
    page.goto("/appearance/")
    page.get_by_label("Тёмная").check()
    page.locator("main form button[name=whole], main form button").last.click()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
