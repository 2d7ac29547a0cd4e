"""Script in any text field is shown as text: stored in every field of a world, and in addresses."""

import html
import os
import re

import pytest
from django.utils.http import urlencode

from sreda.access.facade import Role
from sreda.portal.access_table import DOORS, Door
from tests.access.walk import Answer, address, ask
from tests.access.world import STAIN, World

pytestmark = pytest.mark.django_db

# A part of the stain as markup: a tag, a quote that ends an attribute, an address that runs.
ALIVE = re.compile(r"""<script>alert|<img/src|<b>Б|"'(?:>|&gt;)(?:<|&lt;)img|href="javascript:""")
QUERY_NAMES = (
    "q",
    "page",
    "sort",
    "kind",
    "show",
    "next",
    "only",
    "role",
    "group",
    "person",
    "since",
    "municipality",
    "status",
    "locality",
)
pages = [door for door in DOORS if "GET" in door.methods]
doors = pytest.mark.parametrize("door", pages, ids=lambda door: door.name)


def answers(door: Door, world: World) -> list[tuple[Role, Answer]]:
    """Open a page as everybody who may; SREDA_MATRIX=short: as one of them."""
    allowed = [role for role in Role if door.opens_for(role, signed_in=True)]
    if os.environ.get("SREDA_MATRIX") == "short":
        allowed = allowed[:1]
    return [
        (role, ask("GET", address(door, world, role), world.own.keys[role])) for role in allowed
    ]


@doors
def test_a_page_shows_script_as_text(door: Door, stained_world: World):
    for role, answer in answers(door, stained_world):
        assert answer.status < 400, role
        if "text/html" in answer.headers.get("Content-Type", ""):
            alive = ALIVE.search(answer.text)
            assert alive is None, f"as {role.name}: {answer.text[alive.start() - 80 : alive.end()]}"
        else:
            # What is not a page is never taken for one.
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@doors
def test_a_page_repeats_no_script_from_its_address(door: Door, stained_world: World):
    role = next(role for role in Role if door.opens_for(role, signed_in=True))
    url = f"{address(door, stained_world, role)}?{urlencode(dict.fromkeys(QUERY_NAMES, STAIN))}"
    for htmx in (False, True):
        answer = ask("GET", url, stained_world.own.keys[role], htmx=htmx)
        assert answer.status < 500
        assert "://" not in answer.location
        if "text/html" in answer.headers.get("Content-Type", ""):
            assert ALIVE.search(answer.text) is None


def test_the_stain_is_really_on_the_pages(stained_world: World):
    """Without this the tests above could pass on empty pages."""
    shown = set()
    for door in pages:
        for _role, answer in answers(door, stained_world):
            if html.escape(STAIN, quote=False).split('"')[0] in answer.text:
                shown.add(door.name)
    assert {
        "portal:home",
        "portal:kept",
        "organizations:list",
        "organizations:card",
        "organizations:buildings",
        "roster:people",
        "roster:person",
        "roster:school_class",
        "imports:list",
        "imports:batch",
        "monitoring:waves",
        "monitoring:wave",
        "notifications:list",
        "accounts:profile",
    } <= shown


def test_pages_forbid_script_that_is_not_a_file_of_ours(stained_world: World):
    for door in pages:
        for _role, answer in answers(door, stained_world)[:1]:
            policy = answer.headers.get("Content-Security-Policy", "")
            assert "default-src 'self'" in policy, door.name
            assert "unsafe" not in policy, door.name
