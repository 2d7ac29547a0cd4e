"""What is measured: who asks for what."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.client import Browser, Next, Step, browser
from bench.prepare import PASSWORD, Prepared

MINISTRY = "demo-ministry"


@dataclass(frozen=True)
class Scenario:
    """A row of the table. ``page`` is what its weight is taken of; None: nothing to see.

    ``login`` is who the browsers are signed in as, empty for nobody.
    """

    name: str
    login: str
    page: Callable[[Prepared], str] | None
    following: Callable[[Prepared], Next]


# Half of what an address may try in a minute (sreda/accounts/README.md).
SIGN_INS_PER_ADDRESS = 300


def _same(path: str) -> Callable[[Prepared], Next]:
    return lambda _prepared: lambda _browser, _turn: Step(path)


def _cards(prepared: Prepared) -> Next:
    return lambda _browser, turn: Step(_card(prepared, turn))


def _card(prepared: Prepared, turn: int) -> str:
    return f"/organizations/{prepared.cards[turn % len(prepared.cards)]}/"


def _signing_in(prepared: Prepared) -> Next:
    """Each turn is another person; the form was opened once per browser and address.

    A browser moves on to another address before the limit of one address is met.
    """
    tokens: dict[str, str] = {}
    asked: Counter[str] = Counter()

    def following(one: Browser, turn: int) -> Step:
        if asked[one.address] == SIGN_INS_PER_ADDRESS:
            one.move()
        asked[one.address] += 1
        if one.address not in tokens:
            tokens[one.address] = one.token("/sign-in/")
        form = {
            "csrfmiddlewaretoken": tokens[one.address],
            "login": prepared.logins[turn % len(prepared.logins)],
            "password": PASSWORD,
        }
        return Step("/sign-in/", form, status=303)

    return following


SCENARIOS = (
    Scenario("sign_in_page", "", lambda _prepared: "/sign-in/", _same("/sign-in/")),
    Scenario("sign_in", "", None, _signing_in),
    Scenario("home", MINISTRY, lambda _prepared: "/", _same("/")),
    Scenario(
        "organization_list", MINISTRY, lambda _prepared: "/organizations/", _same("/organizations/")
    ),
    Scenario("organization_card", MINISTRY, lambda prepared: _card(prepared, 0), _cards),
)


@contextmanager
def browsers(scenario: Scenario, *, port: int, number: int) -> Iterator[list[Browser]]:
    """Open browsers in the state that the scenario begins with; hang up afterwards."""
    found = [browser(port) for _ in range(number)]
    try:
        for one in found:
            if scenario.login:
                one.sign_in_to_demo(scenario.login)
        yield found
    finally:
        for one in found:
            one.close()
