import pytest

from sreda.foundation.paging import Page, page_number, page_of
from sreda.foundation.testing import assert_query_budget
from sreda.people.models import Person
from sreda.people.testing import make_person


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), (None, 1), ("", 1), ("-2", 1), ("0", 0), ("x", 1), ("²", 1), ("9" * 7, 1)],
)
def test_a_strange_page_number_is_the_first(text, number):
    assert max(1, page_number(text)) == max(1, number)


@pytest.mark.django_db
def test_a_page_past_the_end_is_the_last_one_and_costs_two_queries():
    for name in ("Анна", "Борис", "Вера"):
        make_person(name)
    people = Person.objects.order_by("sort_name")
    with assert_query_budget(2):
        page = page_of(people, number=9, size=2, row=lambda person: person.last_name)
    assert page == Page(rows=("Вера",), number=2, pages=2, total=3, size=2)
    assert (page.first, page.last) == (3, 3)


def test_an_empty_list_is_one_empty_page():
    page = Page(rows=(), number=1, pages=1, total=0, size=50)
    assert (page.first, page.last, page.numbers) == (0, 0, (1,))


def test_far_pages_leave_a_gap():
    page = Page(rows=(), number=5, pages=12, total=600, size=50)
    assert page.numbers == (1, None, 4, 5, 6, None, 12)
