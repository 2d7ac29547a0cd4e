"""Many rows at once skip no check."""

from datetime import UTC, datetime

import pytest

from sreda.access.facade import Role, system_actor
from sreda.access.testing import make_actor
from sreda.audit.facade import history_of
from sreda.foundation.errors import DomainError, Forbidden
from sreda.foundation.testing import assert_query_budget
from sreda.organizations.facade import (
    Building,
    Kind,
    Organization,
    academic_year_on,
    add_buildings,
    add_organizations,
    ensure_academic_year,
    ensure_region,
    organization_by_inn,
    tree_names,
)
from sreda.organizations.testing import make_region, make_school

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)


def schools(region, **fields):
    return [
        Organization(kind=Kind.SCHOOL, name=f"Школа № {n} Ёлки", region=region, **fields)
        for n in range(20)
    ]


def test_organizations_are_written_whole_in_one_statement():
    region = make_region()
    with assert_query_budget(1):
        saved = add_organizations(schools(region), now=NOW)
    assert all(row.pk and row.search_name and row.created_at == NOW for row in saved)
    assert "елки" in saved[0].search_name


def test_a_wrong_row_stops_them_all():
    region = make_region()
    rows = schools(region)
    rows[7].inn = "5902001122"
    with pytest.raises(DomainError, match="Школа № 7 Ёлки: Контрольная цифра должна быть 1"):
        add_organizations(rows, now=NOW)
    assert not Organization.objects.filter(kind=Kind.SCHOOL).exists()


def test_buildings_are_judged_too():
    school = make_school()
    rows = [Building(organization=school, name="Главное", address="ул. 1", built_year=3026)]
    with pytest.raises(DomainError, match="Год постройки 3026"):
        add_buildings(rows, now=NOW)
    rows[0].built_year = 1986
    assert add_buildings(rows, now=NOW)[0].pk


def test_a_region_is_founded_once_and_by_nobody_signed_in():
    region = ensure_region(actor=system_actor(), name="Пермский край", now=NOW)
    assert ensure_region(actor=system_actor(), name="Пермский край", now=NOW) == region
    assert history_of(region.uid).total == 1
    operator = make_actor(role=Role.OPERATOR, at=region)
    with pytest.raises(Forbidden):
        ensure_region(actor=operator, name="Другой край", now=NOW)


def test_a_school_year_is_founded_once_and_found_by_its_days():
    region = make_region()
    days = {"starts_on": NOW.date().replace(month=9, day=1), "ends_on": NOW.date().replace(2027)}
    operator = make_actor(role=Role.OPERATOR, at=region)
    for _again in range(2):
        year = ensure_academic_year(
            actor=operator, region_id=region.pk, title="2026/27", now=NOW, **days
        )
    assert academic_year_on(region_id=region.pk, day=NOW.date()) == year
    assert academic_year_on(region_id=region.pk, day=NOW.date().replace(month=8)) is None
    with pytest.raises(Forbidden):
        ensure_academic_year(
            actor=make_actor(role=Role.DIRECTOR, at=region),
            region_id=region.pk,
            title="2027/28",
            now=NOW,
            **days,
        )


def test_names_of_the_tree_and_numbers_are_found_for_others():
    school = make_school("Гайнская школа", inn="8181001135")
    found = tree_names([school.pk, school.region.pk])
    assert found[school.pk].municipality == "Гайнский муниципальный округ"
    assert found[school.pk].region == "Пермский край"
    assert found[school.region.pk].municipality == ""
    assert organization_by_inn("8181001135") == school
    assert organization_by_inn("8181001135", region_id=school.pk) is None
    assert organization_by_inn("") is None
