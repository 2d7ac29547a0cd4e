"""The tree as the tests of this folder see it. Every rule here is a function from a tree (a folder
with ``sreda/`` in it) to sentences about what breaks it, so that the test of the tests can plant a
violation in a tree of its own.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# They have no rooms: foundation and ui serve every context.
OPEN_CONTEXTS = {"foundation", "ui"}


def contexts(root: Path = ROOT) -> list[Path]:
    """Return the folders of all contexts."""
    return sorted(p for p in (root / "sreda").iterdir() if p.is_dir() and p.name != "__pycache__")


def product_files(root: Path = ROOT) -> list[Path]:
    """Return the product's Python files: no migrations, no tests."""
    files = [*(root / "sreda").rglob("*.py"), *(root / "config").rglob("*.py")]
    return sorted(f for f in files if not {"migrations", "tests"} & set(f.parts))


def code_files(root: Path = ROOT) -> list[Path]:
    """Return all Python files that people write: the product, the launcher, the benchmarks."""
    more = [f for name in ("launch", "bench") for f in (root / name).rglob("*.py")]
    return [*product_files(root), *sorted(more)]


def templates(root: Path = ROOT) -> list[Path]:
    """Return all templates."""
    return sorted((root / "sreda").rglob("templates/**/*.html"))


def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return _parsed(path.read_text(encoding="utf-8"))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def room_of(path: Path, root: Path = ROOT) -> str:
    """Return the room a product file belongs to: ``sreda/people/actions/add.py`` is ``actions``."""
    if not path.is_relative_to(root / "sreda"):
        return ""
    parts = path.relative_to(root / "sreda").parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def rooms(name: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of one room of every context."""
    for path in product_files(root):
        if path.is_relative_to(root / "sreda") and room_of(path, root) == name:
            yield path


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def at(path: Path, line: int, root: Path = ROOT) -> str:
    """Return a place as editors open it."""
    return f"{path.relative_to(root)}:{line}"


def must_be_empty(sentences: Iterable[str]) -> None:
    """Fail with every sentence on a line of its own."""
    found = sorted(set(sentences))
    if found:
        pytest.fail("\n".join(["", *found]), pytrace=False)
