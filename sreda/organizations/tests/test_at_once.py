"""Two people at the same moment, on a database that really runs them at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from sreda.access.facade import Role
from sreda.foundation.ids import new_uid
from sreda.organizations.actions.organizations import add_organization, change_organization
from sreda.organizations.actions.refusals import ChangedMeanwhile, WrongValues
from sreda.organizations.models import Organization
from sreda.organizations.tests.world import make_world

NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
TAKERS = 6
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite in memory has one connection"
    ),
]


def at_once(deed):
    barrier = Barrier(TAKERS)

    def one(number):
        barrier.wait()
        try:
            return deed(number)
        except (ChangedMeanwhile, WrongValues) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(TAKERS) as pool:
        return list(pool.map(one, range(TAKERS)))


def test_of_many_edits_of_one_version_one_is_saved_and_the_others_are_told():
    world = make_world()
    actors = [world.actor(Role.DIRECTOR) for _number in range(TAKERS)]
    results = at_once(
        lambda number: change_organization(
            actor=actors[number],
            organization=world.school,
            changes={"phone": f"2-10-0{number}"},
            seen_at=world.school.updated_at,
            now=NOW,
        )
    )
    assert results.count(True) == 1
    assert sum(isinstance(result, ChangedMeanwhile) for result in results) == TAKERS - 1


def test_of_many_organizations_with_one_number_one_is_added_and_the_others_are_told():
    world = make_world()
    actors = [world.actor(Role.MINISTRY) for _number in range(TAKERS)]
    results = at_once(
        lambda number: add_organization(
            actor=actors[number],
            uid=new_uid(),
            values={"name": f"Школа {number}", "kind": "SCHOOL", "inn": "5902001121"},
            now=NOW,
        )
    )
    assert Organization.objects.filter(inn="5902001121").count() == 1
    told = [result for result in results if isinstance(result, WrongValues)]
    assert len(told) == TAKERS - 1
    assert all("ИНН уже у организации" in refusal.message for refusal in told)
