"""Django's own widgets, rendered by Jinja2."""

from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms
import jinja2
from django.forms.renderers import BaseRenderer
from markupsafe import escape

# One tag each: a template would include two more for it, and take most of a form's time.
SINGLE_TAGS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in ("text", "password", "hidden", "email", "number", "url", "date", "file")
)


class FormRenderer(BaseRenderer):
    """Render the widget templates that come with Django.

    They read names that may be absent, so this environment is without StrictUndefined.
    """

    @cached_property
    def env(self) -> jinja2.Environment:
        """The environment, made at the first form."""
        folder = Path(django.forms.__file__).parent / "jinja2"
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder), autoescape=True, auto_reload=False
        )

    def get_template(self, template_name: str) -> Any:
        """Return a template that comes with Django."""
        return self.env.get_template(template_name)

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Return the widget's markup."""
        if template_name in SINGLE_TAGS:
            return _single_tag(context["widget"])
        html: str = self.get_template(template_name).render(context)
        return html.strip()


def _single_tag(widget: dict[str, Any]) -> str:
    """Return what Django's ``input.html`` gives."""
    value = widget["value"]
    attrs = {"type": widget["type"], "name": widget["name"], "value": value, **widget["attrs"]}
    return f"<input{''.join(_attribute(name, value) for name, value in attrs.items())}>"


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
