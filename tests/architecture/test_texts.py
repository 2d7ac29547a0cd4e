"""Every Russian text that a person may see goes through gettext, so that it can be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, at, must_be_empty, parsed, product_files, room_of

# Single letters are grammar or alphabet, not text.
CYRILLIC = re.compile("[А-Яа-яЁё].*[А-Яа-яЁё]", re.DOTALL)
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
# Russian that is data or grammar, not interface: files and folders, each with its reason.
DATA: dict[str, str] = {
    "sreda/demo/": "made-up names and texts of the demo region",
    "sreda/foundation/words.py": "Russian grammar itself: months, cases, alphabet",
    "sreda/ui/samples.py": "made-up contents of the style guide",
    "sreda/portal/calculations/kept_lines.py": "the words of the docstrings that it reads",
    "config/": "values an installation may change",
}

# Rooms that no visitor sees: makers of test data, and commands, whose operator reads English.
UNSEEN = {"testing", "management"}


def test_every_text_of_the_code_is_wrapped():
    must_be_empty(unwrapped_texts(ROOT))


def test_no_text_is_built_inside_gettext():
    must_be_empty(built_texts(ROOT))


def unwrapped_texts(root: Path) -> Iterator[str]:
    """Yield Russian string constants outside gettext and docstrings."""
    for path in product_files(root):
        name = str(path.relative_to(root))
        if room_of(path, root) in UNSEEN or name.startswith(tuple(DATA)):
            continue
        tree = parsed(path)
        allowed = {id(node) for node in _inside_gettext(tree)} | _docstrings(tree)
        if room_of(path, root) == "calculations":
            allowed |= _constants(tree)
        for node in ast.walk(tree):
            if id(node) not in allowed and _is_russian(node):
                yield f"{at(path, node.lineno, root)}: {node.value[:50]!r} is not inside _(…)"


def built_texts(root: Path) -> Iterator[str]:
    """Yield f-strings and sums inside gettext: their text is not in the catalogue."""
    for path in product_files(root):
        for call in _gettext_calls(parsed(path)):
            for argument in call.args:
                if isinstance(argument, ast.JoinedStr | ast.BinOp):
                    where = at(path, call.lineno, root)
                    yield f"{where}: a text is built inside _(…): use named placeholders"


def _is_russian(node: ast.AST) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str) and bool(CYRILLIC.search(value))


def _gettext_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT:
            yield node


def _inside_gettext(tree: ast.AST) -> Iterator[ast.AST]:
    for call in _gettext_calls(tree):
        for argument in call.args:
            yield from ast.walk(argument)


def _constants(tree: ast.Module) -> set[int]:
    """Return the ids inside ALL_CAPS constants of a module: in calculations these are words to
    compare with (headings of columns, kinds of organizations), not words to show."""
    found: set[int] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id.isupper() and node.value:
                found |= {id(inner) for inner in ast.walk(node.value)}
    return found


def _docstrings(tree: ast.AST) -> set[int]:
    """Return the ids of constants that stand alone: docstrings."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
