"""A walk by links only: which page is found where, starting from each role's first page."""

from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

DOWNLOADS = (".xlsx", ".csv", ".json")
# The order of roles: whoever comes first shows the page.
ROLES = (
    "MINISTRY",
    "SCHOOL_ADMIN",
    "OPERATOR",
    "CLASS_TEACHER",
    "GUARDIAN",
    "PUPIL",
    "MUNICIPAL",
    "DIRECTOR",
    "HEAD_TEACHER",
    "TEACHER",
    "AUTHOR",
    "EXPERT",
    "OBSERVER",
)


@dataclass(frozen=True)
class Stop:
    """A page of the tour: its URL name, and where it was found."""

    name: str
    path: str


def tour(page: Page, known: set[str]) -> list[Stop]:
    """Return a page for every URL name not in ``known`` that links lead to from «/»; add them."""
    stops, queue, seen = [], deque(["/"]), {"/"}
    while queue:
        path = queue.popleft()
        name = name_of(path)
        if not name or (name in known and path != "/"):
            continue
        known.add(name)
        page.goto(path)
        stops.append(Stop(name, path))
        for found in links_of(page):
            if found not in seen:
                seen.add(found)
                queue.append(found)
    return stops


def links_of(page: Page) -> list[str]:
    """Return the addresses of ours that a page links to, without downloads."""
    addresses = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    own = urlsplit(page.url).netloc
    paths = []
    for address in addresses:
        parts = urlsplit(address)
        if parts.netloc == own and not parts.path.endswith(DOWNLOADS):
            paths.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(dict.fromkeys(paths))


def name_of(path: str) -> str:
    """Return the URL name of an address, empty for a file."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
