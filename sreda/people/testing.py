"""Makers of people for tests."""

from sreda.people.actions import add_person
from sreda.people.models import Person


def make_person(name: str = "Селянинова Ирина Петровна", **fields: object) -> Person:
    """Write a person by a full name «Фамилия Имя Отчество»."""
    last, first, middle = [*name.split(), "", ""][:3]
    return add_person(last_name=last, first_name=first, middle_name=middle, **fields)  # type: ignore[arg-type]
