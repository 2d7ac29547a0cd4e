"""Find the permission checks of the product and remove one of them from a running process."""

import ast
import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
# Methods and functions that answer "may they" outside policies.py.
ANSWERS = {"covers", "holds"}
SCOPES = {"line_q"}


@dataclass(frozen=True)
class Mutant:
    """One check and how it is removed."""

    path: Path
    line: int
    kind: str  # "require", "forbid", "can", "visible", "closed"
    owner: str  # the outermost function around the check
    owner_line: int  # its first line, decorators included
    context: str = ""  # the folder of the product that it lies in

    def describe(self, root: Path) -> str:
        """Return the place and what is removed there."""
        words = {
            "require": "require(…) removed",
            "forbid": "raise Forbidden removed",
            "can": "always answers True",
            "visible": "shows every row",
            "closed": "lets everybody in",
        }
        return f"{self.path.relative_to(root)}:{self.line} {self.owner}: {words[self.kind]}"


def find(files: Sequence[Path], product: Path) -> list[Mutant]:
    """Return every permission check in the files of a product, in order."""
    found: list[Mutant] = []
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for owner, around in _outermost(tree):
            found += sorted(set(_checks(path, owner, around)), key=lambda mutant: mutant.line)
    return [replace(mutant, context=mutant.path.relative_to(product).parts[0]) for mutant in found]


def _outermost(tree: ast.Module) -> Iterator[tuple[FunctionNode, str]]:
    """Yield functions and methods, each with the name of its class or ''."""
    for node in tree.body:
        if isinstance(node, FunctionNode):
            yield node, ""
        elif isinstance(node, ast.ClassDef):
            yield from ((n, node.name) for n in node.body if isinstance(n, FunctionNode))


def _checks(path: Path, owner: FunctionNode, around: str) -> Iterator[Mutant]:
    def mutant(kind: str, line: int) -> Mutant:
        return Mutant(path, line, kind, owner.name, _first_line(owner))

    is_policy = "policies" in {path.stem, path.parent.name}
    if (is_policy and owner.name.startswith("can_")) or owner.name in ANSWERS:
        yield mutant("can", owner.lineno)
    if (is_policy and owner.name.startswith("visible_")) or owner.name in SCOPES:
        yield mutant("visible", owner.lineno)
    if owner.name == "process_view" and around == "ClosedByDefault":
        yield mutant("closed", owner.lineno)
    for node in ast.walk(owner):
        kind = _kind(node)
        if kind and owner.name != "require":
            yield mutant(kind, node.lineno)


def _kind(node: ast.AST) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return "require" if ast.unparse(node.value.func).split(".")[-1] == "require" else ""
    if isinstance(node, ast.Raise) and node.exc is not None:
        return "forbid" if ast.unparse(node.exc).startswith("Forbidden(") else ""
    return ""


def _first_line(node: FunctionNode) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def live_functions(mutants: Sequence[Mutant]) -> dict[tuple[str, int, str], list[FunctionType]]:
    """Return the functions of this process that hold the checks, by file, line and name."""
    wanted = {_key(mutant) for mutant in mutants}
    found: dict[tuple[str, int, str], list[FunctionType]] = {key: [] for key in wanted}
    for thing in gc.get_objects():
        if type(thing) is FunctionType:  # isinstance would wake lazy objects
            code = thing.__code__
            key = (code.co_filename, code.co_firstlineno, code.co_name)
            if key in wanted:
                found[key].append(thing)
    return found


def apply(mutant: Mutant, live: dict[tuple[str, int, str], list[FunctionType]]) -> None:
    """Remove the check in this process.

    :raises LookupError: when no live function holds it.
    """
    _swap(mutant, [mutant], live, _Remover, {"__everything__": everything})


def probe(
    mutants: Sequence[Mutant],
    live: dict[tuple[str, int, str], list[FunctionType]],
    reached: Callable[[int], None],
) -> None:
    """Make every check tell ``reached`` its number when a test passes through it."""
    by_owner: dict[tuple[str, int, str], list[int]] = {}
    for number, mutant in enumerate(mutants):
        by_owner.setdefault(_key(mutant), []).append(number)
    for numbers in by_owner.values():
        together = [mutants[number] for number in numbers]

        def prober(targets: Sequence[Mutant], numbers: list[int] = numbers) -> ast.NodeTransformer:
            return _Prober(targets, numbers)

        _swap(together[0], together, live, prober, {"__reached__": reached})


def everything(result: Any) -> Any:
    """Return the same kind of answer without its restriction."""
    from django.db.models import Q

    if isinstance(result, Q):
        return Q()
    return result.model._default_manager.all()


def _key(mutant: Mutant) -> tuple[str, int, str]:
    return (str(mutant.path), mutant.owner_line, mutant.owner)


def _swap(
    at: Mutant,
    targets: Sequence[Mutant],
    live: dict[tuple[str, int, str], list[FunctionType]],
    transformer: Callable[[Sequence[Mutant]], ast.NodeTransformer],
    names: dict[str, Any],
) -> None:
    tree = ast.parse(at.path.read_text(encoding="utf-8"))
    changed = ast.fix_missing_locations(transformer(targets).visit(tree))
    code = _code(compile(changed, str(at.path), "exec"), at)
    functions = live[_key(at)]
    if code is None or not functions:
        raise LookupError(f"{at.path}:{at.line}: no function of this process holds the check")
    for function in functions:
        function.__globals__.update(names)
        function.__code__ = code


def _code(code: CodeType, at: Mutant) -> CodeType | None:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if (constant.co_name, constant.co_firstlineno) == (at.owner, at.owner_line):
                return constant
            inner = _code(constant, at)
            if inner is not None:
                return inner
    return None


class _Remover(ast.NodeTransformer):
    """Takes one check out of a tree."""

    def __init__(self, targets: Sequence[Mutant]) -> None:
        self.target = targets[0]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Answer for a whole function, or look inside it."""
        if _first_line(node) != self.target.owner_line or self.target.kind in {"require", "forbid"}:
            return self.generic_visit(node)
        if self.target.kind == "visible":
            return _Unrestricted().visit(node)
        answer = ast.Constant(value=self.target.kind == "can" or None)
        # The old body stays behind the answer, so that the function keeps its free variables.
        node.body.insert(0, ast.Return(value=answer))
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """Take out a ``require(…)``."""
        return self._taken_out(node, "require")

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        """Take out a ``raise Forbidden(…)``."""
        return self._taken_out(node, "forbid")

    def _taken_out(self, node: ast.stmt, kind: str) -> ast.AST:
        if self.target.kind == kind and node.lineno == self.target.line and _kind(node) == kind:
            never = ast.If(test=ast.Constant(value=0), body=[node], orelse=[])
            return ast.copy_location(never, node)
        return node


class _Unrestricted(ast.NodeTransformer):
    """Wraps every answer of a function."""

    def visit_Return(self, node: ast.Return) -> ast.AST:
        """``return x`` becomes ``return __everything__(x)``."""
        name = ast.Name(id="__everything__", ctx=ast.Load())
        node.value = ast.Call(func=name, args=[node.value or ast.Constant(value=None)], keywords=[])
        return node


class _Prober(ast.NodeTransformer):
    """Puts a call in front of every check."""

    def __init__(self, targets: Sequence[Mutant], numbers: Sequence[int]) -> None:
        self.numbers = {(t.kind, t.line): n for t, n in zip(targets, numbers, strict=True)}
        self.owner_line = targets[0].owner_line

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Tell when the function is entered, if the function is the check."""
        self.generic_visit(node)
        for kind in ("can", "visible", "closed"):
            number = self.numbers.get((kind, node.lineno))
            if number is not None and _first_line(node) == self.owner_line:
                node.body.insert(0, _call(number))
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.AST]:
        """Tell before a ``require(…)``."""
        return self._told(node)

    def visit_Raise(self, node: ast.Raise) -> ast.AST | list[ast.AST]:
        """Tell before a ``raise Forbidden(…)``."""
        return self._told(node)

    def _told(self, node: ast.stmt) -> ast.AST | list[ast.AST]:
        number = self.numbers.get((_kind(node), node.lineno))
        return node if number is None else [_call(number), node]


def _call(number: int) -> ast.stmt:
    name = ast.Name(id="__reached__", ctx=ast.Load())
    return ast.Expr(value=ast.Call(func=name, args=[ast.Constant(value=number)], keywords=[]))
