"""The columns of a register's table."""

from sreda.imports.facade import Column
from sreda.organizations.calculations.columns import COLUMN_WORDS

_REQUIRED = ("name", "kind", "municipality")
_DIGITS = {"inn": (10, 12), "ogrn": (13, 15), "kpp": (9,), "oktmo": (8, 11)}


def _column(code: str) -> Column:
    words = COLUMN_WORDS[code]
    return Column(
        code=code,
        title=words.title,
        synonyms=words.synonyms,
        required=code in _REQUIRED,
        examples=words.examples,
        hint=words.hint,
        digits=_DIGITS.get(code, ()),
    )


COLUMNS = tuple(_column(code) for code in COLUMN_WORDS)
