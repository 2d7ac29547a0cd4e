"""Adding and changing organizations: refusals in words, the trail, two people at once."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from sreda.access.facade import Role
from sreda.audit.facade import history_of
from sreda.foundation.errors import DomainError, Forbidden, NotFound
from sreda.foundation.ids import new_uid
from sreda.foundation.testing import assert_query_budget
from sreda.organizations.actions.organizations import (
    add_organization,
    change_organization,
    change_status,
)
from sreda.organizations.actions.refusals import ChangedMeanwhile, WrongValues
from sreda.organizations.models import Kind, Organization, Status
from sreda.organizations.testing import make_organization
from sreda.organizations.tests.world import address, make_world, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)


@pytest.fixture
def world():
    return make_world()


def change(actor, organization, **changes):
    organization.refresh_from_db()
    return change_organization(
        actor=actor,
        organization=organization,
        changes=changes,
        seen_at=organization.updated_at,
        now=NOW,
    )


def refusals(deed):
    with pytest.raises(WrongValues) as caught:
        deed()
    return {field: remark.text for field, remark in caught.value.remarks.items()}


def test_a_new_organization_stands_in_the_actors_region_and_is_audited(world):
    ministry = world.actor(Role.MINISTRY)
    organization = add_organization(
        actor=ministry,
        uid=new_uid(),
        values={
            "name": ' Школа  "Заря" ',
            "kind": "SCHOOL",
            "municipality_uid": world.perm.uid,
            "inn": "5902 001-121",
        },
        now=NOW,
    )
    organization.refresh_from_db()
    assert organization.name == "Школа «Заря»"
    assert organization.inn == "5902001121"
    assert organization.region == world.region
    assert organization.parent == organization.municipality == world.perm
    event = history_of(organization.uid).rows[0]
    assert event.event == "organizations.organization.add"
    assert event.account_id == ministry.account_id
    assert event.organization_uid == organization.uid
    assert event.change["name"] == ["", "Школа «Заря»"]
    assert event.change["municipality"] == ["", "Пермский городской округ"]


def test_an_organization_without_a_municipality_stands_under_the_region(world):
    values = {"name": "Центр края", "kind": "PD_CENTER", "municipality_uid": None}
    uid = new_uid()
    add_organization(actor=world.actor(Role.OPERATOR), uid=uid, values=values, now=NOW)
    assert Organization.objects.get(uid=uid).parent == world.region


def test_the_same_form_sent_twice_is_one_organization(world):
    add = partial(
        add_organization,
        actor=world.actor(Role.MINISTRY),
        uid=new_uid(),
        values={"name": "Новая школа", "kind": "SCHOOL"},
        now=NOW,
    )
    assert add().pk == add().pk
    assert Organization.objects.filter(name="Новая школа").count() == 1


def test_the_uid_of_a_foreign_organization_tells_nothing(world):
    with pytest.raises(NotFound):
        add_organization(
            actor=world.actor(Role.MINISTRY),
            uid=world.foreign.uid,
            values={"name": "Новая", "kind": "SCHOOL"},
            now=NOW,
        )


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("inn", "5902001122", "Контрольная цифра должна быть 1"),
        ("inn", "590200112", "ИНН: цифр должно быть 10 или 12, а здесь 9"),
        ("inn", "59О2001121", "ИНН состоит только из цифр"),
        ("inn", "500100732200", "Контрольные цифры должны быть 59"),
        ("ogrn", "1025900000126", "Контрольная цифра должна быть 5"),
        ("kpp", "12345", "В КПП девять знаков"),
        ("oktmo", "5770100", "В ОКТМО 8 или 11 цифр"),
        ("name", " ", "Напишите наименование"),
        ("name", "ш" * 301, "Слишком длинно: 301 знаков, помещается 300"),
        ("kind", "", "Выберите вид"),
        ("kind", "CASTLE", "Выберите вид"),
        ("kind", "REGION", "Регион в реестре один"),
        ("locality", "MOON", "Допустимо: город, село"),
        ("email", "почта", "не похоже на адрес почты"),
        ("site", "javascript:alert(1)", "начинается с http"),
        ("site", "school.example", "начинается с http"),
        ("phone", "звонить", "слишком мало цифр"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(world, field, value, text):
    values = {"name": "Новая школа", "kind": "SCHOOL", field: value}
    found = refusals(
        partial(
            add_organization,
            actor=world.actor(Role.MINISTRY),
            uid=new_uid(),
            values=values,
            now=NOW,
        )
    )
    assert list(found) == [field]
    assert text in found[field]
    assert not Organization.objects.filter(name="Новая школа").exists()


def test_a_number_that_is_taken_names_the_one_who_has_it(world):
    found = refusals(
        partial(change, world.actor(Role.MINISTRY), world.college, inn=world.school.inn)
    )
    assert found == {"inn": "ИНН уже у организации «Гайнская школа»"}


def test_a_number_taken_in_another_region_tells_no_name(world):
    found = refusals(
        partial(change, world.actor(Role.MINISTRY), world.college, inn=world.foreign.inn)
    )
    assert found == {"inn": "ИНН уже у организации другого региона"}


def test_a_municipality_of_another_region_is_refused(world):
    ministry = world.actor(Role.MINISTRY)
    elsewhere = world.foreign.municipality.uid
    for wrong in (elsewhere, world.college.uid, new_uid()):
        found = refusals(partial(change, ministry, world.school, municipality_uid=wrong))
        assert found == {"municipality": "В регионе нет такого муниципалитета"}


def test_a_municipality_does_not_become_a_school_nor_a_school_a_municipality(world):
    ministry = world.actor(Role.MINISTRY)
    assert "kind" in refusals(partial(change, ministry, world.gayny, kind="SCHOOL"))
    assert "kind" in refusals(partial(change, ministry, world.school, kind="MUNICIPALITY"))


def test_moving_to_another_municipality_moves_the_line(world):
    ministry = world.actor(Role.MINISTRY)
    assert change(ministry, world.school, municipality_uid=world.perm.uid)
    world.school.refresh_from_db()
    assert world.school.parent == world.perm
    assert not world.actor(Role.MUNICIPAL).covers(world.school)


def test_a_parent_that_was_chosen_otherwise_stays(world):
    authority = make_organization(kind=Kind.AUTHORITY, name="Управление", municipality=world.gayny)
    world.school.parent = authority
    world.school.save()
    change(world.actor(Role.MINISTRY), world.school, municipality_uid=world.perm.uid)
    world.school.refresh_from_db()
    assert (world.school.parent, world.school.municipality) == (authority, world.perm)


def test_the_trail_tells_each_field_before_and_after(world):
    director = world.actor(Role.DIRECTOR)
    assert change(director, world.school, phone="(34245) 2-10-00", address="ул. Кашина, 45")
    event = history_of(world.school.uid).rows[0]
    assert event.event == "organizations.organization.change"
    assert event.at == NOW
    assert event.change == {
        "phone": ["", "(34245) 2-10-00"],
        "address": ["", "ул. Кашина, 45"],
    }
    world.school.refresh_from_db()
    assert world.school.updated_at == NOW
    assert "кашина" in world.school.search_name


def test_nothing_changed_leaves_no_trace(world):
    before = world.school.updated_at
    assert not change(world.actor(Role.DIRECTOR), world.school, phone="", address="  ")
    world.school.refresh_from_db()
    assert world.school.updated_at == before
    assert history_of(world.school.uid).total == 0


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.SCHOOL_ADMIN, Role.MUNICIPAL])
def test_registration_is_not_a_matter_of_the_organization_itself(world, role):
    actor = world.actor(role)
    for changes in ({"name": "Другая"}, {"inn": ""}, {"kind": "COLLEGE"}, {"is_sample": True}):
        with pytest.raises(Forbidden, match="меняют министерство и оператор"):
            change(actor, world.school, **changes)
    with pytest.raises(Forbidden):
        change_status(actor=actor, organization=world.school, status=Status.CLOSED, now=NOW)
    # What stays as it is may be sent along.
    assert change(actor, world.school, name=world.school.name, phone="2-10-00")


def test_others_change_nothing_even_past_the_pages(world):
    for role in (Role.TEACHER, Role.PUPIL, Role.OBSERVER):
        with pytest.raises(Forbidden):
            change(world.actor(role), world.school, phone="2-10-00")
        with pytest.raises(Forbidden):
            add_organization(actor=world.actor(role), uid=new_uid(), values={}, now=NOW)


def test_an_organization_of_another_line_is_not_changed_past_the_pages(world):
    with pytest.raises(Forbidden):
        change(world.actor(Role.MUNICIPAL), world.college, phone="2-10-00")
    with pytest.raises(Forbidden):
        change(world.actor(Role.MINISTRY), world.foreign, phone="2-10-00")


def test_the_second_of_two_edits_is_told_what_the_first_changed(world):
    first, second = world.actor(Role.DIRECTOR), world.actor(Role.MINISTRY)
    seen_at = world.school.updated_at
    change(first, world.school, phone="2-10-00")
    with pytest.raises(ChangedMeanwhile) as caught:
        change_organization(
            actor=second,
            organization=world.school,
            changes={"address": "ул. Кашина, 45"},
            seen_at=seen_at,
            now=NOW + timedelta(minutes=1),
        )
    assert "Пока вы правили" in caught.value.message
    assert "директор, Гайнская школа" in caught.value.message
    assert caught.value.rows[0].changes[0].new == "2-10-00"
    world.school.refresh_from_db()
    assert (world.school.phone, world.school.address) == ("2-10-00", "")


def test_the_page_keeps_what_the_second_typed_and_saves_it_at_the_second_try(client, world):
    stale = world.school.updated_at.isoformat()
    change(world.actor(Role.MINISTRY), world.school, phone="2-10-00")
    signed_in(client, world, Role.DIRECTOR)
    page = address("edit", world.school.uid)
    answer = client.post(page, {"seen": stale, "address": "ул. Кашина, 45"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Пока вы правили" in text
    assert "ул. Кашина, 45" in text
    assert "2-10-00" in text
    world.school.refresh_from_db()
    fresh = world.school.updated_at.isoformat()
    assert f'name="seen" value="{fresh}"' in text
    assert client.post(page, {"seen": fresh, "address": "ул. Кашина, 45"}).status_code == 303
    world.school.refresh_from_db()
    assert world.school.address == "ул. Кашина, 45"


def test_the_page_shows_a_refusal_at_its_field_and_keeps_what_was_typed(client, world):
    signed_in(client, world, Role.MINISTRY)
    sent = {"name": "Новая школа", "kind": "SCHOOL", "inn": "5902001122", "uid": new_uid()}
    answer = client.post(address("new"), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Контрольная цифра должна быть 1" in text
    assert 'value="5902001122"' in text
    assert 'aria-invalid="true"' in text


def test_a_form_without_its_stamp_is_refused(client, world):
    signed_in(client, world, Role.DIRECTOR)
    answer = client.post(address("edit", world.school.uid), {"phone": "2-10-00", "seen": "вчера"})
    assert answer.status_code == 422
    world.school.refresh_from_db()
    assert world.school.phone == ""


def test_status_changes_leave_a_trace_and_come_back(world):
    operator = world.actor(Role.OPERATOR)
    set_status = partial(change_status, actor=operator, organization=world.school, now=NOW)
    assert set_status(status=Status.CLOSED).status == Status.CLOSED
    event = history_of(world.school.uid).rows[0]
    assert event.event == "organizations.organization.status"
    assert event.change == {"status": ["ACTIVE", "CLOSED"]}
    with pytest.raises(DomainError, match="Состояние уже такое: закрыта"):
        set_status(status=Status.CLOSED)
    with pytest.raises(WrongValues):
        set_status(status="GONE")
    assert set_status(status=Status.ACTIVE).status == Status.ACTIVE


def test_a_municipality_with_working_schools_is_not_closed(world):
    ministry = world.actor(Role.MINISTRY)
    close = partial(change_status, actor=ministry, status=Status.CLOSED, now=NOW)
    with pytest.raises(DomainError, match="Внутри ещё"):
        close(organization=world.gayny)
    close(organization=world.school)
    close(organization=world.gayny)


def test_a_change_costs_four_statements(world):
    ministry = world.actor(Role.MINISTRY)
    # Lock, numbers taken, update, trail.
    with assert_query_budget(4):
        change_organization(
            actor=ministry,
            organization=world.school,
            changes={"phone": "2-10-00"},
            seen_at=world.school.updated_at,
            now=NOW,
        )


def test_the_change_and_its_trace_stand_or_fall_together(world, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the trail is full")

    monkeypatch.setattr("sreda.organizations.actions.organizations.record", broken)
    with pytest.raises(RuntimeError):
        change(world.actor(Role.DIRECTOR), world.school, phone="2-10-00")
    world.school.refresh_from_db()
    assert world.school.phone == ""
