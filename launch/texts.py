"""The catalogues of the interface's texts: extract, update, check.

Unlike its neighbours this module needs Babel, so it runs inside the virtual environment:
``.venv/bin/python -m launch.texts update`` after texts changed, ``check`` in ``run.py check``.

Russian is the source language: its catalogue only carries the three plural forms. Every other
catalogue translates every text.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from launch.places import LOCALE, ROOT

SOURCE = "ru"
LANGUAGES = (SOURCE, "en")
PROJECT = "sreda"
FIRST_DAY = datetime(2026, 10, 14, tzinfo=UTC)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def extract() -> Catalog:
    """Return the texts of all templates and Python files."""
    template = Catalog(project=PROJECT, charset="utf-8", fuzzy=False)
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("L10N:",), directory_filter=_open
    )
    for _path, _line, message, comments, context in found:
        template.add(message, auto_comments=comments, context=context)
    return template


def update() -> None:
    """Bring every catalogue up to the texts in the code; new texts come untranslated."""
    template = extract()
    for language in LANGUAGES:
        catalog = _read(language)
        catalog.update(template, no_fuzzy_matching=True)
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _written(catalog)
        if not path.exists() or path.read_bytes() != text:
            path.write_bytes(text)
        missing = list(_untranslated(catalog))
        print(f"{language}: {len(catalog)} texts, {len(missing)} to translate")


def check() -> list[str]:
    """Return what is wrong with the catalogues, one line each."""
    template = extract()
    wrong: list[str] = []
    for language in LANGUAGES:
        catalog = _read(language)
        known, wanted = _keys(catalog), _keys(template)
        wrong += [f"{language}: not in the catalogue: {key}" for key in sorted(wanted - known)]
        wrong += [f"{language}: no longer in the code: {key}" for key in sorted(known - wanted)]
        wrong += [f"{language}: not translated: {key}" for key in _untranslated(catalog)]
        for message, errors in catalog.check():
            wrong += [f"{language}: {_key(message)}: {error}" for error in errors]
    return wrong


def _open(folder: str | Path) -> bool:
    """Look only where our own texts are."""
    path = Path(folder)
    outside = {
        "node_modules",
        "build",
        "var",
        "tests",
        "migrations",
        "static",
        "locale",
        "frontend",
    }
    return not (path.name.startswith(".") or path.name in outside)


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project=PROJECT, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _written(catalog: Catalog) -> bytes:
    """Sorted and without places, so that a change of code is no change of catalogue."""
    # The moment of extraction would differ from run to run and tell nothing.
    catalog.creation_date = FIRST_DAY
    catalog.revision_date = FIRST_DAY
    buffer = io.BytesIO()
    write_po(buffer, catalog, no_location=True, sort_output=True, ignore_obsolete=True, width=100)
    return buffer.getvalue()


def _keys(catalog: Catalog) -> set[str]:
    return {_key(message) for message in catalog if message.id}


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def _untranslated(catalog: Catalog) -> list[str]:
    source = str(catalog.locale) == SOURCE
    wanted = [m for m in catalog if m.id and (m.pluralizable or not source)]
    return [_key(m) for m in wanted if not _is_whole(m, catalog.num_plurals)]


def _is_whole(message: Message, forms: int) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(strings) and (not message.pluralizable or len(strings) == forms)


def main(arguments: list[str]) -> int:
    """Run ``update`` or ``check``; return the exit code."""
    if arguments == ["update"]:
        update()
        return 0
    if arguments == ["check"]:
        wrong = check()
        print("\n".join(wrong))
        if wrong:
            print(f"\n{len(wrong)} texts. After a change: .venv/bin/python -m launch.texts update")
        return 1 if wrong else 0
    print("Usage: python -m launch.texts update|check")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
