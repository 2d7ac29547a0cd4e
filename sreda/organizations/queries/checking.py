"""What is wrong with an organization or a building that is about to be written, in words.

Forms, imports and the demo come through here: one rule, one wording.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.organizations.calculations.identifiers import (
    Fault,
    Flaw,
    inn_flaw,
    kpp_flaw,
    ogrn_flaw,
)
from sreda.organizations.models import (
    Building,
    Condition,
    Kind,
    Locality,
    Organization,
    Status,
)
from sreda.organizations.queries.finding import TREE_TOPS

EARLIEST_YEAR = 1700
MOST_CLASSROOMS = 500
_check_site = URLValidator(schemes=["http", "https"])
_ORGANIZATION_TEXTS = (
    "name",
    "full_name",
    "address",
    "phone",
    "email",
    "site",
    "head_name",
    "head_post",
)
_BUILDING_TEXTS = ("name", "address", "accessibility", "note")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong: ``text`` says all, ``found`` and ``expected`` are for tables."""

    text: str
    found: str = ""
    expected: str = ""

    def __str__(self) -> str:
        return self.text


def organization_remarks(organization: Organization) -> dict[str, Remark]:
    """Return what is wrong with the values of a row, by field. Asks the database nothing."""
    remarks = {
        "name": _missing(organization.name, _("Напишите наименование")),
        "kind": _unknown(organization.kind, Kind.values, _("Выберите вид организации")),
        "locality": _unknown(organization.locality, ["", *Locality.values], _locality_words()),
        "status": _unknown(organization.status, Status.values, _("Выберите состояние")),
        "inn": _number_remark(organization.inn, inn_flaw(organization.inn), _("ИНН")),
        "ogrn": _number_remark(organization.ogrn, ogrn_flaw(organization.ogrn), _("ОГРН")),
        "kpp": _kpp_remark(organization.kpp),
        "oktmo": _oktmo_remark(organization.oktmo),
        "phone": _phone_remark(organization.phone),
        "email": _email_remark(organization.email),
        "site": _site_remark(organization.site),
    }
    found = {field: remark for field, remark in remarks.items() if remark}
    return {**_too_long(organization, _ORGANIZATION_TEXTS), **found}


def building_remarks(building: Building, *, today: date) -> dict[str, Remark]:
    """Return what is wrong with the values of a building, by field. Asks the database nothing."""
    remarks = {
        "name": _missing(building.name, _("Напишите, что это за здание")),
        "address": _missing(building.address, _("Напишите адрес здания")),
        "locality": _unknown(building.locality, ["", *Locality.values], _locality_words()),
        "condition": _unknown(building.condition, Condition.values, _("Выберите состояние")),
        "built_year": _year_remark(building.built_year, today),
        "classrooms": _classrooms_remark(building.classrooms),
    }
    found = {field: remark for field, remark in remarks.items() if remark}
    return {**_too_long(building, _BUILDING_TEXTS), **found}


def taken_remarks(organization: Organization, *, actor: Actor) -> dict[str, Remark]:
    """Return which of the row's numbers other organizations hold. Cost: 1 query.

    The other one is named only where the actor may know of it.
    """
    same = Q()
    for field in ("inn", "ogrn"):
        if value := getattr(organization, field):
            same |= Q(**{field: value})
    if not same:
        return {}
    remarks = {}
    for other in Organization.objects.filter(same).exclude(pk=organization.pk):
        for field, label in (("inn", _("ИНН")), ("ogrn", _("ОГРН"))):
            value = getattr(organization, field)
            if value and value == getattr(other, field):
                remarks[field] = taken_remark(label, other, actor=actor)
    return remarks


def taken_remark(label: str, other: Organization, *, actor: Actor) -> Remark:
    """Return the words for a number that another organization holds."""
    if actor.covers(other):
        text = _("%(what)s уже у организации «%(name)s»") % {"what": label, "name": other.name}
    else:
        text = _("%(what)s уже у организации другого региона") % {"what": label}
    return Remark(text, expected=_("номер, которого в реестре ещё нет"))


def tree_remarks(organization: Organization, *, was_kind: str = "") -> dict[str, Remark]:
    """Return what is wrong with the row's place in the tree. Asks the database nothing when the
    row's municipality is loaded.
    """
    is_top, was_top = organization.kind in TREE_TOPS, was_kind in TREE_TOPS
    if organization.kind == Kind.REGION and was_kind != Kind.REGION:
        return {"kind": Remark(_("Регион в реестре один, второй не добавляется"))}
    if was_kind and is_top != was_top:
        return {"kind": Remark(_("Муниципалитет не становится организацией, и наоборот"))}
    municipality = organization.municipality
    if is_top and municipality is not None:
        return {"municipality": Remark(_("У самого муниципалитета это поле пустое"))}
    if municipality is None:
        return {}
    if municipality.kind != Kind.MUNICIPALITY or municipality.region_id != organization.region_id:
        return {"municipality": Remark(_("В регионе нет такого муниципалитета"))}
    return {}


def number_words(label: str, flaw: Flaw) -> str:
    """Return what is wrong with a number: «Контрольная цифра должна быть 1»."""
    if flaw.fault == Fault.SIGNS:
        return _("%(what)s состоит только из цифр") % {"what": label}
    if flaw.fault == Fault.LENGTH:
        return _("%(what)s: цифр должно быть %(expected)s, а здесь %(found)s") % {
            "what": label,
            "expected": flaw.expected.replace(", ", _(" или ")),
            "found": flaw.found,
        }
    if len(flaw.expected) == 1:
        return _("Контрольная цифра должна быть %(digit)s") % {"digit": flaw.expected}
    return _("Контрольные цифры должны быть %(digits)s") % {"digits": flaw.expected}


def _number_remark(number: str, flaw: Flaw | None, label: str) -> Remark | None:
    if not number or flaw is None:
        return None
    expected = flaw.expected
    if flaw.fault == Fault.CONTROL:
        expected = number[: -len(flaw.expected)] + flaw.expected
    return Remark(number_words(label, flaw), found=number, expected=expected or _("цифры"))


def _kpp_remark(code: str) -> Remark | None:
    if not code or kpp_flaw(code) is None:
        return None
    text = _("В КПП девять знаков: цифры, на пятом и шестом месте бывают латинские буквы")
    return Remark(text, found=code, expected="590201001")


def _oktmo_remark(code: str) -> Remark | None:
    if not code or (code.isascii() and code.isdigit() and len(code) in (8, 11)):
        return None
    return Remark(_("В ОКТМО 8 или 11 цифр"), found=code, expected=_("8 или 11 цифр"))


def _phone_remark(phone: str) -> Remark | None:
    if not phone or sum(sign.isdigit() for sign in phone) >= 5:
        return None
    return Remark(_("В телефоне слишком мало цифр"), found=phone, expected="(34245) 2-10-00")


def _email_remark(email: str) -> Remark | None:
    if not email:
        return None
    try:
        validate_email(email)
    except ValidationError:
        return Remark(_("Это не похоже на адрес почты"), found=email, expected="school@example.org")
    return None


def _site_remark(site: str) -> Remark | None:
    if not site:
        return None
    try:
        _check_site(site)
    except ValidationError:
        text = _("Адрес сайта начинается с http:// или https://")
        return Remark(text, found=site, expected="https://school.example.org")
    return None


def _year_remark(year: int | None, today: date) -> Remark | None:
    if year is None or EARLIEST_YEAR <= year <= today.year:
        return None
    words = {"found": year, "earliest": EARLIEST_YEAR, "latest": today.year}
    text = _("Год постройки %(found)s. Бывает от %(earliest)s до %(latest)s") % words
    return Remark(text, found=str(year), expected=f"{EARLIEST_YEAR}–{today.year}")


def _classrooms_remark(number: int | None) -> Remark | None:
    if number is None or 0 <= number <= MOST_CLASSROOMS:
        return None
    text = _("Кабинетов в здании бывает до %(most)s") % {"most": MOST_CLASSROOMS}
    return Remark(text, found=str(number), expected=f"0–{MOST_CLASSROOMS}")


def _missing(value: str, text: str) -> Remark | None:
    return None if value else Remark(text)


def _unknown(value: str, known: list[str], text: str) -> Remark | None:
    return None if value in known else Remark(text, found=value)


def _locality_words() -> str:
    return _("Допустимо: город, село")


def _too_long(row: Model, fields: tuple[str, ...]) -> dict[str, Remark]:
    remarks = {}
    for field in fields:
        most = row._meta.get_field(field).max_length  # type: ignore[union-attr]
        length = len(getattr(row, field))
        if most and length > most:
            text = _("Слишком длинно: %(found)s знаков, помещается %(most)s") % {
                "found": length,
                "most": most,
            }
            remarks[field] = Remark(text, found=str(length), expected=str(most))
    return remarks
