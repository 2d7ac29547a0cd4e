"""A role that ended a second ago is out on the next request."""

from datetime import timedelta

import pytest

from sreda.access.facade import Grant, Role, end_grants
from sreda.portal.access_table import DOORS, Anyone
from tests.access.walk import address, ask
from tests.access.world import NOW, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_a_role_that_ended_a_second_ago_opens_nothing(role: Role, world: World):
    account_id = world.own.actors[role].account_id
    key = world.own.keys[role]
    assert ask("GET", "/", key).status == 200
    facts = Grant.objects.filter(account_id=account_id).values_list("fact", flat=True)
    end_grants(facts=list(facts), at=NOW - timedelta(seconds=1))
    for door in DOORS:
        if "GET" in door.methods and not isinstance(door.who, Anyone) and role in door.who:
            answer = ask("GET", address(door, world, role), key)
            assert answer.status == 403, door.name
            assert "нет ни одной роли" in answer.text
    assert ask("GET", "/", key).status == 403


@pytest.mark.parametrize("role", [Role.TEACHER, Role.CLASS_TEACHER, Role.DIRECTOR])
def test_another_role_stays_when_one_ends(role: Role, world: World):
    actor = world.own.actors[role]
    facts = Grant.objects.filter(account_id=actor.account_id, role=role)
    end_grants(facts=list(facts.values_list("fact", flat=True)), at=NOW - timedelta(seconds=1))
    page = ask("GET", "/", world.own.keys[role])
    assert page.status == 200
    assert "Материалов пока нет" in page.text  # the author's day, their second role
    people = f"/organizations/{world.own.school.uid}/people/"
    assert ask("GET", people, world.own.keys[role]).status == 403


def test_a_session_whose_account_is_closed_is_out(world: World):
    from sreda.accounts.facade import Account

    actor = world.own.actors[Role.DIRECTOR]
    Account.objects.filter(pk=actor.account_id).update(is_active=False)
    assert ask("GET", "/", world.own.keys[Role.DIRECTOR]).is_to_sign_in
