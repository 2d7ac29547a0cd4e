"""What a browser transfers for a page: the page, its styles, scripts and the sprite, as sent."""

import gzip
import re
from urllib.parse import urljoin, urlsplit

from bench.client import Answer, Browser
from bench.figures import Weight

# Fonts and the tab's icon are fetched beside the page and hold nothing up: not counted.
PARTS = (
    re.compile(r'<link rel="stylesheet" href="([^"]+)"'),
    re.compile(r'<script[^>]* src="([^"]+)"'),
    re.compile(r'<use href="([^"#]+)#'),
)


def weigh(one: Browser, path: str) -> Weight:
    """Return the bytes of bodies on the first visit and on the next.

    A part that may be kept without asking weighs nothing the second time; any other is asked for
    with what the browser remembers of it.
    """
    page = one.ask(path, encodings="gzip")
    parts = {address: one.ask(address) for address in addresses(_text(page), path)}
    again = one.ask(path, encodings="gzip")
    kept = {address for address, answer in parts.items() if may_be_kept(answer)}
    return Weight(
        cold=len(page.body) + sum(len(answer.body) for answer in parts.values()),
        warm=len(again.body)
        + sum(len(answer.body) for address, answer in parts.items() if address not in kept),
    )


def addresses(html: str, path: str) -> set[str]:
    """Return the addresses of the parts of a page."""
    found = {address for pattern in PARTS for address in pattern.findall(html)}
    return {urlsplit(urljoin(path, address)).path for address in found}


def may_be_kept(answer: Answer) -> bool:
    """Say whether the answer may be used again later without asking."""
    rules = answer.headers.get("Cache-Control", "")
    found = re.search(r"max-age=(\d+)", rules)
    return found is not None and int(found[1]) > 0 and "no-store" not in rules


def _text(page: Answer) -> str:
    is_packed = page.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(page.body) if is_packed else page.body).decode()
