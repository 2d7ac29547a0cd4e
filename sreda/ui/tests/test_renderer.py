"""The widgets that come with Django, and those drawn without their templates."""

import pytest
from django import forms
from django.forms.renderers import Jinja2

from sreda.ui.renderer import FormRenderer

WIDGETS = [
    forms.TextInput(attrs={"maxlength": 5, "disabled": True, "readonly": False}),
    forms.PasswordInput(),
    forms.HiddenInput(),
    forms.NumberInput(attrs={"min": 0}),
    forms.DateInput(attrs={"type": "date"}),
    forms.FileInput(),
    forms.Textarea(),
    forms.CheckboxInput(),
    forms.Select(choices=[("1", "раз"), ("2", "<два>")]),
    forms.RadioSelect(choices=[("1", "раз")]),
]


@pytest.mark.parametrize("value", [None, "", "1", 'a"><script>&'])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_widget_is_drawn_as_django_draws_it(widget, value):
    attrs = {"id": "id_x", "required": True, "aria-describedby": "a b"}
    ours = widget.render("x", value, attrs, renderer=FormRenderer())
    theirs = widget.render("x", value, attrs, renderer=Jinja2())

    assert same(ours) == same(theirs)


def same(html: str) -> str:
    """Leave out what no browser sees: which of the two ways a quotation mark is written."""
    return html.replace("&#34;", "&quot;").replace("&#x27;", "&#39;")
