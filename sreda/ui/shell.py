"""What stands around a signed-in page. ``portal`` fills it in; ``ui/page.html`` draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

PHONE_PLACES = 4


@dataclass(frozen=True, slots=True)
class NavItem:
    """One way on. ``count`` is a number of new things, ``count_words`` says of what: «новых»."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int = 0
    count_words: str = ""


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that the person may act in. ``url`` takes the POST that switches to it."""

    title: str
    place: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """The person signed in. ``note`` is the acting role or place, in words."""

    name: str
    initials: str
    note: str
    sign_out_url: str
    menu: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the palette's answer."""

    label: str
    url: str
    icon: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Lines of the palette's answer under one heading."""

    title: str
    items: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around a page; words are ready to show.

    ``nav`` goes in order of need: its first four stand on the phone's bar, the rest under «Ещё».
    ``find_url`` answers ``?q=`` with ``ui/_found.html`` to the palette and with a page otherwise;
    empty where there is nothing to find, ``notices_url`` likewise.
    """

    brand_place: str
    home_url: str
    nav: tuple[NavItem, ...]
    who: Who
    roles: tuple[RoleChoice, ...] = ()
    demo_words: str = ""
    find_url: str = ""
    notices_url: str = ""
    unread: int = 0

    @property
    def on_bar(self) -> tuple[NavItem, ...]:
        """The items on the phone's bar."""
        return self.nav[:PHONE_PLACES]

    @property
    def rest(self) -> tuple[NavItem, ...]:
        """The items that a phone shows under «Ещё»."""
        return self.nav[PHONE_PLACES:]


class ShellOnDemand:
    """A shell that is put together when a page draws it: redirects and files need none."""

    def __init__(self, make: Callable[[], Shell]) -> None:
        self._make = make

    @cached_property
    def shell(self) -> Shell:
        """The shell, made once."""
        return self._make()
