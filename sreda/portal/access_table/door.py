"""One row of the access table: an address, who may open it, and where the menu offers it."""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise

from sreda.access.facade import Role


class Anyone(Enum):
    """Who may open a page when it is not a matter of roles."""

    EVERYONE = "everyone"  # nobody signed in as well
    SIGNED_IN = "signed in"  # also without a role at the moment
    WITH_ROLE = "with any role"


Who = frozenset[Role] | Anyone


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A way to a page from the menu and the palette.

    ``order`` sorts the menu; the first four stand on a phone's bar. ``words`` are what else the
    palette finds it by, separated by spaces. ``at_own_place``: the address takes the uid of the
    organization that the person acts at. ``in_profile``: stands in the person's own menu.
    ``only`` narrows the roles that it is offered to. ``covers``: beginnings of the URL names that
    belong to this section, so that the menu shows where the person is.
    """

    label: Promise
    icon: str
    order: int
    words: Promise | None = None
    at_own_place: bool = False
    in_profile: bool = False
    only: frozenset[Role] | None = None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """An address by its URL name.

    ``who`` may open it, by ``methods`` (each of them answers, any other is 405). ``samples`` are
    the kinds of objects in the address, in order; the access matrix opens it for real objects of
    these kinds. ``unknown_to``: roles that may not even know of such an object of their own
    organization, so that they get 404 and not 403.
    """

    name: str
    who: Who
    methods: tuple[str, ...] = ("GET",)
    samples: tuple[str, ...] = ()
    unknown_to: frozenset[Role] = frozenset()
    menu: MenuEntry | None = None

    def opens_for(self, role: Role | None, *, signed_in: bool) -> bool:
        """Say whether somebody in ``role``, or in none, may open it."""
        if self.who is Anyone.EVERYONE:
            return True
        if self.who is Anyone.SIGNED_IN:
            return signed_in
        if role is None:
            return False
        return self.who is Anyone.WITH_ROLE or role in self.who
