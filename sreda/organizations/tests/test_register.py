"""The list: what is searched, narrowed, ordered and paged, and what it costs."""

import pytest

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.foundation.errors import Forbidden
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.calculations.asking import RegisterAsk
from sreda.organizations.models import Kind, Status
from sreda.organizations.queries.finding import find_organizations
from sreda.organizations.queries.register import organizations_page
from sreda.organizations.testing import make_municipality, make_organization, make_school
from sreda.organizations.tests.world import address, make_world, signed_in

pytestmark = pytest.mark.django_db


def names(actor, **asked):
    page = organizations_page(actor=actor, ask=RegisterAsk(**asked)).page
    return [row.name for row in page.rows]


def test_the_list_holds_organizations_and_not_the_tree_they_stand_in():
    world = make_world()
    ministry = world.actor(Role.MINISTRY)
    assert names(ministry) == ["Гайнская школа", "Пермский колледж № 3"]
    assert names(ministry, kind=Kind.MUNICIPALITY) == [
        "Гайнский муниципальный округ",
        "Пермский городской округ",
    ]


def test_each_line_and_each_municipality_has_its_own_rows_however_often_they_are_asked_for():
    world = make_world()
    ministry = world.actor(Role.MINISTRY)
    omsk = make_actor(role=Role.MINISTRY, at=world.foreign.region)
    perm = make_actor(role=Role.MUNICIPAL, at=world.perm)
    for _time in range(2):
        assert names(omsk) == ["Тарская школа"]
        assert names(ministry) == ["Гайнская школа", "Пермский колледж № 3"]
        assert names(world.actor(Role.MUNICIPAL)) == ["Гайнская школа"]
        assert names(perm) == ["Пермский колледж № 3"]
        assert names(ministry, municipality=world.perm.uid) == ["Пермский колледж № 3"]
        assert names(ministry, municipality=world.gayny.uid) == ["Гайнская школа"]
        assert names(ministry, municipality=world.foreign.municipality.uid) == []


@pytest.mark.parametrize(
    "text",
    ["гайн", "ШКОЛА гайнская", "«Гайнская»", "8181", "8181001135", "102590", "гайнская 8181"],
)
def test_words_in_any_order_and_the_beginning_of_a_number_find(text):
    world = make_world()
    assert names(world.actor(Role.MINISTRY), text=text) == ["Гайнская школа"]


@pytest.mark.parametrize("text", ["гайнская колледж", "1001135", "%", "_", "школа\\", "'; --"])
def test_what_does_not_fit_finds_nothing(text):
    world = make_world()
    assert names(world.actor(Role.MINISTRY), text=text) == []


def test_yo_and_ye_are_one_letter_in_a_search():
    world = make_world()
    make_school("Школа в Кочёво", municipality=world.gayny, address="пер. Берёзовый, 4")
    ministry = world.actor(Role.MINISTRY)
    assert names(ministry, text="кочево") == names(ministry, text="КОЧЁВО") == ["Школа в Кочёво"]
    assert names(ministry, text="березовый") == ["Школа в Кочёво"]


def test_every_filter_narrows():
    world = make_world()
    closed = make_organization(
        kind=Kind.COLLEGE,
        name="Закрытый техникум",
        municipality=world.gayny,
        locality="URBAN",
        status=Status.CLOSED,
    )
    ministry = world.actor(Role.MINISTRY)
    assert names(ministry, kind=Kind.COLLEGE) == [closed.name, "Пермский колледж № 3"]
    assert names(ministry, kind=Kind.COLLEGE, municipality=world.gayny.uid) == [closed.name]
    assert names(ministry, locality="RURAL") == ["Гайнская школа"]
    assert names(ministry, status=Status.CLOSED) == [closed.name]
    assert names(ministry, text="техникум", kind=Kind.SCHOOL) == []


def test_the_list_is_ordered_both_ways_by_each_column():
    world = make_world()
    kazan = make_municipality("Ёлкинский округ", region=world.region)
    make_school("Ёлкинская школа", municipality=kazan)
    make_school("Единая школа", municipality=world.perm)
    make_organization(kind=Kind.PD_CENTER, name="Центр края", region=world.region)
    ministry = world.actor(Role.MINISTRY)
    by_name = [
        "Гайнская школа",
        "Единая школа",
        "Ёлкинская школа",
        "Пермский колледж № 3",
        "Центр края",
    ]
    assert names(ministry, sort="name") == by_name
    assert names(ministry, sort="-name") == by_name[::-1]
    assert names(ministry, sort="municipality") == [
        "Центр края",
        "Гайнская школа",
        "Ёлкинская школа",
        "Единая школа",
        "Пермский колледж № 3",
    ]
    assert names(ministry, sort="kind")[-1] == "Центр края"
    assert names(ministry, sort="-kind")[0] == "Центр края"


def test_the_last_changed_comes_first_when_asked(client):
    world = make_world()
    world.school.updated_at = world.school.updated_at.replace(year=2027)
    world.school.save()
    assert names(world.actor(Role.MINISTRY), sort="-updated")[0] == "Гайнская школа"
    assert names(world.actor(Role.MINISTRY), sort="updated")[-1] == "Гайнская школа"


def test_pages_hold_fifty_and_a_page_beyond_the_end_is_the_last():
    world = make_world()
    for number in range(60):
        make_school(f"Школа {number:03}", municipality=world.gayny)
    ministry = world.actor(Role.MINISTRY)
    second = organizations_page(actor=ministry, ask=RegisterAsk(page=2)).page
    assert (second.total, second.pages, len(second.rows)) == (62, 2, 12)
    assert organizations_page(actor=ministry, ask=RegisterAsk(page=99)).page.number == 2


def test_the_filters_offer_only_what_is_there_with_numbers():
    world = make_world()
    register = organizations_page(actor=world.actor(Role.MINISTRY), ask=RegisterAsk())
    kinds = {option.label: option.number for option in register.filters[0].options}
    assert kinds == {"муниципалитет": 2, "школа": 1, "колледж": 1}
    assert [f.name for f in register.filters] == ["kind", "municipality", "locality", "status"]


def test_a_municipality_is_not_asked_which_municipality():
    world = make_world()
    register = organizations_page(actor=world.actor(Role.MUNICIPAL), ask=RegisterAsk())
    assert "municipality" not in [f.name for f in register.filters]


def test_those_of_one_organization_are_refused_in_words():
    world = make_world()
    with pytest.raises(Forbidden, match="Реестр открыт муниципалитету"):
        organizations_page(actor=world.actor(Role.DIRECTOR), ask=RegisterAsk())


def test_the_list_costs_four_queries_and_does_not_grow():
    world = make_world()
    ministry = world.actor(Role.MINISTRY)
    ask = RegisterAsk(text="школа", sort="municipality")
    with assert_query_budget(4):
        organizations_page(actor=ministry, ask=ask)

    def more_schools():
        for number in range(5):
            municipality = make_municipality(f"Округ {number}", region=world.region)
            make_school(f"Школа {number}", municipality=municipality)

    assert_queries_do_not_grow(
        read=lambda: organizations_page(actor=ministry, ask=ask), add_rows=more_schools
    )


def test_the_page_does_not_grow_either(client):
    world = make_world()
    signed_in(client, world, Role.MINISTRY)
    assert_queries_do_not_grow(
        read=lambda: client.get(address("list")),
        add_rows=lambda: [make_school(municipality=world.gayny) for _number in range(5)],
    )


def test_htmx_gets_the_list_alone_with_the_conditions_as_links(client):
    world = make_world()
    signed_in(client, world, Role.MINISTRY)
    answer = client.get(
        address("list"), {"q": "гайн", "kind": "SCHOOL"}, headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    assert "<html" not in text
    # The way to the table follows the filter.
    assert text.count('hx-swap-oob="true"') == 1
    assert "export.xlsx?q=%D0%B3%D0%B0%D0%B9%D0%BD&amp;kind=SCHOOL" in text
    assert "Гайнская школа" in text
    assert "Убрать условие: школа" in text


def test_an_empty_answer_says_what_to_do(client):
    world = make_world()
    signed_in(client, world, Role.MINISTRY)
    assert "По этим условиям ничего нет" in client.get(address("list") + "?q=хх").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "sort=;drop&kind=NONE&municipality=1&status=x&locality=y&page=-1",
        "page=99999999999999999999",
        "q=%00%ff",
        "municipality=00000000-0000-0000-0000-000000000000",
        "q=" + "а" * 5000,
    ],
)
def test_nonsense_in_the_address_is_no_failure(client, query):
    world = make_world()
    signed_in(client, world, Role.MINISTRY)
    assert client.get(f"{address('list')}?{query}").status_code == 200


def test_a_script_in_a_name_is_shown_as_text(client):
    world = make_world()
    evil = make_school(
        "<script>alert(1)</script>",
        municipality=world.gayny,
        head_name="<img src=x onerror=alert(1)>",
        site="javascript:alert(1)",
    )
    signed_in(client, world, Role.MINISTRY)
    for page in (
        address("list"),
        address("list") + "?q=<script>",
        address("card", evil.uid),
        address("edit", evil.uid),
        address("history", evil.uid),
    ):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text
        assert "&lt;script&gt;" in text


def test_the_palette_finds_within_the_line_only():
    world = make_world()
    municipal = world.actor(Role.MUNICIPAL)
    assert [found.name for found in find_organizations(actor=municipal, text="гайн")] == [
        "Гайнская школа",
        "Гайнский муниципальный округ",
    ]
    assert find_organizations(actor=municipal, text="пермский") == []
    with assert_query_budget(0):
        assert find_organizations(actor=municipal, text=" «» ") == []
