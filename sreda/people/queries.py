"""What is read of people."""

from django.utils.translation import gettext as _

from sreda.people.calculations.names import full
from sreda.people.calculations.snils import written
from sreda.people.models import Person


def full_name(person: Person) -> str:
    """Return «Селянинова Ирина Петровна»."""
    return full(person.last_name, person.first_name, person.middle_name)


def export_person(person_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return what this context keeps of one person: (model, field → value). Cost: 1 query."""
    person = Person.objects.get(pk=person_id)
    birth_date = person.birth_date.isoformat() if person.birth_date else ""
    return [
        (
            "Person",
            {
                _("фамилия"): person.last_name,
                _("имя"): person.first_name,
                _("отчество"): person.middle_name,
                _("дата рождения"): birth_date,
                _("СНИЛС"): written(person.snils),
            },
        )
    ]
