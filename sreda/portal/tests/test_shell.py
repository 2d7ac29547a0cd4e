"""The frame around a page: menu by role, roles to choose from, no query."""

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from sreda.access.facade import Actor, Role
from sreda.access.testing import give_role, make_actor, sign_in
from sreda.accounts.facade import Account
from sreda.organizations.testing import make_school
from sreda.portal.access_table import BY_NAME, DOORS
from sreda.portal.middleware import shell_of
from sreda.ui.shell import Shell

pytestmark = pytest.mark.django_db


def shell(actor: Actor, path: str = "/") -> Shell:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    return shell_of(actor, request)


def labels(actor: Actor) -> list[str]:
    return [item.label for item in shell(actor).nav]


def test_the_menu_holds_what_the_role_may_open():
    school = make_school()
    region = school.region
    assert labels(make_actor(role=Role.PUPIL, at=school)) == ["Сегодня", "Организация"]
    assert labels(make_actor(role=Role.DIRECTOR, at=school)) == [
        "Сегодня",
        "Люди",
        "Организация",
    ]
    assert labels(make_actor(role=Role.OBSERVER, at=region)) == [
        "Сегодня",
        "Реестр",
        "Перечни",
    ]
    assert labels(make_actor(role=Role.OPERATOR, at=region)) == [
        "Сегодня",
        "Реестр",
        "Загрузки",
        "Перечни",
        "Действия",
    ]


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_of_the_menu_opens_for_its_role(role: Role, client: Client):
    school = make_school()
    at = {
        Role.MUNICIPAL: school.municipality,
        Role.MINISTRY: school.region,
        Role.OPERATOR: school.region,
        Role.OBSERVER: school.region,
    }.get(role, school)
    actor = sign_in(client, make_actor(role=role, at=at))
    shown = shell(actor)
    for item in [*shown.nav, *shown.who.menu]:
        response = client.get(item.url)
        assert response.status_code == 200, item.label
        assert f'href="{item.url}" aria-current="page"' in response.content.decode() or (
            item not in shown.nav
        )


def test_the_menu_shows_where_the_person_is():
    school = make_school()
    ministry = make_actor(role=Role.MINISTRY, at=school.region)
    current = [
        item.label for item in shell(ministry, f"/organizations/{school.uid}/").nav if item.current
    ]
    assert current == ["Реестр"]


def test_the_sections_of_a_school_are_told_apart():
    school = make_school()
    director = make_actor(role=Role.DIRECTOR, at=school)
    on_people = shell(director, f"/organizations/{school.uid}/people/new/")
    assert [item.label for item in on_people.nav if item.current] == ["Люди"]


def test_other_roles_can_be_chosen(client: Client):
    school = make_school("Гайнская школа")
    actor = make_actor(role=Role.TEACHER, at=school)
    give_role(Account.objects.get(pk=actor.account_id), role=Role.GUARDIAN, at=school)
    seen = sign_in(client, actor)
    assert [(choice.title, choice.current) for choice in shell(seen).roles] == [
        ("Учитель", True),
        ("Родитель", False),
    ]
    client.post(shell(seen).roles[1].url)
    assert "Родитель" in client.get("/").content.decode()


def test_a_label_fits_under_its_picture_on_a_phone():
    labels = [str(door.menu.label) for door in DOORS if door.menu and not door.menu.in_profile]
    assert [label for label in labels if len(label) > 11] == []


def test_one_role_is_no_choice():
    assert shell(make_actor(role=Role.TEACHER, at=make_school())).roles == ()


def test_the_frame_asks_the_database_nothing(django_assert_num_queries):
    actor = make_actor(role=Role.OPERATOR, at=make_school().region)
    with django_assert_num_queries(0):
        assert shell(actor).nav


def test_pages_for_nobody_have_no_frame(client: Client):
    page = client.get("/sign-in/").content.decode()
    assert 'class="shell' not in page
    assert BY_NAME["accounts:sign_in"].menu is None


def test_without_a_role_the_refusal_still_offers_the_way_out(client: Client):
    from sreda.accounts.testing import make_account
    from sreda.people.testing import make_person

    account = make_account(person=make_person("Безролев Павел"))
    sign_in(client, Actor(account_id=account.pk))
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 403
    assert "нет ни одной роли" in page
    assert "Выйти" in page
    assert "Что о нас хранится" in page
