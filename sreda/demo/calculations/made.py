"""What the demo is made of, as plain values: ``key`` names a thing until it has a row."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MadeBuilding:
    """A building of a made-up organization."""

    name: str
    address: str
    built_year: int
    classrooms: int | None
    accessibility: str
    condition: str
    note: str


@dataclass(frozen=True, slots=True)
class MadeOrganization:
    """An organization below the region; without ``municipality`` it is the region's own."""

    key: str
    kind: str
    name: str
    full_name: str
    municipality: str
    locality: str
    inn: str
    ogrn: str
    kpp: str
    oktmo: str
    address: str
    phone: str
    email: str
    site: str
    head_name: str
    head_post: str
    status: str
    buildings: tuple[MadeBuilding, ...]


@dataclass(frozen=True, slots=True)
class MadeWave:
    """A list of the regional project with the keys of its organizations."""

    year: int
    title: str
    source: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadePerson:
    """Somebody; ``login`` is set for those whom the sign-in page offers."""

    key: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: date
    login: str = ""


@dataclass(frozen=True, slots=True)
class MadeClass:
    """A class or a college group; ``letter`` of a group is its name."""

    key: str
    organization: str
    grade: int
    letter: str


@dataclass(frozen=True, slots=True)
class MadePost:
    """Somebody works somewhere; ``organization`` is a key, a municipality's key or «region»."""

    person: str
    organization: str
    role: str
    title: str
    school_class: str = ""


@dataclass(frozen=True, slots=True)
class MadeEnrollment:
    """A pupil belongs somewhere; without a class in an IT-cube."""

    person: str
    organization: str
    school_class: str = ""


@dataclass(frozen=True, slots=True)
class MadeGuardianship:
    """Somebody represents a child."""

    guardian: str
    child: str
    kinship: str
    may_sign: bool = True


@dataclass(frozen=True, slots=True)
class MadePeople:
    """Everybody and what they are."""

    people: tuple[MadePerson, ...]
    classes: tuple[MadeClass, ...]
    posts: tuple[MadePost, ...]
    enrollments: tuple[MadeEnrollment, ...]
    guardianships: tuple[MadeGuardianship, ...]
