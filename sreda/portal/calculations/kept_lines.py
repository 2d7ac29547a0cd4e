"""What a model's docstring says of personal data: the lines «Хранит», «Зачем», «Срок»."""

import re
from dataclasses import dataclass

_LINE = re.compile(r"^(Хранит|Зачем|Срок):\s*(.+)$")
_NOTHING = "ничего о людях"


@dataclass(frozen=True, slots=True)
class KeptLines:
    """What is kept, why and for how long, in the words of the docstring."""

    what: str
    why: str
    how_long: str


def kept_lines(docstring: str) -> KeptLines | None:
    """Return the lines of a docstring; None when the model keeps nothing about people.

    A line may go on below itself until an empty line or the next of the three.
    """
    found: dict[str, str] = {}
    word = ""
    for line in (line.strip() for line in docstring.splitlines()):
        begun = _LINE.match(line)
        if begun:
            word = begun[1]
            found[word] = begun[2]
        elif word and line:
            found[word] += f" {line}"
        else:
            word = ""
    what = found.get("Хранит", "")
    if not what or what.casefold().startswith(_NOTHING):
        return None
    return KeptLines(what=what, why=found.get("Зачем", ""), how_long=found.get("Срок", ""))
