"""What is typed at the door. Every refusal is in our words; a password is never sent back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sreda.accounts.calculations.secrets import PIN_LENGTH

LONGEST_PASSWORD = 256
LONGEST_CODE = 60


def _password(label: Any, missing: Any, *, new: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password" if new else "current-password"}
        ),
        error_messages={
            "required": missing,
            "max_length": _("Пароль длиннее %(limit_value)s знаков"),
        },
    )


def _login(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Напишите логин"),
            "max_length": _("Логин длиннее %(limit_value)s знаков"),
        },
    )


class TwicePassword(forms.Form):
    """A new password typed twice."""

    password = _password(_("Новый пароль"), _("Придумайте пароль"), new=True)
    again = _password(_("Повторите пароль"), _("Повторите пароль"), new=True)

    def clean(self) -> None:
        """Refuse two different passwords."""
        data = self.cleaned_data
        if "password" in data and "again" in data and data["password"] != data["again"]:
            self.add_error("again", _("Пароли не совпали. Введите оба раза одинаково"))


class SignInForm(forms.Form):
    """Login and password."""

    login = _login(_("Логин"))
    password = _password(_("Пароль"), _("Введите пароль"))
    stay = forms.BooleanField(label=_("Не выходить на этом устройстве"), required=False)


class CodeForm(forms.Form):
    """Step one of the first visit: the code as it stands on paper."""

    code = forms.CharField(
        label=_("Код"),
        max_length=LONGEST_CODE,
        help_text=_("Десять букв и цифр с листка. Пробелы, дефис и размер букв не важны"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": _("Введите код с листка"),
            "max_length": _("Код короче: в нём десять букв и цифр"),
        },
    )


class FirstVisitForm(TwicePassword):
    """Step two: a login, and a password typed twice. The code comes along."""

    code = forms.CharField(max_length=LONGEST_CODE, widget=forms.HiddenInput)
    login = _login(_("Логин"))
    password = _password(_("Пароль"), _("Придумайте пароль"), new=True)

    field_order = ("login", "password", "again")


class PinForm(forms.Form):
    """The PIN of a card."""

    pin = forms.RegexField(
        rf"^[0-9]{{{PIN_LENGTH}}}$",
        label=_("PIN"),
        help_text=_("Четыре цифры. Их знает классный руководитель"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": PIN_LENGTH}
        ),
        error_messages={
            "required": _("Введите четыре цифры"),
            "invalid": _("В PIN четыре цифры"),
        },
    )


class PasswordForm(TwicePassword):
    """A change of the password: the present one, and the new one typed twice."""

    old = _password(_("Нынешний пароль"), _("Введите нынешний пароль"))

    field_order = ("old", "password", "again")
