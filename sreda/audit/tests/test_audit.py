from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.db.models import Q

from sreda.access.facade import Role
from sreda.access.testing import make_actor
from sreda.audit.actions import NotInTransaction
from sreda.audit.facade import difference, events_page, history_of, record
from sreda.audit.models import AuditEvent
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.organizations.testing import make_school

NOON = datetime(2026, 10, 14, 7, tzinfo=UTC)


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def director(school):
    return make_actor(role=Role.DIRECTOR, at=school)


def note(school, director, change=None):
    with transaction.atomic():
        record(
            "organizations.organization.change",
            actor=director,
            target=school,
            organization_id=school.pk,
            change=change,
            at=NOON,
        )


def test_an_event_tells_who_in_which_role_did_what_to_which_object(school, director):
    note(school, director, {"phone": ["", "2-10-00"]})
    (event,) = history_of(school.uid).rows
    assert event.account_id == director.account_id
    assert event.role_code == Role.DIRECTOR
    assert event.change == {"phone": ["", "2-10-00"]}
    assert event.organization_uid == school.uid


def test_an_event_stands_and_falls_with_its_change(school, director):
    def note_then_fail():
        with transaction.atomic():
            note(school, director)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        note_then_fail()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_told():
    with pytest.raises(NotInTransaction):
        record("x.y.z", actor=None, at=NOON)  # type: ignore[arg-type]


def test_the_trail_is_narrowed_by_organization_event_person_and_day(school, director):
    note(school, director)
    here = Q(organization=school)

    def found(**filters):
        return events_page(within=here, number=1, **filters).total

    assert found() == found(event="organizations.") == found(account_ids=[director.account_id]) == 1
    assert found(since=NOON.date(), until=NOON.date()) == 1
    assert found(event="roster.") == found(account_ids=[]) == 0
    assert found(until=date(2026, 10, 13)) == 0
    assert events_page(within=Q(organization=None), number=1).total == 0


def test_reading_the_trail_costs_two_queries_however_long_it_is(school, director):
    note(school, director)
    with assert_query_budget(2):
        history_of(school.uid)
    assert_queries_do_not_grow(
        read=lambda: history_of(school.uid),
        add_rows=lambda: [note(school, director) for _ in range(10)],
    )


def test_a_difference_names_only_what_changed():
    before = {"name": "Школа", "phone": None, "year": 1986}
    after = {"name": "Школа № 12", "phone": "", "year": 1986}
    assert difference(before, after) == {"name": ["Школа", "Школа № 12"]}
