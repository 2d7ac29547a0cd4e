"""The values that pass between the flow and a kind: columns, rows, problems, checked rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind knows. ``required``: a file without it is not read at all.

    ``synonyms`` are other headers of the same column; case, ё, spaces and punctuation never
    matter. ``examples`` fill the sample file, one per example row. ``digits`` are the lengths of
    a column that holds only digits («ИНН»: 10 and 12): when a table program has eaten the leading
    zero, it is put back and said.
    """

    code: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = True
    examples: tuple[str, ...] = ()
    hint: str = ""
    digits: tuple[int, ...] = ()


class Level(StrEnum):
    """How grave a problem is: an error and an unconfirmed row are not loaded."""

    ERROR = "ERROR"
    CONFIRM = "CONFIRM"
    DOUBLE = "DOUBLE"
    FIXED = "FIXED"


class Decision(StrEnum):
    """What a person decided about a row that could not be loaded as it stood."""

    CONFIRM = "CONFIRM"
    UPDATE = "UPDATE"
    SEPARATE = "SEPARATE"
    SKIP = "SKIP"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, in words. ``column`` is a code, None for the row as a whole.

    ``text`` stands under the cell and says all that is needed; ``found`` and ``expected`` go to
    the command line and to the file with explanations. ``choices`` are the answers that a DOUBLE
    offers besides skipping. ``remark`` is set by ``imports`` for what it noticed itself.
    """

    level: Level
    column: str | None
    text: str
    found: str = ""
    expected: str = ""
    choices: tuple[Decision, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file. ``number`` is the row as a table program counts it, the header included.

    ``values`` has the cells of the columns found in the file, stripped; a column that the file
    does not have is absent, so «not given» and «empty» differ.
    """

    number: int
    values: Mapping[str, str]
    decision: Decision | None = None


class Outcome(StrEnum):
    """What loading the row would do."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"


@dataclass(frozen=True, slots=True)
class Key:
    """A value that may stand in one row of the file only, with the column it is in."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with the kind's judgment. Without problems above FIXED it is ready to be loaded.

    ``values`` are the cells as they will be loaded, ``title`` names the row on the page,
    ``payload`` is whatever the kind wants to find again in ``apply``: it is never stored.
    """

    row: Row
    outcome: Outcome
    values: Mapping[str, str]
    keys: tuple[Key, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str = ""
    payload: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many rows made something new, changed something, changed nothing."""

    created: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(
            self.created + other.created, self.changed + other.changed, self.same + other.same
        )
