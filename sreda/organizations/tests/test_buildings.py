"""Buildings: what may be written, who may, how they are closed and come back."""

from datetime import UTC, datetime
from functools import partial

import pytest

from sreda.access.facade import Role
from sreda.audit.facade import history_of
from sreda.foundation.errors import DomainError, Forbidden, NotFound
from sreda.foundation.ids import new_uid
from sreda.foundation.testing import assert_queries_do_not_grow
from sreda.organizations.actions.buildings import (
    add_building,
    change_building,
    close_building,
    reopen_building,
)
from sreda.organizations.actions.refusals import ChangedMeanwhile, WrongValues
from sreda.organizations.models import Building
from sreda.organizations.queries.values import building_stamp
from sreda.organizations.testing import make_building
from sreda.organizations.tests.world import address, make_world, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
GOOD = {"name": "Начальная школа", "address": "ул. Дзержинского, 12"}


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def building(world):
    return Building.objects.select_related("organization").get(organization=world.school)


def add(world, actor, **values):
    return add_building(
        actor=actor,
        organization=world.school,
        uid=new_uid(),
        values={**GOOD, **values},
        now=NOW,
    )


def change(actor, building, seen=None, **changes):
    stamp = seen or building_stamp(building)
    return change_building(actor=actor, building=building, changes=changes, seen=stamp, now=NOW)


def test_a_building_is_added_with_its_trace(world):
    building = add(world, world.actor(Role.SCHOOL_ADMIN), built_year=1974, classrooms=4)
    event = history_of(building.uid).rows[0]
    assert event.event == "organizations.building.add"
    assert event.organization_uid == world.school.uid
    assert event.change["built_year"] == ["", "1974"]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("name", "", "Напишите, что это за здание"),
        ("address", " ", "Напишите адрес"),
        ("built_year", 3026, "Год постройки 3026. Бывает от 1700 до 2026"),
        ("built_year", 1242, "Год постройки 1242"),
        ("built_year", -5, "Год постройки -5"),
        ("classrooms", -1, "Кабинетов в здании бывает до 500"),
        ("classrooms", 70000, "Кабинетов в здании бывает до 500"),
        ("condition", "GONE", "Выберите состояние"),
        ("locality", "MOON", "Допустимо: город, село"),
        ("note", "а" * 301, "Слишком длинно"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(world, field, value, text):
    with pytest.raises(WrongValues) as caught:
        add(world, world.actor(Role.SCHOOL_ADMIN), **{field: value})
    assert text in caught.value.remarks[field].text
    assert not Building.objects.filter(name=GOOD["name"]).exists()


def test_the_same_form_sent_twice_is_one_building(world):
    again = partial(
        add_building,
        actor=world.actor(Role.DIRECTOR),
        organization=world.school,
        uid=new_uid(),
        values=GOOD,
        now=NOW,
    )
    assert again().pk == again().pk


def test_the_uid_of_a_foreign_building_tells_nothing(world):
    theirs = make_building(world.foreign)
    with pytest.raises(NotFound):
        add_building(
            actor=world.actor(Role.DIRECTOR),
            organization=world.school,
            uid=theirs.uid,
            values=GOOD,
            now=NOW,
        )


def test_a_change_tells_each_field_before_and_after(world, building):
    assert change(world.actor(Role.MUNICIPAL), building, classrooms=23, condition="REPAIR_NEEDED")
    event = history_of(building.uid).rows[0]
    assert event.change == {
        "classrooms": ["22", "23"],
        "condition": ["GOOD", "REPAIR_NEEDED"],
    }
    building.refresh_from_db()
    assert not change(world.actor(Role.MUNICIPAL), building, classrooms=23)
    assert history_of(building.uid).total == 1


def test_the_second_of_two_edits_is_told(world, building):
    seen = building_stamp(building)
    change(world.actor(Role.DIRECTOR), building, classrooms=23)
    with pytest.raises(ChangedMeanwhile, match="Пока вы правили") as caught:
        change(world.actor(Role.MINISTRY), building, seen=seen, note="кровля")
    building.refresh_from_db()
    assert (building.classrooms, building.note) == (23, "")
    assert caught.value.stamp == building_stamp(building)


def test_the_page_keeps_what_the_second_typed(client, world, building):
    seen = building_stamp(building)
    change(world.actor(Role.MINISTRY), building, classrooms=23)
    signed_in(client, world, Role.DIRECTOR)
    page = address("building_edit", world.school.uid, building.uid)
    sent = {"seen": seen, "name": "Главное", "address": "ул. Новая, 1", "condition": "GOOD"}
    answer = client.post(page, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ул. Новая, 1" in text
    building.refresh_from_db()
    sent["seen"] = building_stamp(building)
    assert sent["seen"] in text
    assert client.post(page, sent).status_code == 303


@pytest.mark.parametrize("year", ["3026", "тысяча", "1e9", "19.5", "٢٠٢٠٠"])
def test_a_year_that_cannot_be_is_an_answer(client, world, year):
    signed_in(client, world, Role.DIRECTOR)
    answer = client.post(
        address("building_new", world.school.uid),
        {**GOOD, "built_year": year, "condition": "GOOD"},
    )
    assert answer.status_code == 422
    assert "built_year" in answer.content.decode()


def test_a_building_is_closed_and_comes_back_with_traces(world, building):
    director = world.actor(Role.DIRECTOR)
    close_building(actor=director, building=building, now=NOW)
    building.refresh_from_db()
    assert building.closed_at == NOW
    with pytest.raises(DomainError, match="уже закрыто"):
        close_building(actor=director, building=building, now=NOW)
    reopen_building(actor=director, building=building, now=NOW)
    with pytest.raises(DomainError, match="и так открыто"):
        reopen_building(actor=director, building=building, now=NOW)
    building.refresh_from_db()
    assert building.closed_at is None
    assert [row.event for row in history_of(building.uid).rows] == [
        "organizations.building.reopen",
        "organizations.building.close",
    ]


def test_closing_offers_to_undo(client, world, building):
    signed_in(client, world, Role.DIRECTOR)
    client.post(address("building_close", world.school.uid, building.uid))
    text = client.get(address("buildings", world.school.uid)).content.decode()
    assert address("building_reopen", world.school.uid, building.uid) in text
    assert "Закрыто" in text


@pytest.mark.parametrize("role", [Role.TEACHER, Role.HEAD_TEACHER, Role.GUARDIAN, Role.OBSERVER])
def test_others_change_no_building_even_past_the_pages(world, building, role):
    actor = world.actor(role)
    for deed in (
        partial(add, world, actor),
        partial(change, actor, building, note="кровля"),
        partial(close_building, actor=actor, building=building, now=NOW),
        partial(reopen_building, actor=actor, building=building, now=NOW),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_a_director_changes_no_building_of_another_school(world):
    theirs = make_building(world.college)
    with pytest.raises(Forbidden):
        change(world.actor(Role.DIRECTOR), theirs, note="кровля")


def test_the_pages_do_not_grow_with_buildings(client, world):
    signed_in(client, world, Role.DIRECTOR)
    for page in ("card", "buildings"):
        assert_queries_do_not_grow(
            read=lambda page=page: client.get(address(page, world.school.uid)),
            add_rows=lambda: [make_building(world.school) for _number in range(4)],
        )
