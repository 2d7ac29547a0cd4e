"""Every change leaves a trace: an action reaches ``record(`` or writes a history row."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, at, functions, must_be_empty, parsed, rooms
from tests.architecture.test_code import is_action, room_key

# Calls that are a trace by themselves.
TRACES = {"record", "record_many"}
# What leaves no trace on purpose, each with its reason.
WITHOUT_TRACE: dict[str, str] = {
    "imports.choose_columns": "a draft of the batch: outside it nothing changes yet",
    "imports.start_apply": "it only queues; writing the rows is audited with the file's digest",
}


def test_every_action_leaves_a_trace():
    must_be_empty(actions_without_trace(ROOT))


def test_no_exception_outlives_its_action():
    known = {
        room_key(path, function, ROOT)
        for path in rooms("actions", ROOT)
        for function in functions(parsed(path))
    }
    assert set(WITHOUT_TRACE) <= known


def actions_without_trace(root: Path) -> Iterator[str]:
    """Yield durable actions from which no ``record(`` is reached.

    Calls are followed by name through the actions and bulk rooms of all contexts: a heuristic,
    which takes two functions of one name for one. That is enough to notice a forgotten trace.
    """
    calls = _calls_by_function(root)
    for path in rooms("actions", root):
        for function in functions(parsed(path)):
            if not is_action(function) or room_key(path, function, root) in WITHOUT_TRACE:
                continue
            if not _reaches(function.name, calls):
                where = at(path, function.lineno, root)
                yield f"{where}: {function.name} changes something and audits nothing"


def _calls_by_function(root: Path) -> dict[str, set[str]]:
    calls: dict[str, set[str]] = {}
    for path in [*rooms("actions", root), *rooms("bulk", root)]:
        for function in functions(parsed(path)):
            calls.setdefault(function.name, set()).update(_called(function))
    return calls


def _called(function: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            names.add(node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func))
    return names


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _reaches(name: str, calls: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    queue = [name]
    while queue:
        current = queue.pop()
        if current in TRACES:
            return True
        if current not in seen:
            seen.add(current)
            queue += calls.get(current, set())
    return False
