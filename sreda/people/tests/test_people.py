import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from sreda.people.calculations import snils
from sreda.people.calculations.names import friendly, full, short
from sreda.people.facade import add_people, erase_person, export_person, full_name
from sreda.people.models import Person
from sreda.people.testing import make_person

VALID = "11223344595"


def test_names_are_written_three_ways_and_never_declined():
    assert full("Селянинова", "Ирина", "Петровна") == "Селянинова Ирина Петровна"
    assert full("Ким", "Ян", "") == "Ким Ян"
    assert friendly("Селянинова", "Ирина") == "Ирина Селянинова"
    assert short("Селянинова", "Ирина", "Петровна") == "Селянинова И. П."
    assert short("Ким", "Ян", "") == "Ким Я."


def test_a_known_snils_is_valid_and_any_other_control_number_is_not():
    assert snils.is_valid(VALID)
    assert not snils.is_valid("11223344596")
    assert not snils.is_valid("1122334459")
    assert snils.written(VALID) == "112-233-445 95"


@given(st.integers(min_value=1_001_999, max_value=999_999_999))
def test_the_control_number_makes_a_valid_snils(number):
    first_nine = f"{number:09d}"
    assert snils.is_valid(first_nine + snils.control_number(first_nine))


@pytest.mark.django_db
def test_a_snils_stands_once_and_an_empty_one_any_number_of_times():
    make_person("Ёлкина Анна", snils="")
    make_person("Ёлкина Вера", snils="")
    make_person("Ёлкина Дарья", snils=VALID)
    with pytest.raises(IntegrityError):
        make_person("Ёлкина Зоя", snils=VALID)


@pytest.mark.django_db
def test_one_and_many_fill_the_same_names():
    one = make_person("Ёлкина Анна Петровна")
    (other,) = add_people([Person(last_name="Ёлкина", first_name="Анна", middle_name="Петровна")])
    assert (one.sort_name, one.search_name) == (other.sort_name, other.search_name)
    assert one.search_name == "елкина анна петровна"


@pytest.mark.django_db
def test_an_erased_person_keeps_a_row_that_tells_nothing():
    person = make_person("Ёлкина Анна", snils=VALID)
    assert "Ёлкина" in str(export_person(person.pk))
    erase_person(person.pk)
    person.refresh_from_db()
    assert full_name(person) == "— —"
    assert (person.snils, person.search_name) == ("", "")
