"""Templates made for one language and one place: what is the same on every page there, such as
texts, drawings and addresses without arguments, is written into the compiled template.

A page asks for hundreds of them, and looking the language up for each cost more than the rest of
the page.
"""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

import jinja2
from django.utils import translation
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

TEXTS = ("_", "gettext")


class FoldingEnvironment(jinja2.Environment):
    """An environment whose compiled templates hold the answers of ``constant`` globals.

    The environment that Django makes has none of them; pages are drawn with ``settled`` ones.
    """

    language: str = ""
    constant: frozenset[str] = frozenset()

    def settled(
        self, *, language: str, constant: Mapping[str, Callable[..., Any]]
    ) -> "FoldingEnvironment":
        """Return an environment of the same templates for one language, in which ``constant``
        give the same answer to the same arguments.
        """
        env = self.overlay()
        env.globals = {**self.globals, **constant}
        env.language = language
        env.constant = frozenset(constant)
        return env

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template. A settled environment has all it will ever have, and
        one dictionary is copied much faster than Jinja's chain of two.
        """
        return self.globals if self.constant and not d else super().make_globals(d)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 -- Jinja's own signature
    ) -> str:
        """Fold the template, then let Jinja write its code."""
        names = self.constant - _own_names(source)
        if names:
            with translation.override(self.language):
                Folding(self, names).visit(source)
        return super()._generate(source, name, filename, defer_init=defer_init)


class Folding(NodeTransformer):
    """Puts answers where a template calls one of ``names`` with arguments written out in it."""

    def __init__(self, env: FoldingEnvironment, names: frozenset[str]) -> None:
        self.env = env
        self.names = names

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 -- Jinja's naming
        """Return the answer, or the call itself where it depends on what is known later."""
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        args = [_written(arg) for arg in node.args]
        if name not in self.names or None in args or node.dyn_args or node.dyn_kwargs:
            return node
        if not node.kwargs:
            return self._answer(node, name, args)
        return self._text_to_fill(node, args) if name in TEXTS else node

    def _answer(self, node: nodes.Call, name: str, args: list[str | None]) -> nodes.Expr:
        ask: Any = self.env.globals[name]
        try:
            return nodes.Const(ask(*args), lineno=node.lineno)
        except Exception:  # what cannot be answered fails where it is drawn, if it ever is
            return node

    def _text_to_fill(self, node: nodes.Call, args: list[str | None]) -> nodes.Expr:
        """Return a text with placeholders: it is known now, what fills it in comes later."""
        unfilled: Any = self.env.globals["unfilled_text"]
        text = nodes.Const(unfilled(*args), lineno=node.lineno)
        pairs = [
            nodes.Pair(nodes.Const(keyword.key), keyword.value, lineno=node.lineno)
            for keyword in node.kwargs
        ]
        filling = nodes.Dict(pairs, lineno=node.lineno)
        return nodes.Mod(text, filling, lineno=node.lineno, environment=self.env)


def _own_names(source: nodes.Template) -> set[str]:
    """Return the names that a template gives itself: there they mean its own thing."""
    own = {found.name for found in source.find_all(nodes.Name) if found.ctx != "load"}
    own.update(found.name for found in source.find_all(nodes.Macro))
    own.update(found.target for found in source.find_all(nodes.Import))
    for found in source.find_all(nodes.FromImport):
        own.update(name if isinstance(name, str) else name[1] for name in found.names)
    return own


def _written(node: nodes.Node) -> str | None:
    """Return the text of a literal; None for anything else."""
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None
