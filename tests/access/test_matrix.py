"""Every address as every role: of the own place, of a strange one, as nobody, without a role.

What is expected stands in ``sreda.portal.access_table``. SREDA_MATRIX=short asks one role per
address: on PostgreSQL only the queries can differ, not who may.
"""

import os
import re
from collections.abc import Iterator

import pytest

from sreda.access.facade import Role
from sreda.portal.access_table import DOORS, Anyone, Door
from tests.access.walk import COMMON, address, ask, guessed
from tests.access.world import ABOVE, OWN_PEOPLE, OWN_PLACE, World

pytestmark = pytest.mark.django_db
SHORT = os.environ.get("SREDA_MATRIX") == "short"
OPENED = {200, 204, 302, 303, 422}
REFUSED_IN_WORDS = re.compile(r"<h1>[^<]*[а-яё]{3}[^<]{10,}</h1>")
# What an empty form gets where it is not 422, with the reason.
ANSWERS: dict[str, set[int]] = {
    "accounts:demo": {404},  # there is no such page outside the demo
}
# The strange municipality is of the same region, so it reads the region's lists: its own part.
SHARED_BY: dict[Role, set[str]] = {Role.MUNICIPAL: {"wave"}}
doors = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)


def roles_to_ask(door: Door) -> list[Role]:
    """Return all roles, or one of those that may open the door."""
    return [role for role in Role if opens(door, role)][:1] if SHORT else list(Role)


def opens(door: Door, role: Role) -> bool:
    return door.opens_for(role, signed_in=True)


@doors
def test_a_door_opens_for_its_roles_and_for_no_other(door: Door, world: World):
    tell(
        f"{method} as {role.name}: {trouble}"
        for role in roles_to_ask(door)
        for method in door.methods
        for trouble in own_place(door, world, role, method)
    )


def own_place(door: Door, world: World, role: Role, method: str) -> Iterator[str]:
    answer = ask(method, address(door, world, role), world.own.keys[role])
    if opens(door, role):
        if answer.status not in ANSWERS.get(door.name, OPENED):
            yield f"answered {answer.status}, the table says it is open"
        elif answer.is_to_sign_in and door.who is not Anyone.EVERYONE:
            yield "was sent to sign in"
    elif role in door.unknown_to:
        if answer.status != 404:
            yield f"answered {answer.status}, the table says they may not know of it (404)"
    elif answer.status != 403:
        yield f"answered {answer.status}, the table says it is closed (403)"
    elif not REFUSED_IN_WORDS.search(answer.text):
        yield "is refused without words"


@doors
def test_what_belongs_to_others_is_not_there(door: Door, world: World):
    tell(
        f"{method} as a strange {role.name}: {trouble}"
        for role in roles_to_ask(door)
        for method in door.methods
        for trouble in strange_place(door, world, role, method)
    )


def strange_place(door: Door, world: World, role: Role, method: str) -> Iterator[str]:
    key = world.strange.keys[role]
    answer = ask(method, address(door, world, role), key)
    shared = COMMON | {"card_secret"} | SHARED_BY.get(role, set())
    owned = [kind for kind in door.samples if kind not in shared]
    if owned and answer.status != 404:
        # A refusal that is not «no such page» would tell that there is one.
        wrong = ask(method, guessed(door, world, role)[0], key)
        if opens(door, role) or wrong.status != answer.status:
            yield f"answered {answer.status} for an object of another organization (404)"
    yield from (
        f"shows a name of another organization: {around(answer.text, name)}"
        for name in (OWN_PLACE, OWN_PEOPLE)
        if name in answer.text
    )


@doors
def test_a_guessed_uid_is_not_there(door: Door, world: World):
    tell(
        f"{method} {url} as {role.name}: answered {answer.status}, expected 404"
        for role in roles_to_ask(door)
        if opens(door, role) and door.samples != ("card_secret",)
        for url in guessed(door, world, role)
        for method in door.methods
        if (answer := ask(method, url, world.own.keys[role])).status != 404
    )


@doors
def test_nobody_is_sent_to_sign_in(door: Door, world: World):
    url = address(door, world, Role.MINISTRY)
    for method in door.methods:
        answer, fragment = ask(method, url), ask(method, url, htmx=True)
        if door.who is Anyone.EVERYONE:
            assert answer.status in ANSWERS.get(door.name, OPENED)
        else:
            assert answer.status == 302
            assert answer.is_to_sign_in
            assert fragment.status == 204
            assert fragment.headers["HX-Redirect"] == fragment.location
            assert fragment.is_to_sign_in


@doors
def test_without_a_role_only_ones_own_page_opens(door: Door, world: World):
    for method in door.methods:
        answer = ask(method, address(door, world, Role.MINISTRY), world.no_role_key)
        if door.who is Anyone.EVERYONE:
            assert answer.status in ANSWERS.get(door.name, OPENED)
        elif door.who is Anyone.SIGNED_IN:
            # The object in the address is another's: not there. A page without one opens.
            assert answer.status in ({404} if door.samples else OPENED)
        else:
            assert answer.status == 403
            assert "нет ни одной роли" in answer.text


@doors
def test_other_methods_are_refused(door: Door, world: World):
    role = next(role for role in Role if opens(door, role))
    for method in {"GET", "POST", "PUT", "DELETE"} - set(door.methods):
        assert ask(method, address(door, world, role), world.own.keys[role]).status == 405


@doors
def test_a_refused_fragment_leaves_the_page_as_it_is(door: Door, world: World):
    closed = [role for role in Role if not opens(door, role)]
    for role in closed[:1]:
        answer = ask(door.methods[0], address(door, world, role), world.own.keys[role], htmx=True)
        assert answer.status == (404 if role in door.unknown_to else 403)
        assert answer.headers["HX-Reswap"] == "none"
        assert "toast" in answer.headers["HX-Trigger"]


@doors
def test_above_a_school_no_name_of_its_people_is_shown(door: Door, world: World):
    tell(
        f"as {role.name}: {around(answer.text, OWN_PEOPLE)}"
        for role in ABOVE
        if opens(door, role) and "GET" in door.methods
        for answer in [ask("GET", address(door, world, role), world.own.keys[role])]
        if OWN_PEOPLE in answer.text
    )


def around(text: str, found: str) -> str:
    """Return a name with what stands around it."""
    at = text.index(found)
    return " ".join(text[max(0, at - 60) : at + 60].split())


def tell(troubles: Iterator[str]) -> None:
    """Fail with every trouble on a line of its own."""
    found = list(troubles)
    if found:
        pytest.fail("\n".join(["", *found]), pytrace=False)
