"""One row of the table read: what its cells mean, and which of them mean nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from sreda.imports.facade import Level, Problem, Row
from sreda.organizations.calculations.nearness import municipality_meant
from sreda.organizations.calculations.words import (
    kind_code,
    locality_code,
    status_code,
    tidy_name,
    yes_or_no,
)
from sreda.organizations.models import Kind, Locality, Organization, Status
from sreda.organizations.queries.drafting import tidied

# Those that always stand in a municipality; the others may belong to the region itself.
STANDS_IN_MUNICIPALITY = (Kind.SCHOOL, Kind.KINDERGARTEN, Kind.ADDITIONAL)
_AS_THEY_ARE = (
    "name",
    "full_name",
    "inn",
    "ogrn",
    "kpp",
    "oktmo",
    "address",
    "phone",
    "email",
    "site",
    "head_name",
    "head_post",
)


@dataclass(slots=True)
class ReadRow:
    """``values`` are the fields that the row gives, ready to be put into an organization.

    ``municipality`` counts only when ``gives_place``. ``problems`` are by column.
    """

    row: Row
    values: dict[str, object] = field(default_factory=dict)
    municipality: Organization | None = None
    gives_place: bool = False
    problems: list[Problem] = field(default_factory=list)

    def has_error(self, column: str) -> bool:
        """Say whether something is wrong in a column already."""
        return any(p.column == column and p.level is Level.ERROR for p in self.problems)


def read_row(row: Row, municipalities: Mapping[str, Organization]) -> ReadRow:
    """Return the row read; ``municipalities`` are those of the region by name. Asks nothing."""
    read = ReadRow(row)
    for code in _AS_THEY_ARE:
        if code in row.values:
            read.values[code] = tidied(code, row.values[code])
    _note_tidied_name(read)
    _read_code(read, "kind", kind_code, _kind_problem)
    _read_code(read, "locality", locality_code, _locality_problem, empty="")
    _read_code(read, "status", status_code, _status_problem, empty=Status.ACTIVE.value)
    _read_code(read, "is_sample", yes_or_no, _yes_no_problem, empty=False)
    _read_municipality(read, municipalities)
    return read


def _note_tidied_name(read: ReadRow) -> None:
    given = read.row.values.get("name", "")
    tidy = tidy_name(given)
    if given and tidy != given:
        text = _("Исправим сами: %(name)s") % {"name": tidy}
        read.problems.append(Problem(Level.FIXED, "name", text, found=given, expected=tidy))


def _read_code(
    read: ReadRow,
    column: str,
    code_of: Callable[[str], object],
    problem: Callable[[str], Problem],
    *,
    empty: object = None,
) -> None:
    text = read.row.values.get(column)
    if text is None:
        return
    value = code_of(text) if text or empty is None else empty
    if value is None:
        read.problems.append(problem(text))
    else:
        read.values[column] = value


def _kind_problem(found: str) -> Problem:
    known = ", ".join(str(kind.label) for kind in Kind if kind != Kind.REGION)
    if found:
        text = _("Вида «%(found)s» нет. Есть: %(known)s") % {"found": found, "known": known}
    else:
        text = _("Напишите вид: %(known)s") % {"known": known}
    return Problem(Level.ERROR, "kind", text, found=found, expected=known)


def _locality_problem(found: str) -> Problem:
    known = ", ".join(str(item.label) for item in Locality)
    return _allowed("locality", found, known)


def _status_problem(found: str) -> Problem:
    return _allowed("status", found, ", ".join(str(item.label) for item in Status))


def _yes_no_problem(found: str) -> Problem:
    return _allowed("is_sample", found, _("да, нет"))


def _allowed(column: str, found: str, known: str) -> Problem:
    text = _("Допустимо: %(known)s") % {"known": known}
    return Problem(Level.ERROR, column, text, found=found, expected=known)


def _read_municipality(read: ReadRow, municipalities: Mapping[str, Organization]) -> None:
    written = read.row.values.get("municipality")
    if written is None or read.values.get("kind") == Kind.MUNICIPALITY:
        return
    if not written:
        _read_no_municipality(read)
        return
    meant = municipality_meant(written, tuple(municipalities))
    if meant.name is None:
        read.problems.append(_municipality_problem(written, meant.near))
        return
    read.municipality, read.gives_place = municipalities[meant.name], True
    if meant.is_guess:
        text = _("Исправим сами: %(name)s") % {"name": meant.name}
        read.problems.append(
            Problem(Level.FIXED, "municipality", text, found=written, expected=meant.name)
        )


def _read_no_municipality(read: ReadRow) -> None:
    if read.values.get("kind") in STANDS_IN_MUNICIPALITY:
        text = _("Напишите муниципалитет")
        expected = _("муниципалитет региона")
        read.problems.append(Problem(Level.ERROR, "municipality", text, expected=expected))
    else:
        read.gives_place = True


def _municipality_problem(written: str, near: tuple[str, ...]) -> Problem:
    text = _("В регионе нет такого муниципалитета")
    names = ", ".join(near)
    if near:
        text = _("В регионе нет такого муниципалитета. Есть: %(names)s") % {"names": names}
    expected = names or _("муниципалитет региона")
    return Problem(Level.ERROR, "municipality", text, found=written, expected=expected)
