"""A migration is a release: named, in one line per app, free of the product's code."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.house import ROOT, at, contexts, must_be_empty, parsed


def test_migrations_of_an_app_stand_in_one_line():
    must_be_empty(branches(ROOT))


def test_migrations_are_named_and_free_of_our_code():
    must_be_empty(careless_migrations(ROOT))


@pytest.mark.django_db
def test_the_migrations_make_exactly_the_models(capsys):
    try:
        call_command("makemigrations", "--check", "--dry-run")
    except SystemExit:
        pytest.fail(f"a migration is missing:\n{capsys.readouterr().out}", pytrace=False)


def migration_files(root: Path) -> Iterator[Path]:
    """Yield every migration of every context."""
    for context in contexts(root):
        for path in sorted((context / "migrations").glob("*.py")):
            if path.name != "__init__.py":
                yield path


def careless_migrations(root: Path) -> Iterator[str]:
    """Yield migrations with a machine's name, with our code inside, or without a way back."""
    for path in migration_files(root):
        if not re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem) or "_auto_" in path.stem:
            yield f"{at(path, 1, root)}: name the migration after what it changes"
        for node in ast.walk(parsed(path)):
            module = _imported_module(node)
            if module.split(".")[0] in {"sreda", "config", "launch", "tests"}:
                yield f"{at(path, node.lineno, root)}: imports {module}: a migration outlives code"
            if _is_call(node, {"RunPython", "RunSQL"}) and not _has_reverse(node):
                yield f"{at(path, node.lineno, root)}: has no reverse (say noop where none is)"


def branches(root: Path) -> Iterator[str]:
    """Yield apps whose numbers are not 1, 2, 3 … or whose migrations do not follow one another."""
    for context in contexts(root):
        names = [p.stem for p in migration_files(root) if p.parent.parent == context]
        if [int(name[:4]) for name in names] != list(range(1, len(names) + 1)):
            yield f"sreda/{context.name}: migrations are not numbered one by one: {names}"
        for before, name in pairwise(names):
            text = (context / "migrations" / f"{name}.py").read_text(encoding="utf-8")
            own = re.findall(rf"""\(['"]{context.name}['"], ['"](\d{{4}}_\w+)['"]\)""", text)
            if own != [before]:
                yield f"sreda/{context.name}: {name} follows {own}, expected {before}"


def _imported_module(node: ast.AST) -> str:
    if isinstance(node, ast.ImportFrom):
        return node.module or ""
    return node.names[0].name if isinstance(node, ast.Import) else ""


def _is_call(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in names


def _has_reverse(call: ast.Call) -> bool:
    named = {keyword.arg for keyword in call.keywords}
    return len(call.args) > 1 or bool(named & {"reverse_code", "reverse_sql"})
