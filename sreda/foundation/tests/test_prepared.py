"""A query compiled once gives what the ORM gives, on both databases."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections

from sreda.foundation.ids import new_uid
from sreda.foundation.prepared import Prepared
from sreda.foundation.testing import assert_query_budget
from sreda.organizations.facade import Organization
from sreda.organizations.testing import make_municipality, make_school

pytestmark = pytest.mark.django_db

PROBE_UID = new_uid()
PROBE_ID = 7_777_777_777
PROBE_MOMENT = datetime(1, 2, 3, tzinfo=UTC)
FIELDS = ("uid", "name", "is_sample", "updated_at", "municipality__name", "parent_id")


def prepared(probes: dict, **conditions) -> Prepared:
    found = Organization.objects.filter(**conditions).order_by("id").values_list(*FIELDS)
    return Prepared(lambda: (found, probes))


def test_it_gives_the_rows_of_the_orm_with_values_of_the_same_types():
    school = make_school()
    query = prepared({"uid": PROBE_UID}, uid=PROBE_UID)
    with assert_query_budget(1):
        rows = query.rows(uid=school.uid)
    expected = Organization.objects.filter(pk=school.pk).values_list(*FIELDS)
    assert rows == list(expected)
    assert type(rows[0][2]) is bool


def test_the_values_are_those_of_this_time_and_not_of_the_last():
    first, second = make_school(), make_school()
    query = prepared({"uid": PROBE_UID}, uid=PROBE_UID)
    assert [row[0] for row in query.rows(uid=first.uid)] == [first.uid]
    assert [row[0] for row in query.rows(uid=second.uid)] == [second.uid]
    assert query.rows(uid=new_uid()) == []


def test_a_moment_and_a_number_come_out_as_the_database_has_them():
    municipality = make_municipality()
    school = make_school(municipality=municipality)
    query = prepared(
        {"moment": PROBE_MOMENT, "place": PROBE_ID},
        updated_at__gt=PROBE_MOMENT,
        municipality_id=PROBE_ID,
    )
    before, after = (school.updated_at + timedelta(seconds=step) for step in (-1, 1))
    assert [row[0] for row in query.rows(moment=before, place=municipality.pk)] == [school.uid]
    assert query.rows(moment=after, place=municipality.pk) == []


def test_a_value_never_becomes_part_of_the_query():
    make_school("Первая")
    query = prepared({"name": "probe"}, name="probe")
    assert query.rows(name="' OR '1'='1") == []
    assert query.rows(name="%s") == []


def test_a_condition_that_nothing_fits_asks_nothing():
    with assert_query_budget(0):
        assert prepared({"uid": PROBE_UID}, pk__in=[], uid=PROBE_UID).rows(uid=new_uid()) == []


def test_a_probe_that_does_not_come_out_is_a_mistake_of_ours():
    with pytest.raises(ImproperlyConfigured, match="«place»"):
        prepared({"uid": PROBE_UID, "place": PROBE_ID}, uid=PROBE_UID).rows(uid=PROBE_UID, place=1)


@pytest.mark.django_db(transaction=True)
def test_the_connection_of_the_thread_that_asked_first_is_not_kept():
    school = make_school()
    query = prepared({"uid": PROBE_UID}, uid=PROBE_UID)

    def ask():
        rows = query.rows(uid=school.uid)
        own = connections[DEFAULT_DB_ALIAS]
        own.close()
        return rows, weakref.ref(own)

    with ThreadPoolExecutor(max_workers=1) as first:
        rows, connection_of_the_first = first.submit(ask).result()
    gc.collect()
    assert connection_of_the_first() is None
    assert query.rows(uid=school.uid) == rows
    with ThreadPoolExecutor(max_workers=8) as many:
        answers = [asked.result()[0] for asked in [many.submit(ask) for _ in range(8)]]
    assert answers == [rows] * 8
