"""Who may open and change what; everything else of another line does not exist."""

import pytest

from sreda.access.facade import Role
from sreda.foundation.ids import new_uid
from sreda.organizations import policies
from sreda.organizations.models import Building, Organization
from sreda.organizations.tests.world import address, make_world, signed_in

pytestmark = pytest.mark.django_db

EVERYBODY = set(Role)
READERS = {Role.MUNICIPAL, Role.MINISTRY, Role.OPERATOR, Role.OBSERVER}
KEEPERS = {Role.MINISTRY, Role.OPERATOR}
PASSPORT = {Role.SCHOOL_ADMIN, Role.DIRECTOR, Role.MUNICIPAL, Role.MINISTRY, Role.OPERATOR}
HISTORY = EVERYBODY - {Role.PUPIL, Role.GUARDIAN, Role.AUTHOR, Role.EXPERT}


@pytest.mark.parametrize("role", Role)
def test_every_page_opens_for_its_roles_and_refuses_the_others_in_words(client, role):
    world = make_world()
    signed_in(client, world, role)
    building = Building.objects.get(organization=world.school)
    pages = {
        address("list"): READERS,
        address("export"): READERS,
        address("new"): KEEPERS,
        address("card", world.school.uid): EVERYBODY,
        address("buildings", world.school.uid): EVERYBODY,
        address("history", world.school.uid): HISTORY,
        address("edit", world.school.uid): PASSPORT,
        address("status", world.school.uid): KEEPERS,
        address("building_new", world.school.uid): PASSPORT,
        address("building_edit", world.school.uid, building.uid): PASSPORT,
    }
    for page, allowed in pages.items():
        answer = client.get(page)
        assert answer.status_code == (200 if role in allowed else 403), page
        if role not in allowed:
            assert "Такой страницы нет" not in answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_changes_are_made_by_their_roles_only(client, role):
    world = make_world()
    signed_in(client, world, role)
    building = Building.objects.get(organization=world.school)
    assert client.post(address("new"), {"name": "Новая", "kind": "COLLEGE"}).status_code == (
        303 if role in KEEPERS else 403
    )
    seen = world.school.updated_at.isoformat()
    edited = client.post(address("edit", world.school.uid), {"seen": seen, "phone": "22-33-44"})
    # Those who keep the whole card have not sent its name: their form comes back.
    expected = 422 if role in KEEPERS else 303 if role in PASSPORT else 403
    assert edited.status_code == expected
    closed = client.post(address("building_close", world.school.uid, building.uid))
    assert closed.status_code == (303 if role in PASSPORT else 403)
    reopened = client.post(address("building_reopen", world.school.uid, building.uid))
    assert reopened.status_code == (303 if role in PASSPORT else 403)
    status = client.post(address("status", world.school.uid), {"status": "SUSPENDED"})
    assert status.status_code == (303 if role in KEEPERS else 403)
    added = client.post(
        address("building_new", world.school.uid),
        {"name": "Мастерские", "address": "ул. Новая, 2", "condition": "GOOD"},
    )
    assert added.status_code == (303 if role in PASSPORT else 403)
    assert Organization.objects.filter(name="Новая").exists() == (role in KEEPERS)
    assert Building.objects.filter(name="Мастерские").exists() == (role in PASSPORT)


@pytest.mark.parametrize("role", Role)
def test_another_line_and_a_guessed_uid_are_not_found(client, role):
    world = make_world()
    signed_in(client, world, role)
    their_building = Building.objects.create(
        organization=world.foreign, name="Главное", address="ул. Мира, 1"
    )
    for uid in (world.foreign.uid, new_uid()):
        for page in ("card", "edit", "status", "buildings", "building_new", "history"):
            assert client.get(address(page, uid)).status_code == 404, page
        for page in ("building_edit",):
            assert client.get(address(page, uid, their_building.uid)).status_code == 404
        for page in ("building_close", "building_reopen"):
            assert client.post(address(page, uid, their_building.uid)).status_code == 404


def test_a_building_is_found_under_its_own_organization_only(client):
    world = make_world()
    signed_in(client, world, Role.MINISTRY)
    building = Building.objects.get(organization=world.school)
    assert client.get(address("building_edit", world.school.uid, building.uid)).status_code == 200
    assert client.get(address("building_edit", world.college.uid, building.uid)).status_code == 404


def test_a_municipality_does_not_see_its_neighbours_organizations(client):
    world = make_world()
    signed_in(client, world, Role.MUNICIPAL)
    assert client.get(address("card", world.college.uid)).status_code == 404
    text = client.get(address("list")).content.decode()
    assert "Гайнская школа" in text
    assert "Пермский колледж" not in text


def test_nobody_is_sent_to_the_sign_in_page(client):
    world = make_world()
    answer = client.get(address("card", world.school.uid))
    assert answer.status_code == 302
    assert "next=" in answer.headers["Location"]


def test_people_are_a_matter_of_those_who_work_there(client):
    world = make_world()
    inside = {
        Role.TEACHER,
        Role.CLASS_TEACHER,
        Role.HEAD_TEACHER,
        Role.DIRECTOR,
        Role.SCHOOL_ADMIN,
    }
    for role in Role:
        actor = world.actor(role)
        assert policies.can_see_people(actor, world.school) == (role in inside)
        assert not policies.can_see_people(actor, world.college)


def test_the_line_decides_about_changes_too():
    world = make_world()
    for role in Role:
        actor = world.actor(role)
        assert not policies.can_edit_passport(actor, world.foreign)
        assert not policies.can_edit_registration(actor, world.foreign)
        assert not policies.can_read_history(actor, world.foreign)


def test_the_other_methods_are_not_answered(client):
    world = make_world()
    signed_in(client, world, Role.MINISTRY)
    building = Building.objects.get(organization=world.school)
    assert client.post(address("list")).status_code == 405
    assert client.post(address("card", world.school.uid)).status_code == 405
    close = address("building_close", world.school.uid, building.uid)
    assert client.get(close).status_code == 405
