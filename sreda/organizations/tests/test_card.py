"""The card and the history of an organization."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import gettext, override

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.actions.buildings import close_building
from sreda.organizations.actions.organizations import change_organization
from sreda.organizations.models import Building, Kind, Status
from sreda.organizations.queries.card import organization_card
from sreda.organizations.queries.finding import open_organization
from sreda.organizations.queries.history import organization_history
from sreda.organizations.testing import make_building, make_organization, make_school
from sreda.organizations.tests.world import address, make_world, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)


@pytest.fixture
def world():
    return make_world()


def card_of(world, role, organization):
    actor = world.actor(role)
    opened = open_organization(actor=actor, uid=organization.uid)
    return organization_card(actor=actor, organization=opened)


def change(actor, organization, **changes):
    organization.refresh_from_db()
    change_organization(
        actor=actor,
        organization=organization,
        changes=changes,
        seen_at=organization.updated_at,
        now=NOW,
    )


def test_the_numbers_are_those_of_the_buildings_in_use(world):
    make_building(
        world.school, "Интернат", classrooms=4, built_year=2003, condition="REPAIR_NEEDED"
    )
    make_building(world.school, "Старое", classrooms=9, built_year=1900, closed_at=NOW)
    stats = {
        stat.label: (stat.value, stat.note)
        for stat in card_of(world, Role.DIRECTOR, world.school).stats
    }
    assert stats == {
        "Здания": (2, "1 требует ремонта"),
        "Кабинеты": (26, "в 2 зданиях"),
        "С доступной средой": (1, "из 2 зданий"),
        "Старшее здание": (1986, "год постройки"),
    }


def test_what_is_kept_is_judged_alike_in_every_language(world):
    make_building(world.school, "Интернат", accessibility="нет")
    for language in ("ru", "en"):
        with override(language):
            [stat] = [
                stat
                for stat in card_of(world, Role.DIRECTOR, world.school).stats
                if stat.label == gettext("С доступной средой")
            ]
        assert stat.value == 1


def test_there_is_no_number_where_nothing_is_known(world):
    assert card_of(world, Role.MINISTRY, world.college).stats == ()


def test_closed_buildings_stand_last(world):
    first = Building.objects.get(organization=world.school)
    first.closed_at = NOW
    first.save()
    make_building(world.school, "Новое")
    rows = card_of(world, Role.DIRECTOR, world.school).buildings
    assert [row.name for row in rows] == ["Новое", "Главное"]


def test_a_municipality_shows_what_works_in_it_by_kind(world):
    make_school("Закрытая", municipality=world.gayny, status=Status.CLOSED)
    make_organization(kind=Kind.COLLEGE, name="Гайнский филиал", municipality=world.gayny)
    card = card_of(world, Role.MUNICIPAL, world.gayny)
    assert [(count.label, count.number) for count in card.below] == [("школа", 1), ("колледж", 1)]
    assert card.below_municipality == world.gayny.uid


def test_a_region_counts_all_of_its_municipalities(world):
    card = card_of(world, Role.MINISTRY, world.region)
    assert [(count.label, count.number) for count in card.below] == [
        ("муниципалитет", 2),
        ("школа", 1),
        ("колледж", 1),
    ]


def test_an_authority_counts_what_it_looks_after(world):
    authority = make_organization(
        kind=Kind.AUTHORITY, name="Управление образования", municipality=world.gayny
    )
    card = card_of(world, Role.MINISTRY, authority)
    assert [(count.label, count.number) for count in card.below] == [("школа", 1)]


def test_the_lead_line_names_address_and_head(world):
    change(
        world.actor(Role.MINISTRY),
        world.school,
        full_name='МБОУ "Гайнская СОШ"',
        address="п. Гайны, ул. Кашина, 45",
        head_post="директор",
        head_name="Татьяна Ивановна Исаева",
    )
    lead = card_of(world, Role.DIRECTOR, world.school).head.lead
    assert lead == (
        "МБОУ «Гайнская СОШ», п. Гайны, ул. Кашина, 45. Директор — Татьяна Ивановна Исаева"
    )


def test_the_way_up_is_offered_only_to_those_who_may_go(client, world):
    signed_in(client, world, Role.DIRECTOR)
    text = client.get(address("card", world.school.uid)).content.decode()
    assert address("card", world.gayny.uid) not in text
    signed_in(client, world, Role.MUNICIPAL)
    text = client.get(address("card", world.school.uid)).content.decode()
    assert address("card", world.gayny.uid) in text
    assert f'href="{address("list")}"' in text


@pytest.mark.parametrize(
    ("role", "offered", "kept_away"),
    [
        (Role.PUPIL, [], ["edit", "status", "history"]),
        (Role.TEACHER, ["history"], ["edit", "status"]),
        (Role.DIRECTOR, ["history", "edit"], ["status"]),
        (Role.MINISTRY, ["history", "edit", "status"], []),
        (Role.OBSERVER, ["history"], ["edit", "status"]),
    ],
)
def test_the_card_offers_what_the_role_may(client, world, role, offered, kept_away):
    signed_in(client, world, role)
    text = client.get(address("card", world.school.uid)).content.decode()
    for page in offered:
        assert address(page, world.school.uid) in text
    for page in kept_away:
        assert address(page, world.school.uid) not in text


def test_made_up_data_says_so_on_the_card_and_in_the_list(client, world):
    world.school.is_sample = True
    world.school.save()
    signed_in(client, world, Role.MINISTRY)
    for page in (address("card", world.school.uid), address("list")):
        assert "учебные данные" in client.get(page).content.decode()


def test_the_card_costs_two_queries_and_one_more_with_something_below(world):
    ministry = world.actor(Role.MINISTRY)
    for organization, most in ((world.school, 2), (world.gayny, 3)):
        with assert_query_budget(most):
            opened = open_organization(actor=ministry, uid=organization.uid)
            organization_card(actor=ministry, organization=opened)


def test_the_municipalitys_card_does_not_grow(client, world):
    signed_in(client, world, Role.MUNICIPAL)
    assert_queries_do_not_grow(
        read=lambda: client.get(address("card", world.gayny.uid)),
        add_rows=lambda: [make_school(municipality=world.gayny) for _number in range(4)],
    )


def test_the_history_speaks_in_the_words_of_the_card(world):
    ministry = world.actor(Role.MINISTRY)
    change(ministry, world.school, kind="COLLEGE", municipality_uid=world.perm.uid, is_sample=True)
    row = organization_history(actor=ministry, organization=world.school).rows[0]
    assert row.title == "Паспорт изменён"
    assert {(c.label, c.old, c.new) for c in row.changes} == {
        ("вид", "школа", "колледж"),
        ("муниципалитет", "Гайнский муниципальный округ", "Пермский городской округ"),
        ("учебные данные", "нет", "да"),
    }


def test_names_in_the_history_open_only_where_one_works_together(world):
    director = make_actor(role=Role.DIRECTOR, at=world.school, name="Исаева Татьяна Ивановна")
    ministry = make_actor(role=Role.MINISTRY, at=world.region, name="Тиунова Вера Олеговна")
    change(director, world.school, phone="2-10-00")
    change(ministry, world.school, phone="2-10-01")
    seen = {
        role: [
            row.who
            for row in organization_history(
                actor=world.actor(role), organization=open_for(world, role)
            ).rows
        ]
        for role in (Role.TEACHER, Role.MUNICIPAL, Role.MINISTRY, Role.OBSERVER)
    }
    from_above = "специалист министерства, Пермский край"
    from_school = "директор, Гайнская школа"
    assert seen[Role.TEACHER] == [from_above, "Татьяна Исаева, директор"]
    assert seen[Role.MUNICIPAL] == [from_above, from_school]
    assert seen[Role.MINISTRY] == ["Вера Тиунова, специалист министерства", from_school]
    assert seen[Role.OBSERVER] == [from_above, from_school]


def open_for(world, role):
    return open_organization(actor=world.actor(role), uid=world.school.uid)


def test_buildings_stand_in_the_history_by_name(world):
    building = Building.objects.select_related("organization").get(organization=world.school)
    director = world.actor(Role.DIRECTOR)
    close_building(actor=director, building=building, now=NOW)
    row = organization_history(actor=director, organization=world.school).rows[0]
    assert (row.title, row.building) == ("Здание закрыто", "Главное")


def test_the_history_is_paged_and_does_not_grow(client, world):
    director = signed_in(client, world, Role.DIRECTOR)

    def more_changes():
        for number in range(30):
            world.school.refresh_from_db()
            change_organization(
                actor=director,
                organization=world.school,
                changes={"phone": f"2-10-{number:02}"},
                seen_at=world.school.updated_at,
                now=NOW + timedelta(minutes=number),
            )

    change(director, world.school, address="ул. Кашина, 45")
    page = address("history", world.school.uid)
    assert_queries_do_not_grow(read=lambda: client.get(page), add_rows=more_changes)
    history = organization_history(actor=director, organization=world.school, number=2)
    assert (history.total, history.pages) == (31, 2)
    with assert_query_budget(4):
        organization_history(actor=director, organization=world.school)
