"""What the ``field`` macro draws: a bound field taken apart."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Widget,
)
from django.forms.boundfield import BoundWidget


@dataclass(frozen=True, slots=True)
class FieldView:
    """Everything around one control. ``kind``: hidden, checkbox, group (radios and the like), line.

    ``described`` names the hint's and the error's elements, for ``aria-describedby``.
    """

    kind: str
    label: str
    label_for: str
    hint: str
    hint_id: str
    error: str
    error_id: str
    described: str
    is_optional: bool
    is_radio: bool
    control: str
    options: tuple[BoundWidget, ...]


def field_view(
    bound: BoundField, *, hint: str | None, optional: bool | None, cls: str, focus: bool
) -> FieldView:
    """Return ``bound`` as the macro draws it; the arguments are the macro's own."""
    kind = _kind(bound)
    error = " ".join(str(words) for words in bound.form.errors.get(bound.name, ()))
    hint = str(bound.help_text) if hint is None else hint
    hint_id = f"{bound.auto_id}-hint" if hint else ""
    error_id = f"{bound.auto_id}-error" if error else ""
    described = f"{hint_id} {error_id}".strip()
    takes_focus = bool(focus and error and bound.name == _first_wrong(bound.form))
    is_group = kind == "group"
    return FieldView(
        kind=kind,
        label=str(bound.label),
        label_for=bound.id_for_label if kind == "line" else "",
        hint=hint,
        hint_id=hint_id,
        error=error,
        error_id=error_id,
        described=described,
        is_optional=_is_optional(bound, kind) if optional is None else optional,
        is_radio=isinstance(bound.field.widget, RadioSelect),
        control=""
        if is_group
        else _control(bound, kind, described=described, cls=cls, takes_focus=takes_focus),
        options=tuple(bound.subwidgets) if is_group else (),
    )


def _kind(bound: BoundField) -> str:
    widget: Widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "checkbox" if isinstance(widget, CheckboxInput) else "line"


def _is_optional(bound: BoundField, kind: str) -> bool:
    """Say whether the field is marked «можно не заполнять»; a checkbox needs no mark."""
    return not bound.field.required and kind != "checkbox"


def _first_wrong(form: BaseForm) -> str:
    return next((name for name in form.errors if name != NON_FIELD_ERRORS), "")


def _control(bound: BoundField, kind: str, *, described: str, cls: str, takes_focus: bool) -> str:
    """Return the control's markup, tied to its hint and error."""
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = described
    if takes_focus:
        attrs["autofocus"] = True
    if kind == "line":
        own = bound.field.widget.attrs.get("class", "")
        attrs["class"] = " ".join(part for part in ("input", cls, own) if part)
    return bound.as_widget(attrs=attrs)
