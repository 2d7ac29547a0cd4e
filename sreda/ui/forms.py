"""The form of the appearance page."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sreda.ui.appearance import NO_IMAGES, SPACED, Appearance, vision_words

THEME_CHOICES = [
    ("", _("Как в системе")),
    ("light", _("Светлая")),
    ("dark", _("Тёмная")),
]
SCHEME_CHOICES = [
    ("", _("Обычная версия")),
    ("light", _("Чёрным по белому")),
    ("dark", _("Белым по чёрному")),
    ("blue", _("Синим по голубому")),
    ("sand", _("Коричневым по бежевому")),
]
SIZE_CHOICES = [("", _("Крупный")), ("large", _("Очень крупный")), ("huge", _("Самый крупный"))]


class AppearanceForm(forms.Form):
    """Theme, version for the visually impaired and language, all at once."""

    theme = forms.ChoiceField(
        label=_("Тема"), choices=THEME_CHOICES, required=False, widget=forms.RadioSelect
    )
    scheme = forms.ChoiceField(
        label=_("Версия для слабовидящих"),
        choices=SCHEME_CHOICES,
        required=False,
        widget=forms.RadioSelect,
    )
    size = forms.ChoiceField(
        label=_("Размер букв в этой версии"), choices=SIZE_CHOICES, required=False
    )
    spaced = forms.BooleanField(
        label=_("Расставить буквы и строки шире"), required=False, help_text=_("в этой версии")
    )
    hide_images = forms.BooleanField(
        label=_("Не показывать картинки"), required=False, help_text=_("в этой версии")
    )
    language = forms.ChoiceField(label=_("Язык"), choices=settings.LANGUAGES)

    @classmethod
    def of(cls, look: Appearance) -> "AppearanceForm":
        """Return the form filled with the present choice."""
        words = look.vision.split()
        return cls(
            initial={
                "theme": look.theme,
                "scheme": look.scheme,
                "size": look.size,
                "spaced": SPACED in words,
                "hide_images": NO_IMAGES in words,
                "language": look.language,
            }
        )

    def wanted(self) -> dict[str, str]:
        """Return the choice as ``appearance.changed`` takes it."""
        data = self.cleaned_data
        vision = vision_words(
            scheme=data["scheme"],
            size=data["size"],
            spaced=data["spaced"],
            images=not data["hide_images"],
        )
        return {"theme": data["theme"], "vision": vision, "language": data["language"]}
