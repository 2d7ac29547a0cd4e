"""What the pages of ``portal`` read from the browser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TrailForm(forms.Form):
    """Conditions of the journal of actions."""

    group = forms.ChoiceField(label=_("Что"), required=False)
    person = forms.CharField(label=_("Кто"), required=False, max_length=200)
    since = forms.DateField(
        label=_("С"), required=False, widget=DAY, error_messages={"invalid": _("Нет такого дня")}
    )
    until = forms.DateField(
        label=_("По"), required=False, widget=DAY, error_messages={"invalid": _("Нет такого дня")}
    )

    def __init__(
        self, *args: Any, groups: list[tuple[str, str]], by_name: bool, **kwargs: Any
    ) -> None:
        """``groups`` are the choices of «Что»; without ``by_name`` there is no «Кто»."""
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("Всё")), *groups]  # type: ignore[attr-defined]
        if not by_name:
            del self.fields["person"]
