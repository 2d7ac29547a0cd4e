"""Rules about the product's Python that no ready tool knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import (
    OPEN_CONTEXTS,
    ROOT,
    at,
    code_files,
    contexts,
    functions,
    must_be_empty,
    parsed,
    product_files,
    room_of,
    rooms,
)

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers"}
DRAWERS |= {"service", "services", "core", "lib", "shared", "tools"}
WITHOUT_OBJECTS = ("views", "forms", "rest", "middleware", "urls")
# Tables of data, where a row is a line: their length says nothing about their clarity.
TABLES: set[str] = set()


def test_interfaces_do_not_reach_past_queries_and_actions():
    must_be_empty(objects_in_interfaces(ROOT))


def test_no_module_is_a_drawer():
    must_be_empty(drawers(ROOT))


def test_files_stay_short():
    must_be_empty(long_files(ROOT))


def test_functions_stay_short():
    must_be_empty(long_functions(ROOT))


def test_models_are_data_and_nothing_listens_to_them():
    must_be_empty(magic(ROOT))


def test_every_context_says_what_it_is():
    must_be_empty(incomplete_contexts(ROOT))


def test_every_folder_of_code_is_a_package():
    must_be_empty(folders_without_init(ROOT))


def test_the_environment_is_read_in_one_place():
    must_be_empty(readers_of_the_environment(ROOT))


def test_actions_take_names_an_actor_and_a_moment():
    must_be_empty(careless_actions(ROOT))


def objects_in_interfaces(root: Path) -> Iterator[str]:
    """Yield every ``.objects`` in a room that may not query."""
    for path in (path for room in WITHOUT_OBJECTS for path in rooms(room, root)):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
                room = room_of(path, root)
                yield f"{at(path, node.lineno, root)}: .objects in {room}: ask a query or an action"


def drawers(root: Path) -> Iterator[str]:
    """Yield modules and packages whose name says nothing."""
    for path in code_files(root):
        for name in {path.stem, path.parent.name} & DRAWERS:
            yield f"{at(path, 1, root)}: a module called {name} becomes a drawer: name its purpose"


def long_files(root: Path) -> Iterator[str]:
    """Yield files above the cap."""
    for path in code_files(root):
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > LONGEST_FILE and str(path.relative_to(root)) not in TABLES:
            yield f"{at(path, length, root)}: {length} lines, the cap is {LONGEST_FILE}"


def long_functions(root: Path) -> Iterator[str]:
    """Yield functions above the cap, counted without their docstring."""
    for path in code_files(root):
        for function in functions(parsed(path)):
            length = (function.end_lineno or 0) - function.lineno + 1 - _docstring_lines(function)
            if length > LONGEST_FUNCTION:
                where = at(path, function.lineno, root)
                yield f"{where}: {function.name} has {length} lines, the cap is {LONGEST_FUNCTION}"


def _docstring_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(function) is None:
        return 0
    first = function.body[0]
    return (first.end_lineno or 0) - first.lineno + 1


def magic(root: Path) -> Iterator[str]:
    """Yield signals, ``save``/``delete`` overrides and ``Meta.ordering``."""
    for path in product_files(root):
        tree = parsed(path)
        for name, line in _imported(tree):
            if name.startswith(
                ("django.dispatch", "django.db.models.signals", "django.core.signals")
            ):
                yield f"{at(path, line, root)}: {name}: no signals, a named job after commit"
        if room_of(path, root) == "models":
            yield from _magic_in_models(path, tree, root)


def _magic_in_models(path: Path, tree: ast.Module, root: Path) -> Iterator[str]:
    for function in functions(tree):
        if function.name in {"save", "delete", "clean", "full_clean"}:
            yield f"{at(path, function.lineno, root)}: {function.name} in a model: models are data"
    for meta in (n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name == "Meta"):
        for line in meta.body:
            if isinstance(line, ast.Assign) and "ordering" in ast.unparse(line.targets[0]):
                yield f"{at(path, line.lineno, root)}: Meta.ordering: each query says its order"


def _imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def incomplete_contexts(root: Path) -> Iterator[str]:
    """Yield contexts without README, AppConfig, place in the layers or in the settings."""
    layers = (root / "pyproject.toml").read_text(encoding="utf-8")
    layers = layers[layers.index("layers = [") :]
    settings = (root / "config" / "settings.py").read_text(encoding="utf-8")
    for folder in contexts(root):
        name = folder.name
        for needed in ("README.md", "apps.py", "__init__.py"):
            if not (folder / needed).is_file():
                yield f"sreda/{name}: has no {needed}"
        if not re.search(rf'["| ]{name}["| ]', layers[: layers.index("]")]):
            yield f"sreda/{name}: is not in the layers of pyproject.toml, or stands in parentheses"
        if f'"sreda.{name}"' not in settings:
            yield f"sreda/{name}: is not in CONTEXTS of config/settings.py"


def folders_without_init(root: Path) -> Iterator[str]:
    """Yield folders whose modules the import contracts would not see."""
    for folder in {path.parent for path in (root / "sreda").rglob("*.py")}:
        if not (folder / "__init__.py").is_file():
            yield f"{folder.relative_to(root)}: has no __init__.py, so no contract sees it"


def readers_of_the_environment(root: Path) -> Iterator[str]:
    """Yield uses of ``os.environ`` in the contexts."""
    for path in (root / "sreda").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
                yield f"{at(path, node.lineno, root)}: only config/env.py reads the environment"


def careless_actions(root: Path) -> Iterator[str]:
    """Yield durable actions that take positions, no ``actor`` or no ``now``."""
    for path in rooms("actions", root):
        for function in functions(parsed(path)):
            if not is_action(function):
                continue
            where = f"{at(path, function.lineno, root)}: {function.name}"
            if function.args.args or function.args.posonlyargs:
                yield f"{where}: an action takes its arguments by name"
            for needed in {"actor", "now"} - {arg.arg for arg in function.args.kwonlyargs}:
                if (room_key(path, function, root), needed) not in WITHOUT_ARGUMENT:
                    yield f"{where}: an action takes `{needed}`"


# Actions of nobody: who signs in is not an actor yet.
WITHOUT_ARGUMENT: set[tuple[str, str]] = set()


def is_action(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether the function opens the durable transaction."""
    return any("durable=True" in ast.unparse(d) for d in function.decorator_list)


def is_piece(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether the function is a piece of an action."""
    return any("savepoint=False" in ast.unparse(d) for d in function.decorator_list)


def room_key(path: Path, function: ast.FunctionDef | ast.AsyncFunctionDef, root: Path) -> str:
    """Return ``people.add_person`` for a function of sreda/people."""
    return f"{path.relative_to(root / 'sreda').parts[0]}.{function.name}"


def test_the_open_contexts_have_no_models():
    for context in OPEN_CONTEXTS:
        assert not (ROOT / "sreda" / context / "models.py").exists()
