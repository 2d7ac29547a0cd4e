"""The demo region in the database."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from sreda.access.facade import Actor, Grant, Role, actor_for_account, system_actor
from sreda.accounts.facade import Account
from sreda.audit.facade import history_of
from sreda.demo.bulk import AlreadyFilled, NotDemo, load_demo
from sreda.demo.calculations.cast import GUARDIAN, OFFERS, PUPIL, TEACHER
from sreda.monitoring.facade import WaveMember
from sreda.organizations.facade import AcademicYear, Building, Kind, Organization, Status
from sreda.organizations.testing import make_region, make_school
from sreda.people.facade import Person
from sreda.roster.facade import Enrollment, Guardianship, Post

WEDNESDAY = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.SREDA_DEMO = True


def load(**changes):
    usual = {"actor": system_actor(), "total": 1500, "seed": 2026, "now": WEDNESDAY}
    return load_demo(**(usual | changes))


def test_the_register_holds_exactly_what_was_asked():
    loaded = load()
    tops = {Kind.REGION, Kind.MUNICIPALITY}
    made = Organization.objects.exclude(kind__in=tops)
    assert made.count() == loaded.organizations == 1500
    assert not made.filter(is_sample=False).exists()
    assert Organization.objects.filter(kind=Kind.MUNICIPALITY).count() == 43
    assert Organization.objects.filter(kind=Kind.REGION).count() == 1
    assert made.filter(municipality__isnull=True).count() == 1  # the ministry
    assert Building.objects.values("organization").distinct().count() == 1500
    assert made.exclude(status=Status.ACTIVE).count() < 60
    year = AcademicYear.objects.get()
    assert (year.title, year.starts_on, year.ends_on) == (
        "2026/27",
        date(2026, 9, 1),
        date(2027, 8, 31),
    )


def test_the_lists_hold_the_regions_own_numbers():
    load()
    split = WaveMember.objects.values_list(
        "wave__year", "organization__kind", "organization__locality"
    ).annotate(number=Count("pk"))
    numbers = {(year, kind, locality): number for year, kind, locality, number in split}
    assert numbers[2020, "SCHOOL", "URBAN"] == 70
    assert numbers[2020, "SCHOOL", "RURAL"] == 31
    of_2021 = {key: number for key, number in numbers.items() if key[0] == 2021}
    assert sum(n for (_y, kind, _l), n in of_2021.items() if kind == "SCHOOL") == 19
    assert sum(n for (_y, kind, _l), n in of_2021.items() if kind == "COLLEGE") == 35
    assert sum(numbers.values()) == 101 + 54


def test_two_runs_write_the_same():
    first, second = written_and_undone(), written_and_undone()
    assert first == second
    assert len(first["organizations"]) == 1500 + 43 + 1


def written_and_undone():
    """Load, read what tells two loads apart, roll back."""
    before = transaction.savepoint()
    load()
    found = {
        "organizations": list(
            Organization.objects.order_by("pk").values_list("name", "inn", "ogrn", "head_name")
        ),
        "buildings": list(Building.objects.order_by("pk").values_list("address", "built_year")),
        "people": list(Person.objects.order_by("pk").values_list("sort_name", "birth_date")),
        "members": list(
            WaveMember.objects.order_by("pk").values_list("wave__year", "organization__name")
        ),
        "grants": list(
            Grant.objects.order_by("pk").values_list(
                "account__person__sort_name", "role", "organization__name", "starts_at", "ends_at"
            )
        ),
    }
    transaction.savepoint_rollback(before)
    return found


def test_one_click_opens_every_role_and_no_password_does():
    load()
    accounts = {account.login: account for account in Account.objects.all()}
    acting = {
        one.login: actor_for_account(accounts[one.login].pk, now=WEDNESDAY).role for one in OFFERS
    }
    assert acting == {one.login: one.role for one in OFFERS}
    assert set(acting.values()) == set(Role.values)
    assert not any(account.has_usable_password() for account in accounts.values())


def test_the_sign_in_page_offers_them_in_a_demo_only(monkeypatch, settings):
    said = []
    monkeypatch.setattr("sreda.accounts.facade.offer", said.append)
    config = apps.get_app_config("demo")
    settings.SREDA_DEMO = False
    config.ready()
    assert not said
    settings.SREDA_DEMO = True
    config.ready()
    assert [one.login for one in said[0]] == [one.login for one in OFFERS]


def test_grants_follow_from_the_facts():
    load()
    out = StringIO()
    call_command("access-rebuild", stdout=out)  # fails when they differ


def test_one_person_may_be_many():
    load()
    roles = Grant.objects.filter(account__login=TEACHER.login).values_list("role", flat=True)
    places = Post.objects.filter(person__account__login=TEACHER.login)
    assert {Role.TEACHER, Role.GUARDIAN} <= set(roles)
    assert places.values("organization").distinct().count() == 2
    children = Guardianship.objects.filter(guardian__account__login=GUARDIAN.login).values("child")
    learning = Enrollment.objects.filter(person__in=children, school_class__isnull=False)
    assert learning.values("organization").distinct().count() == 2


def test_a_class_has_children_on_both_sides_of_fourteen():
    load()
    mates = Enrollment.objects.get(
        person__account__login=PUPIL.login, school_class__isnull=False
    ).school_class.enrollments
    born = list(mates.values_list("person__birth_date", flat=True))
    assert len(born) >= 20
    assert any(day > date(2012, 10, 14) for day in born)
    assert any(day <= date(2012, 10, 14) for day in born)


def test_the_load_is_told_in_the_trail():
    load()
    region = Organization.objects.get(kind=Kind.REGION)
    assert "demo.region.load" in {row.event for row in history_of(region.uid).rows}


def test_it_refuses_where_this_is_no_demo(settings):
    settings.SREDA_DEMO = False
    with pytest.raises(NotDemo):
        load()
    assert not Organization.objects.exists()


def test_it_refuses_everybody_but_the_system():
    with pytest.raises(NotDemo):
        load(actor=Actor(account_id=None, role=Role.OPERATOR))
    assert not Organization.objects.exists()


def test_it_refuses_to_stand_beside_real_organizations():
    make_school()
    before = Organization.objects.count()
    with pytest.raises(AlreadyFilled):
        load()
    assert Organization.objects.count() == before


def test_the_command_is_silent_about_a_filled_register_only_when_told_so(capsys):
    make_region()
    call_command("demo", "--if-empty")
    assert not capsys.readouterr().out
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo")
    assert Organization.objects.count() == 1


def test_the_command_names_a_number_it_cannot_make(capsys):
    with pytest.raises(CommandError, match="found 12, expected 600 to 2000"):
        call_command("demo", "--organizations", "12")
    assert not Organization.objects.exists()
