"""What the pages of ``roster`` take."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sreda.foundation.ids import new_uid
from sreda.roster.models import PostRole

Choices = Sequence[tuple[str, str]]
LONGEST_SEARCH = 100


class PostForm(forms.Form):
    """One more post; ``uid`` makes the same form sent twice one post."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=gettext_lazy("Роль"),
        help_text=gettext_lazy("От неё зависит, что откроется"),
        error_messages={"required": gettext_lazy("Выберите роль")},
    )
    school_class = forms.ChoiceField(
        label=gettext_lazy("Класс"),
        help_text=gettext_lazy("Только для классного руководителя"),
        required=False,
    )
    title = forms.CharField(
        label=gettext_lazy("Должность"),
        help_text=gettext_lazy("Как в приказе: «учитель физики»"),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, roles: Choices, classes: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"uid": new_uid()})
        super().__init__(*args, **kwargs)
        self._choices("role", [("", _("Выберите")), *roles])
        self._choices("school_class", [("", _("Без класса")), *classes])

    def _choices(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """A class teacher has a class, nobody else does."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("role") != PostRole.CLASS_TEACHER:
            data["school_class"] = ""
        elif "school_class" in data and not data["school_class"]:
            self.add_error("school_class", _("Выберите класс, который ведёт этот человек"))
        return data

    @property
    def class_uid(self) -> UUID | None:
        """The uid of the chosen class."""
        chosen = self.cleaned_data["school_class"]
        return UUID(chosen) if chosen else None


def _name(label: Any, *, wanted: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=wanted is not None,
        max_length=100,
        error_messages={"required": wanted} if wanted else None,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ColleagueForm(PostForm):
    """A new colleague with the first post."""

    last_name = _name(gettext_lazy("Фамилия"), wanted=gettext_lazy("Напишите фамилию"))
    first_name = _name(gettext_lazy("Имя"), wanted=gettext_lazy("Напишите имя"))
    middle_name = _name(gettext_lazy("Отчество"))
    is_another = forms.BooleanField(
        label=gettext_lazy("Это другой человек с тем же именем"), required=False
    )
    field_order = ("last_name", "first_name", "middle_name", "role", "school_class", "title")


def chosen_uids(data: QueryDict, name: str) -> list[UUID] | None:
    """Return the uids ticked in a form, each once; None when one of them is no uid."""
    try:
        return list(dict.fromkeys(UUID(value) for value in data.getlist(name)))
    except ValueError:
        return None


def search_text(text: str | None) -> str:
    """Return what was typed into a search field, cut to a sensible length."""
    return (text or "").strip()[:LONGEST_SEARCH]


def role_code(text: str | None) -> str:
    """Return the code of a post's role; empty for anything else."""
    return text if text in PostRole.values else ""
