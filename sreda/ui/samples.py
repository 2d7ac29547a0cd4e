"""What the gallery shows its parts with: drawings of data, not data."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sreda.foundation.paging import Page
from sreda.ui.shell import Found, FoundGroup

COLORS = (
    "paper", "surface", "sunken", "line", "edge", "ink", "ink-2", "ink-3", "accent",
    "accent-soft", "good", "warn", "bad", "under",
)  # fmt: skip
ICONS = (
    "today", "calendar", "diary", "book", "task", "chat", "folder", "award", "code", "grid",
    "chart", "building", "people", "person", "search", "bell", "plus", "check", "close", "right",
    "left", "down", "up", "forward", "back", "download", "upload", "print", "filter", "more",
    "edit", "trash", "lock", "wifi", "offline", "saved", "alert", "info", "help", "clock", "star",
    "play", "video", "file", "link", "shield", "pin", "eye", "theme", "exit", "settings", "copy",
    "repeat", "door", "camera", "drag", "flask", "image", "keyboard", "route", "sigma", "truck",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One color with its name in words."""

    token: str
    title: str


class SampleForm(forms.Form):
    """Every kind of field, one of them wrong."""

    title = forms.CharField(label=gettext_lazy("Название"))
    number = forms.CharField(
        label=gettext_lazy("СНИЛС"), help_text=gettext_lazy("11 цифр, можно без чёрточек")
    )
    place = forms.ChoiceField(label=gettext_lazy("Здание"), choices=[("1", "Кашина, 45")])
    closed = forms.CharField(label=gettext_lazy("Закрыто"), disabled=True, required=False)
    day = forms.DateField(
        label=gettext_lazy("Дата"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    file = forms.FileField(label=gettext_lazy("Таблица"), required=False)
    audience = forms.ChoiceField(
        label=gettext_lazy("Кому показать"),
        choices=[("all", gettext_lazy("Всем")), ("few", gettext_lazy("Только своим"))],
        widget=forms.RadioSelect,
    )
    remind = forms.BooleanField(label=gettext_lazy("Напомнить за день"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Замечание"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def clean_number(self) -> str:
        """Find the one mistake that the gallery shows."""
        raise ValidationError(_("Контрольные цифры не сходятся, должно быть 01"))


def gallery() -> dict[str, Any]:
    """Return everything the gallery's template reads."""
    form = SampleForm(
        {
            "title": _("Главное здание"),
            "number": "087-654-303 00",
            "place": "1",
            "audience": "all",
            "remind": "on",
            "note": _("Кровлю чинили летом, акт в папке"),
        },
        initial={"closed": _("Отчёт сдан")},
        auto_id="sample-%s",
    )
    return {
        "colors": [Sample(token, title) for token, title in zip(COLORS, _titles(), strict=True)],
        "icons": ICONS,
        "form": form,
        "page": Page(rows=(), number=2, pages=9, total=431, size=50),
        "weeks": _october(),
        "groups": _found(),
    }


def _titles() -> tuple[str, ...]:
    """Return the words for COLORS, in their order."""
    return (
        _("Бумага"), _("Полотно"), _("Низина"), _("Линия"), _("Рамка"), _("Чернила"),
        _("Чернила 2"), _("Чернила 3"), _("Акцент"), _("Акцент, фон"), _("Хорошо"),
        _("Внимание"), _("Ошибка"), _("Ниже плана"),
    )  # fmt: skip


def _october() -> list[list[int]]:
    """Return the weeks of a month that begins on a Thursday; 0 is a day of another month."""
    days = [0, 0, 0, *range(1, 32), 0]
    return [days[at : at + 7] for at in range(0, len(days), 7)]


def _found() -> tuple[FoundGroup, ...]:
    """Return an answer of the palette."""
    return (
        FoundGroup(
            title=_("Перейти"),
            items=(
                Found(label=_("Организации"), url="#", icon="building", note="↵"),
                Found(label=_("Люди"), url="#", icon="people"),
                Found(label=_("Внешний вид"), url="#", icon="eye"),
            ),
        ),
    )
