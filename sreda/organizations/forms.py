"""Parsing what a browser sends about the register. What is right is judged by the actions."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sreda.organizations.calculations.asking import SORTS, RegisterAsk
from sreda.organizations.calculations.changes import (
    BUILDING_FIELDS,
    PASSPORT_FIELDS,
    REGISTRATION_FIELDS,
    BuildingChanges,
    OrganizationChanges,
)
from sreda.organizations.models import Building, Condition, Kind, Locality, Organization, Status

Choices = list[tuple[str, Any]]
LONGEST_SEARCH = 200
# What a year or a count may be typed as before it is judged.
WHOLE_NUMBER = {"invalid": _("Напишите целое число")}


def register_ask(query: QueryDict, *, page: int) -> RegisterAsk:
    """Return what the address of a list asks for; what makes no sense is left out."""
    sort = query.get("sort", "")
    return RegisterAsk(
        text=query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        kind=_one_of(query.get("kind"), Kind.values),
        municipality=_uuid(query.get("municipality")),
        locality=_one_of(query.get("locality"), Locality.values),
        status=_one_of(query.get("status"), Status.values),
        sort=sort if sort.removeprefix("-") in SORTS else "name",
        page=page,
    )


def set_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Offer ``choices`` at a field of this form only."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def _one_of(value: str | None, known: list[str]) -> str:
    return value if value in known else ""


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _text(label: Any, *, hint: Any = "", rows: int = 0, **attrs: str) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, **attrs}) if rows else forms.TextInput(attrs)
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


class PassportForm(forms.Form):
    """What the organization itself keeps right. ``seen`` says which version was on the screen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    address = _text(_("Адрес"), autocomplete="off")
    phone = _text(_("Телефон"), inputmode="tel", autocomplete="off")
    email = _text(_("Почта"), inputmode="email", autocomplete="off")
    site = _text(_("Сайт"), hint=_("Начинается с https://"), inputmode="url", autocomplete="off")
    head_name = _text(_("Руководитель"), hint=_("Фамилия, имя, отчество"), autocomplete="off")
    head_post = _text(_("Должность руководителя"), autocomplete="off")

    @classmethod
    def initial_of(cls, organization: Organization) -> dict[str, Any]:
        """Return what the form is filled with."""
        values = {field: getattr(organization, field) for field in PASSPORT_FIELDS}
        return {**values, "seen": organization.updated_at.isoformat()}

    def seen_at(self) -> datetime | None:
        """Return the time of the version that was on the screen; None when it is not readable."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def changes(self) -> OrganizationChanges:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return cast(OrganizationChanges, {field: typed[field] for field in PASSPORT_FIELDS})


class OrganizationForm(PassportForm):
    """The whole card, for those who answer for the register."""

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = _text(_("Наименование"), hint=_("Коротко, как говорят: Гайнская школа"))
    full_name = _text(_("Полное наименование"), hint=_("Как в уставе"), rows=2)
    kind = forms.ChoiceField(label=_("Вид"), required=False)
    municipality = forms.ChoiceField(label=_("Муниципалитет"), required=False)
    locality = forms.ChoiceField(label=_("Местность"), required=False)
    inn = _text(_("ИНН"), hint=_("10 цифр"), inputmode="numeric", autocomplete="off")
    ogrn = _text(_("ОГРН"), hint=_("13 цифр"), inputmode="numeric", autocomplete="off")
    kpp = _text(_("КПП"), hint=_("9 знаков"), autocomplete="off")
    oktmo = _text(_("ОКТМО"), hint=_("8 или 11 цифр"), inputmode="numeric", autocomplete="off")
    is_sample = forms.BooleanField(
        label=_("Учебные данные"),
        required=False,
        help_text=_("Придуманная организация: так она не спутается с настоящей"),
    )

    def __init__(self, *args: Any, municipalities: Choices, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Choices] = {
            "municipality": [("", _("Регион, без муниципалитета")), *municipalities],
            "kind": [("", _("Выберите вид")), *kinds],
            "locality": [("", _("Не указана")), *Locality.choices],
        }
        for name, choices in offered.items():
            set_choices(self, name, choices)

    @classmethod
    def initial_of(cls, organization: Organization) -> dict[str, Any]:
        """Return what the form is filled with."""
        municipality = organization.municipality
        values = {
            field: getattr(organization, field)
            for field in REGISTRATION_FIELDS
            if field != "municipality"
        }
        return {
            **super().initial_of(organization),
            **values,
            "municipality": str(municipality.uid) if municipality else "",
        }

    def changes(self) -> OrganizationChanges:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        changes = super().changes()
        for field in REGISTRATION_FIELDS:
            if field != "municipality":
                changes[field] = typed[field]  # type: ignore[literal-required]
        changes["municipality_uid"] = _uuid(typed["municipality"])
        return changes


class StatusForm(forms.Form):
    """Whether an organization works."""

    status = forms.ChoiceField(
        label=_("Состояние"), widget=forms.RadioSelect, error_messages={"required": _("Выберите")}
    )

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [choice for choice in Status.choices if choice[0] != present]
        set_choices(self, "status", others)


class BuildingForm(forms.Form):
    """One building. ``seen`` says which version was on the screen."""

    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = _text(_("Здание"), hint=_("Например: главное, начальная школа, интернат"))
    address = _text(_("Адрес"), autocomplete="off")
    locality = forms.ChoiceField(
        label=_("Местность"),
        required=False,
        help_text=_("Если не та, что у организации"),
        choices=[("", _("Как у организации")), *Locality.choices],
    )
    built_year = forms.IntegerField(
        label=_("Год постройки"), required=False, localize=False, error_messages=WHOLE_NUMBER
    )
    classrooms = forms.IntegerField(
        label=_("Кабинетов"), required=False, localize=False, error_messages=WHOLE_NUMBER
    )
    accessibility = _text(_("Доступная среда"), hint=_("Например: пандус, 1-й этаж"))
    condition = forms.ChoiceField(
        label=_("Состояние"), required=False, choices=Condition.choices, initial=Condition.GOOD
    )
    note = _text(_("Примечание"), hint=_("Например: ремонт кровли в 2026 году"))

    @classmethod
    def initial_of(cls, building: Building) -> dict[str, Any]:
        """Return what the form is filled with."""
        return {field: getattr(building, field) for field in BUILDING_FIELDS}

    def changes(self) -> BuildingChanges:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return cast(BuildingChanges, {field: typed[field] for field in BUILDING_FIELDS})
