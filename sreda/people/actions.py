"""Pieces that write people. Upper contexts decide who may; a person alone gives no access."""

from datetime import date

from django.db import transaction

from sreda.foundation.words import fold, sort_key
from sreda.people.calculations.names import full
from sreda.people.models import Person


@transaction.atomic(savepoint=False)
def add_person(
    *,
    last_name: str,
    first_name: str,
    middle_name: str = "",
    birth_date: date | None = None,
    snils: str = "",
) -> Person:
    """Write one person and return the row. The caller's action checks the permission and audits.

    Cost: 1 statement.
    """
    name = full(last_name, first_name, middle_name)
    return Person.objects.create(
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        birth_date=birth_date,
        snils=snils,
        sort_name=sort_key(name),
        search_name=fold(name),
    )


@transaction.atomic(savepoint=False)
def erase_person(person_id: int) -> None:
    """Replace all that tells who the person was; the row stays, because the law keeps what
    refers to it. Cost: 1 statement.
    """
    Person.objects.filter(pk=person_id).update(
        last_name="—",
        first_name="—",
        middle_name="",
        birth_date=None,
        snils="",
        sort_name="",
        search_name="",
    )
