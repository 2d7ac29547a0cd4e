"""The access table and the resolver are one: neither has what the other lacks."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver

from sreda.access.facade import Role
from sreda.portal.access_table import (
    BY_NAME,
    DOORS,
    Door,
    missing_urls,
    resolver_names,
    surplus_urls,
)
from sreda.ui.static import static
from tests.access.links import Link, links

ROOT = Path(__file__).resolve().parents[2]


def test_every_address_has_a_row():
    assert missing_urls(resolver_names(), DOORS) == []


def test_every_row_has_an_address():
    assert surplus_urls(resolver_names(), DOORS) == []


def test_an_address_without_a_row_is_found():
    some = [door for door in DOORS if door.name != "portal:home"]
    assert missing_urls(resolver_names(), some) == ["portal:home"]
    assert surplus_urls(["portal:find"], [BY_NAME["portal:home"]]) == ["portal:home"]


def test_every_name_is_one():
    doubled = [name for name, number in Counter(resolver_names()).items() if number > 1]
    assert doubled == []
    assert len(BY_NAME) == len(DOORS)


def test_every_address_has_a_name():
    assert [name for name in resolver_names() if name.startswith("<")] == []


def test_a_row_opens_for_somebody_and_names_its_methods():
    for door in DOORS:
        assert any(door.opens_for(role, signed_in=True) for role in Role), door.name
        assert door.methods
        assert set(door.methods) <= {"GET", "POST"}


def test_roles_that_may_not_know_are_not_among_those_who_may_open():
    for door in DOORS:
        known = {role for role in door.unknown_to if door.opens_for(role, signed_in=True)}
        assert known == set(), door.name


def test_menu_entries_show_only_to_those_who_may_open_them():
    for door in DOORS:
        if door.menu and door.menu.only:
            assert all(door.opens_for(role, signed_in=True) for role in door.menu.only), door.name


def test_a_menu_entry_covers_names_that_exist():
    for door in DOORS:
        for start in door.menu.covers if door.menu else ():
            assert any(name.startswith(start) for name in BY_NAME), f"{door.name}: {start}"


@pytest.mark.parametrize("door", [door for door in DOORS if door.menu], ids=lambda door: door.name)
def test_a_menu_entry_has_a_picture(door: Door):
    icons = (ROOT / "sreda/ui/static/ui/icons.svg").read_text(encoding="utf-8")
    assert f'id="i-{door.menu.icon}"' in icons
    assert static("sprite.svg")


def test_every_link_in_templates_and_code_leads_somewhere():
    broken = [f"{link.place}: {trouble}" for link in links(ROOT) for trouble in troubles(link)]
    if broken:
        pytest.fail("\n".join(["", *broken]), pytrace=False)


def troubles(link: Link) -> Iterator[str]:
    """Yield what is wrong with a link: an unknown name, a wrong number of arguments."""
    if link.name not in BY_NAME:
        yield f"{link.name} is no address"
    elif link.arguments != expected(link.name):
        yield f"{link.name} takes {expected(link.name)} arguments, {link.arguments} are given"


def expected(name: str) -> int:
    """Return how many arguments an address takes."""
    namespace, _colon, rest = name.partition(":")
    resolver = get_resolver().namespace_dict[namespace][1]
    [(possibilities, *_more)] = resolver.reverse_dict.getlist(rest)
    [(_pattern, parameters)] = possibilities
    return len(parameters)
