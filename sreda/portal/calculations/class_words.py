"""A class as people type it."""

import re

_CLASS = re.compile(r"(1[0-2]|[1-9])\s*[-«\"]?\s*([^\W\d_]{0,2})\s*[»\"]?(?:\s+\w{5,6})?")


def read_class(text: str) -> tuple[int, str] | None:
    """Return grade and letter of «8б», «8 «Б»», «10-А класс» or «8»; None for anything else."""
    found = _CLASS.fullmatch(text.strip())
    return (int(found[1]), found[2].upper()) if found else None
