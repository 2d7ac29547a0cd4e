"""Several people and jobs at the same moment, on a database that really runs them at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.foundation import clock
from sreda.foundation.errors import Refusal
from sreda.imports.actions.applying import AlreadyApplying, apply_batch, begin_apply, start_apply
from sreda.imports.actions.corrections import correct_row
from sreda.imports.calculations.rows import Applied
from sreda.imports.models import BatchRow, RowState
from sreda.imports.testing import make_read_batch
from sreda.imports.tests.sample_kind import HEADER, line
from sreda.people.models import Person

TAKERS = 4
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
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(TAKERS) as pool:
        return list(pool.map(one, range(TAKERS)))


@pytest.fixture
def batch(kind, admin):
    rows = [HEADER, *(line(n) for n in range(20)), *(line(n, born="x") for n in range(50, 54))]
    return make_read_batch(kind=kind, actor=admin, table=rows)


def test_of_many_who_start_the_loading_one_does_and_the_others_are_told(batch, school):
    actors = [make_actor(role=Role.SCHOOL_ADMIN, at=school) for _number in range(TAKERS)]
    now = clock.now()
    results = at_once(lambda number: start_apply(actor=actors[number], batch=batch, now=now))
    assert results.count(None) == 1
    assert sum(isinstance(result, AlreadyApplying) for result in results) == TAKERS - 1


def test_a_job_that_runs_several_times_at_once_loads_once(batch, admin):
    now = clock.now()
    begin_apply(actor=admin, batch_uid=batch.uid, now=now)
    results = at_once(lambda _number: apply_batch(actor=admin, batch_uid=batch.uid, now=now))
    assert sorted(results, key=bool) == [None] * (TAKERS - 1) + [Applied(created=20)]
    assert Person.objects.filter(first_name="-").count() == 20


def test_of_rows_corrected_into_one_key_at_once_one_gets_it(batch, admin):
    values = {"born": "1.2.2013", "snils": "10000000777"}

    def correct(number):
        return correct_row(
            actor=admin, batch=batch, number=22 + number, values=values, now=clock.now()
        )

    at_once(correct)
    states = list(BatchRow.objects.values_list("state", flat=True))
    assert states.count(RowState.READY) == 1
    assert states.count(RowState.ERROR) == TAKERS - 1
