"""Who may see and load the lists."""

import pytest
from django.db import transaction

from sreda.access.facade import Role, system_actor
from sreda.access.testing import make_actor
from sreda.foundation.errors import DomainError, Forbidden
from sreda.monitoring.bulk import NewWave, add_wave
from sreda.monitoring.models import Wave, WaveMember
from sreda.monitoring.policies import can_read_waves, visible_members, visible_waves
from sreda.monitoring.testing import MADE_AT, make_wave
from sreda.organizations.testing import make_municipality, make_region, make_school

pytestmark = pytest.mark.django_db
READERS = {Role.MINISTRY, Role.OPERATOR, Role.OBSERVER, Role.MUNICIPAL}


@pytest.mark.parametrize("role", Role.values)
def test_those_whose_work_is_one_organization_see_no_lists(role):
    region = make_region()
    school = make_school(municipality=make_municipality(region=region))
    make_wave(region, school)
    places = {Role.MUNICIPAL: school.municipality}
    at = places.get(role, region if role in READERS else school)
    actor = make_actor(role=Role(role), at=at)
    assert can_read_waves(actor) == (role in READERS)
    assert visible_waves(actor).exists() == (role in READERS)
    assert visible_members(actor).exists() == (role in READERS)


def test_a_municipality_sees_its_own_lines_of_its_regions_lists():
    region = make_region()
    own, other = (make_school(municipality=make_municipality(region=region)) for _ in range(2))
    wave = make_wave(region, own, other)
    make_wave(make_region("Омская область"))
    actor = make_actor(role=Role.MUNICIPAL, at=own.municipality)
    assert list(visible_waves(actor)) == [wave]
    assert [member.organization for member in visible_members(actor)] == [own]


def test_the_ministry_of_another_region_sees_nothing_of_it():
    region, elsewhere = make_region(), make_region("Омская область")
    make_wave(region, make_school(municipality=make_municipality(region=region)))
    for at, number in ((region, 1), (elsewhere, 0)):
        actor = make_actor(role=Role.MINISTRY, at=at)
        assert visible_waves(actor).count() == number
        assert visible_members(actor).count() == number


def test_only_the_system_loads_a_list():
    region = make_region()
    school = make_school(municipality=make_municipality(region=region))
    wave = NewWave(year=2020, title="Оснащение", source="Письмо", organizations=[school])
    operator = make_actor(role=Role.OPERATOR, at=region)
    with pytest.raises(Forbidden), transaction.atomic():
        add_wave(actor=operator, region=region, wave=wave, digest="d", now=MADE_AT)
    assert not Wave.objects.exists()
    add_wave(actor=system_actor(), region=region, wave=wave, digest="d", now=MADE_AT)
    assert WaveMember.objects.get().organization == school


def test_an_organization_stands_in_one_list_only():
    region = make_region()
    school = make_school("Гайнская школа", municipality=make_municipality(region=region))
    make_wave(region, school, year=2020)
    with (
        pytest.raises(DomainError, match="«Гайнская школа» уже стоит в перечне 2020 года"),
        transaction.atomic(),
    ):
        make_wave(region, school, year=2021)
    assert WaveMember.objects.count() == 1


def test_an_organization_of_another_region_is_no_line_of_a_list():
    stranger = make_school("Омская школа")
    with (
        pytest.raises(DomainError, match="«Омская школа» стоит в другом регионе"),
        transaction.atomic(),
    ):
        make_wave(make_region("Пермский край"), stranger)
    assert not Wave.objects.exists()
