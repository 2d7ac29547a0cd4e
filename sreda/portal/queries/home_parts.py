"""What «Сегодня» is made of."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class HomeStat:
    """One number that leads to the list behind it."""

    label: str
    value: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One line; without ``url`` it leads nowhere. ``number`` stands at its end."""

    title: str
    url: str = ""
    meta: str = ""
    icon: str = ""
    number: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class HomeSection:
    """Lines under a heading; ``empty`` is said where there are none."""

    code: str
    title: str
    rows: tuple[HomeRow, ...] = ()
    empty: str = ""
    more_label: str = ""
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The page: numbers, sections, sections beside them; an empty state where nothing is yet."""

    lead: str = ""
    stats: tuple[HomeStat, ...] = ()
    main: tuple[HomeSection, ...] = ()
    aside: tuple[HomeSection, ...] = ()
    empty_title: str = ""
    empty_text: str = ""

    def preceded_by(self, section: HomeSection) -> "Home":
        """Return the page with ``section`` first."""
        return replace(self, main=(section, *self.main))
