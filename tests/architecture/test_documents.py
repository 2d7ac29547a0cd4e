"""What is written beside the code stays true: glossary, settings, locks, decision records."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, at, code_files, must_be_empty, parsed

GLOSSARY = Path("docs") / "glossary.md"
SETTINGS = Path("docs") / "operators" / "settings.md"
# Where a word that the house does not use is the right one: the standard's own, a foreign API's.
FOREIGN: dict[str, set[str]] = {}


def test_one_word_per_thing():
    must_be_empty(banned_words(ROOT))


def test_the_glossary_names_what_not_to_say():
    assert {" student ", " school year "} <= words_not_to_say(ROOT)


def test_every_setting_is_documented():
    must_be_empty(undocumented_settings(ROOT))


def test_the_locks_agree():
    runtime, dev = (pins(ROOT / "requirements" / f"{name}.txt") for name in ("runtime", "dev"))
    must_be_empty(
        f"{name} is {version} in runtime.txt and {dev.get(name)} in dev.txt"
        for name, version in runtime.items()
        if dev.get(name) != version
    )


def test_locks_name_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(), f"{path.name}: a lock names packages, not hosts"
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text()


def banned_words(root: Path) -> Iterator[str]:
    """Yield identifiers made of a word that the glossary says not to use."""
    banned = words_not_to_say(root)
    for path in code_files(root):
        allowed = FOREIGN.get(str(path.relative_to(root)), set())
        for name, line in _identifiers(parsed(path)):
            for word in (w for w in banned - allowed if w in _words(name)):
                yield f"{at(path, line, root)}: {name}: the glossary has another word for {word}"


def words_not_to_say(root: Path) -> set[str]:
    """Return the words of the glossary's column «not», with spaces where they have several."""
    words: set[str] = set()
    for line in (root / GLOSSARY).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 3 and not set(line) <= set("|-: "):
            words |= {f" {word.strip(' `').replace('_', ' ')} " for word in cells[2].split(",")}
    return words - {" not ", "  "}


def _words(name: str) -> str:
    """Return the words of an identifier, a plural as its singular too: `` pupils pupil ``."""
    found = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")
    return f" {' '.join(found)}  {' '.join(word.removesuffix('s') for word in found)} "


def _identifiers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the names that this file gives: functions, classes, arguments, attributes set."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def undocumented_settings(root: Path) -> Iterator[str]:
    """Yield variables of config/env.py that the operators' page does not name, and the reverse."""
    read = set(re.findall(r'"((?:SREDA|DATABASE)_[A-Z_]+)"', _text(root / "config" / "env.py")))
    told = set(re.findall(r"`((?:SREDA|DATABASE)_[A-Z_]+)`", _text(root / SETTINGS)))
    yield from (f"{SETTINGS}: {name} is not described" for name in read - told)
    only_tests = {"SREDA_FIXTURES"}
    yield from (f"{SETTINGS}: {name} is read nowhere" for name in told - read - only_tests)


def pins(lock: Path) -> dict[str, str]:
    """Return the versions of a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text(), re.MULTILINE))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
