"""Templates hold structure only, and every text in them can be translated."""

import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tests.architecture.house import ROOT, at, must_be_empty, templates

GETTEXT = {"_", "gettext", "ngettext", "pgettext"}
CYRILLIC = re.compile("[А-Яа-яЁё]")
# What must not stand in a page: the pattern and the way out.
FORBIDDEN = {
    r"\sstyle\s*=": "an inline style: the strict CSP drops it, use a class",
    r"<style\b": "a style element: the strict CSP drops it, use ui/static",
    r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)": "an inline script",
    r"<[a-z][^>{]*\son[a-z]+\s*=": "an inline handler: the strict CSP drops it, use data-…",
    r"javascript:": "a javascript: address",
    r"\bhx-on\b": "hx-on: it needs eval, which the strict CSP forbids",
    r"\b(?:fill|stroke|color|bgcolor|stop-color)\s*=\s*[\"']#": "a color: use a CSS variable",
    r"\|\s*safe\b": "|safe: text is shown as text, only ui builds markup",
    r"\.objects\b": ".objects: a template computes nothing",
    r"\{%-?\s*autoescape\s+false": "autoescape off",
}
# Where words without gettext are right: a reason beside each.
OUTSIDE_GETTEXT: dict[str, str] = {
    "sreda/ui/templates/ui/gallery.html": "the style guide shows made-up contents",
}


def test_templates_hold_structure_only():
    must_be_empty(forbidden_in_templates(ROOT))


def test_every_text_of_a_template_is_wrapped():
    must_be_empty(unwrapped_in_templates(ROOT))


def test_templates_lie_in_a_folder_of_their_context():
    must_be_empty(misplaced(ROOT))


def forbidden_in_templates(root: Path) -> Iterator[str]:
    """Yield every match of the patterns above."""
    for path in templates(root):
        text = without_comments(path.read_text(encoding="utf-8"))
        for pattern, reason in FORBIDDEN.items():
            for found in re.finditer(pattern, text, re.IGNORECASE):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{at(path, line, root)}: {found[0].strip()!r} is {reason}"


def unwrapped_in_templates(root: Path) -> Iterator[str]:
    """Yield Russian words outside gettext."""
    environment = Environment(  # noqa: S701 -- it only parses
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    )
    for path in templates(root):
        if str(path.relative_to(root)) in OUTSIDE_GETTEXT:
            continue
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for text, line in _texts(tree):
            if CYRILLIC.search(text):
                yield f"{at(path, line, root)}: {text.strip()[:60]!r} is not inside _(…)"


def _texts(node: nodes.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, nodes.TemplateData):
        yield node.data, node.lineno
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value, node.lineno
    elif isinstance(node, nodes.Call) and getattr(node.node, "name", "") in GETTEXT:
        return
    else:
        for child in node.iter_child_nodes():
            yield from _texts(child)


def misplaced(root: Path) -> Iterator[str]:
    """Yield templates outside ``templates/<context>/``, where names of two contexts could meet."""
    for path in templates(root):
        context, _templates, folder, *_rest = path.relative_to(root / "sreda").parts
        if folder != context:
            yield f"{at(path, 1, root)}: lies outside templates/{context}/"


def without_comments(text: str) -> str:
    """Blank the comments, keeping the lines."""
    return re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
