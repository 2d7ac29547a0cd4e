"""Every link by name: ``url(…)`` of templates and code, ``reverse(…)`` of code."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, nodes

# Django's own, and the one of ui.
CALLS = {"reverse", "url"}
EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]


@dataclass(frozen=True)
class Link:
    """A link by name, with the number of arguments it gives."""

    place: str
    name: str
    arguments: int


def links(root: Path) -> Iterator[Link]:
    """Yield every link whose name and arguments are written out."""
    for path in sorted((root / "sreda").rglob("*.html")):
        yield from _in_template(path, str(path.relative_to(root)))
    for path in sorted((root / "sreda").rglob("*.py")):
        if "tests" not in path.parts:
            yield from _in_code(path, str(path.relative_to(root)))


def _in_template(path: Path, place: str) -> Iterator[Link]:
    environment = Environment(extensions=EXTENSIONS)  # noqa: S701 -- it only parses
    tree = environment.parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if getattr(call.node, "name", "") == "url" and call.args:
            first = call.args[0]
            if isinstance(first, nodes.Const):
                given = len(call.args) - 1 + len(call.kwargs)
                yield Link(f"{place}:{call.lineno}", str(first.value), given)


def _in_code(path: Path, place: str) -> Iterator[Link]:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in CALLS:
            continue
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Constant) and ":" in str(first.value):
            given = _given(call)
            if given is not None:
                yield Link(f"{place}:{call.lineno}", str(first.value), given)


def _given(call: ast.Call) -> int | None:
    """Return how many arguments a call gives to the address, None when that is computed."""
    if getattr(call.func, "id", "") == "url":
        return len(call.args) - 1 + len(call.keywords)
    for keyword in call.keywords:
        if keyword.arg == "args":
            return len(keyword.value.elts) if isinstance(keyword.value, ast.List) else None
        if keyword.arg == "kwargs":
            return len(keyword.value.keys) if isinstance(keyword.value, ast.Dict) else None
    return 0
