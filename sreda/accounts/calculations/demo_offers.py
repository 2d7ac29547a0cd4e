"""Who can be looked at without a password; filled by ``demo`` at start, empty elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """One line of «Посмотреть без пароля»: the account's login, the role, a word about them."""

    login: str
    role: str
    about: str


_offers: list[DemoOffer] = []


def offer(offers: list[DemoOffer]) -> None:
    """Set what the sign-in page offers in the demo."""
    _offers[:] = offers


def offers() -> tuple[DemoOffer, ...]:
    """Return what the sign-in page offers; nothing outside the demo."""
    return tuple(_offers)
