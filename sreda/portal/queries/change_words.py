"""What an event changed, in words: fields and choices as forms write them, people by name.

Numbers and uids that only machines read are left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sreda.access.facade import Grant
from sreda.accounts.facade import Account, account_names
from sreda.audit.facade import EventRow
from sreda.people.facade import Person, full_name
from sreda.portal.policies import names_open

# What is written beside the fields of models.
FIELDS: dict[str, Promise] = {
    "account": _("чья запись"),
    "cards": _("карточек"),
    "changed_count": _("изменено"),
    "child": _("ребёнок"),
    "codes": _("кодов"),
    "created_count": _("добавлено"),
    "differences": _("расхождений"),
    "ended": _("закрыто входов"),
    "ends_on": _("последний день"),
    "grade": _("параллель"),
    "guardian": _("представитель"),
    "kind": _("вид"),
    "letter": _("буква"),
    "name": _("название"),
    "organizations": _("организаций"),
    "people": _("людей"),
    "person": _("человек"),
    "reason": _("причина"),
    "role": _("роль"),
    "row": _("строка"),
    "rows": _("строк"),
    "same_count": _("без изменений"),
    "title": _("название"),
    "unread": _("непрочитанных"),
    "way": _("способ входа"),
    "what": _("что исправлено"),
}
ACCOUNT, PEOPLE = "account", ("person", "child", "guardian")
SAME_AS = {"reason": "end_reason"}
MACHINES = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Names that the reader may see: of accounts by id, of people by uid as text."""

    accounts: Mapping[int, str]
    people: Mapping[str, str]


NO_NAMES = KnownNames(accounts={}, people={})


def names_in(rows: Iterable[EventRow], *, place_id: int) -> KnownNames:
    """Return the names of those who did and whom it was done to, as far as they have, or have had,
    a role at the organization ``place_id``. Cost: at most 3 queries.

    Only for a reader to whom names open.
    """
    rows = list(rows)
    accounts = {row.account_id for row in rows if row.account_id and names_open(row.role_code)}
    uids: set[str] = set()
    for row in rows:
        accounts |= {value for value in _values(row, ACCOUNT) if isinstance(value, int)}
        uids |= {str(value) for name in PEOPLE for value in _values(row, name) if value}
    return KnownNames(
        accounts=_account_names(accounts, place_id), people=_people_names(uids, place_id)
    )


def _account_names(accounts: set[int], place_id: int) -> dict[int, str]:
    here = Grant.objects.filter(organization_id=place_id, account_id__in=accounts)
    known = set(here.values_list("account_id", flat=True)) if accounts else set()
    return account_names(known) if known else {}


def _people_names(uids: set[str], place_id: int) -> dict[str, str]:
    here = Account.objects.filter(grants__organization_id=place_id)
    people = Person.objects.filter(uid__in=uids, pk__in=here.values("person_id"))
    return {str(one.uid): full_name(one) for one in people} if uids else {}


def _values(row: EventRow, name: str) -> list[Any]:
    values = row.change.get(name)
    return values if isinstance(values, list) else []


def change_words(
    target_type: str, change: Mapping[str, Any], names: KnownNames = NO_NAMES
) -> tuple[Change, ...]:
    """Return what changed; a field of which nothing may be told is left out. Cost: no query."""
    model = _model(target_type)
    told = (_one(model, field, values, names) for field, values in change.items())
    return tuple(one for one in told if one.old or one.new)


def _one(model: type[models.Model] | None, name: str, values: Any, names: KnownNames) -> Change:
    old: Any
    old, new = values if isinstance(values, list) and len(values) == 2 else ("", values)
    if name == ACCOUNT:
        told = [names.accounts.get(value or 0, "") for value in (old, new)]
    elif name in PEOPLE:
        told = [names.people.get(str(value), "") for value in (old, new)]
    else:
        choices = _choices(model, name)
        told = [_told(value, choices) for value in (old, new)]
    return Change(field=capfirst(_label(model, name)), old=told[0], new=told[1])


def _told(value: Any, choices: Mapping[Any, str | Promise]) -> str:
    if value is None or MACHINES.fullmatch(str(value)):
        return ""
    if isinstance(value, str | int) and value in choices:
        return str(choices[value])
    return str(value)


def _model(target_type: str) -> type[models.Model] | None:
    found = (m for m in apps.get_models() if m.__name__ == target_type)
    return next((m for m in found if m.__module__.startswith("sreda.")), None)


def _field(model: type[models.Model] | None, name: str) -> "models.Field[Any, Any] | None":
    if model is None:
        return None
    try:
        field = model._meta.get_field(SAME_AS.get(name, name))
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _label(model: type[models.Model] | None, name: str) -> str:
    field = _field(model, name)
    # Django makes a label out of the name where the model gives none.
    if field is not None and str(field.verbose_name) != field.name.replace("_", " "):
        return str(field.verbose_name)
    return str(FIELDS.get(name, name))


def _choices(model: type[models.Model] | None, name: str) -> Mapping[Any, str | Promise]:
    field = _field(model, name)
    return dict(field.flatchoices) if field is not None else {}
