"""What browsers send to ``imports``."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sreda.imports.calculations.rows import Column, Decision
from sreda.imports.kinds import Kind

SUFFIXES = (".csv", ".txt", ".xlsx")
CELL = "cell-"


class UploadForm(forms.Form):
    """Step 1: what is in the file, and the file."""

    use_required_attribute = False  # our words and not the browser's
    kind = forms.ChoiceField(label=gettext_lazy("Что в файле"))
    file = forms.FileField(
        label=gettext_lazy("Файл"),
        help_text=gettext_lazy("CSV до 256 МБ или XLSX до 20 МБ"),
        error_messages={
            "required": gettext_lazy("Приложите файл .csv или .xlsx"),
            "invalid": gettext_lazy("Приложите файл .csv или .xlsx"),
            "empty": gettext_lazy("Файл пуст. Нужна таблица: строка заголовков и строки под ней"),
            "missing": gettext_lazy("Приложите файл .csv или .xlsx"),
        },
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )

    def __init__(self, *args: Any, kinds: Sequence[Kind], limits: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.code, kind.title) for kind in kinds]
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]
        self.fields["file"].widget.attrs.update(
            {
                "data-limits": limits,
                "data-limit-words": _("Файл больше {megabytes} МБ. Разделите его"),
            }
        )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse by the suffix what is certainly no table; the content is looked at later."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        suffix = PurePosixPath((upload.name or "").replace("\\", "/")).suffix.lower()
        if suffix not in SUFFIXES:
            words = _("Нужен файл .csv или .xlsx, а приложен %(suffix)s")
            raise forms.ValidationError(words % {"suffix": suffix or _("файл без расширения")})
        return upload


class ColumnsForm(forms.Form):
    """Step 2: a choice of header for every column of the kind."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Column],
        headers: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        offers = [("", _("нет в файле")), *((str(place), text) for place, text in headers)]
        for column in columns:
            self.fields[column.code] = forms.ChoiceField(
                label=column.title,
                choices=offers,
                required=column.required,
                help_text=column.hint,
                error_messages={
                    "required": _("Выберите, в каком столбце файла стоит это значение"),
                    "invalid_choice": _("Такого столбца в файле нет"),
                },
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one header chosen twice."""
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for column in self.columns:
            place = cleaned.get(column.code)
            if place and place in seen:
                words = _("Этот столбец файла уже выбран: %(title)s")
                self.add_error(column.code, words % {"title": seen[place]})
            elif place:
                seen[place] = column.title
        return cleaned

    def places(self) -> dict[str, int]:
        """Return the place of each column that the file has."""
        return {code: int(place) for code, place in self.cleaned_data.items() if place}


def cells_of(posted: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a row that a page sent, by column code."""
    return {
        name.removeprefix(CELL): str(value)
        for name, value in posted.items()
        if name.startswith(CELL)
    }


def decision_of(text: str | None) -> Decision | None:
    """Return the decision that a button sent; nothing sensible takes a decision back."""
    return Decision(text) if text in set(Decision) else None
