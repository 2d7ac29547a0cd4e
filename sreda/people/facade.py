"""The door of ``people``."""

from sreda.people.actions import add_person, erase_person
from sreda.people.bulk import add_people
from sreda.people.calculations import names, snils
from sreda.people.models import Person
from sreda.people.queries import export_person, full_name

__all__ = [
    "Person",
    "add_people",
    "add_person",
    "erase_person",
    "export_person",
    "full_name",
    "names",
    "snils",
]
