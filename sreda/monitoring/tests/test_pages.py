"""The pages of the lists: numbers, conditions, budgets, the table to take away."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sreda.access.facade import Role
from sreda.access.testing import make_actor, sign_in
from sreda.foundation.errors import Forbidden, NotFound
from sreda.foundation.ids import new_uid
from sreda.foundation.testing import assert_queries_do_not_grow, assert_query_budget
from sreda.monitoring.bulk import WaveMember
from sreda.monitoring.queries import MemberFilter, wave_page, wave_table, waves_page
from sreda.monitoring.testing import make_wave
from sreda.organizations.facade import Kind, Locality
from sreda.organizations.testing import (
    make_municipality,
    make_organization,
    make_region,
    make_school,
)

pytestmark = pytest.mark.django_db
# Identity, the notices in the shell and the like come with every page.
AROUND = 1


class Scene:
    """A region with two municipalities and a list of 2021: three schools and a college."""

    def __init__(self):
        self.region = make_region()
        self.gayny = make_municipality("Гайнский муниципальный округ", region=self.region)
        self.perm = make_municipality("Пермский городской округ", region=self.region)
        self.village = make_school("Гайнская школа", municipality=self.gayny, is_sample=True)
        self.town = make_school(
            "Школа № 12", municipality=self.perm, locality=Locality.URBAN, inn="5902001121"
        )
        self.formula = make_school("=1+1", municipality=self.perm, locality=Locality.URBAN)
        self.college = make_organization(
            kind=Kind.COLLEGE,
            name="Пермский колледж",
            municipality=self.perm,
            locality=Locality.URBAN,
        )
        members = (self.village, self.town, self.formula, self.college)
        self.wave = make_wave(self.region, *members, year=2021, title="Оснащение 2021 года")
        self.ministry = make_actor(role=Role.MINISTRY, at=self.region)
        self.municipal = make_actor(role=Role.MUNICIPAL, at=self.gayny)

    def add_lines(self, number=5):
        schools = [make_school(municipality=self.gayny) for _ in range(number)]
        WaveMember.objects.bulk_create(
            WaveMember(wave=self.wave, organization=school) for school in schools
        )


@pytest.fixture
def scene():
    return Scene()


def names(page):
    return [row.name for row in page.members.rows]


def page_of(scene, actor=None, number=1, **conditions):
    return wave_page(
        actor=actor or scene.ministry,
        uid=scene.wave.uid,
        wanted=MemberFilter(**conditions),
        number=number,
    )


def test_numbers_are_counted_in_the_actors_own_line(scene):
    whole = waves_page(actor=scene.ministry)[0]
    assert (whole.total, whole.schools, whole.urban, whole.rural, whole.colleges) == (4, 3, 2, 1, 1)
    part = waves_page(actor=scene.municipal)[0]
    assert (part.total, part.schools, part.urban, part.rural, part.colleges) == (1, 1, 0, 1, 0)
    assert page_of(scene, scene.municipal).wave == part
    assert [place.name for place in page_of(scene, scene.municipal).municipalities] == [
        "Гайнский муниципальный округ"
    ]


def test_conditions_only_narrow(scene):
    assert names(page_of(scene)) == ["=1+1", "Гайнская школа", "Пермский колледж", "Школа № 12"]
    assert names(page_of(scene, text="ГАЙН")) == ["Гайнская школа"]
    assert names(page_of(scene, text="59020")) == ["Школа № 12"]
    assert names(page_of(scene, municipality=scene.gayny.uid)) == ["Гайнская школа"]
    assert names(page_of(scene, locality=Locality.RURAL)) == ["Гайнская школа"]
    assert not names(page_of(scene, scene.municipal, municipality=scene.perm.uid))
    assert not names(page_of(scene, scene.municipal, text="Школа № 12"))


def test_the_order_is_the_one_that_was_asked_for(scene):
    assert names(page_of(scene, sort="-name"))[0] == "Школа № 12"
    assert names(page_of(scene, sort="municipality"))[0] == "Гайнская школа"
    assert names(page_of(scene, sort="-municipality"))[-1] == "Гайнская школа"
    assert names(page_of(scene, sort="password"))[0] == "=1+1"


def test_a_page_holds_fifty_lines(scene):
    scene.add_lines(60)
    assert len(names(page_of(scene))) == 50
    assert len(names(page_of(scene, number=2))) == 14
    assert page_of(scene).members.pages == 2


def test_an_unknown_list_and_one_of_another_region_are_not_found(scene):
    elsewhere = make_region("Омская область")
    theirs = make_wave(elsewhere)
    for uid in (new_uid(), theirs.uid):
        with pytest.raises(NotFound):
            wave_page(actor=scene.ministry, uid=uid, wanted=MemberFilter(), number=1)
        with pytest.raises(NotFound):
            wave_table(actor=scene.ministry, uid=uid, wanted=MemberFilter())


def test_a_school_is_told_why_it_sees_no_lists(scene):
    director = make_actor(role=Role.DIRECTOR, at=scene.town)
    with pytest.raises(Forbidden, match="открыты министерству"):
        waves_page(actor=director)
    with pytest.raises(Forbidden, match="открыты министерству"):
        page_of(scene, director)
    with pytest.raises(Forbidden):
        wave_table(actor=director, uid=scene.wave.uid, wanted=MemberFilter())


def test_the_list_of_lists_says_schools_and_colleges(client, scene):
    sign_in(client, scene.ministry)
    html = client.get(reverse("monitoring:waves")).content.decode()
    assert "Оснащение 2021 года" in html
    assert "Школы: 2 в городе, 1 на селе" in html
    assert "Пресс-релиз региона" in html
    assert reverse("monitoring:wave", args=[scene.wave.uid]) in html


def test_the_page_of_a_list_leads_to_cards_and_marks_samples(client, scene):
    sign_in(client, scene.ministry)
    html = client.get(reverse("monitoring:wave", args=[scene.wave.uid])).content.decode()
    assert reverse("organizations:card", args=[scene.village.uid]) in html
    assert html.count("учебные данные") == 1
    assert "Гайнский муниципальный округ" in html


def test_conditions_in_the_address_are_kept_and_nonsense_is_left_out(client, scene):
    sign_in(client, scene.ministry)
    address = reverse("monitoring:wave", args=[scene.wave.uid])
    html = client.get(address, {"q": "<b>колледж", "sort": "-name", "page": "9"}).content.decode()
    assert "&lt;b&gt;колледж" in html
    assert "<b>колледж" not in html
    odd = {"municipality": "not-a-uid", "locality": "MOON", "sort": "x", "page": "-3"}
    assert client.get(address, odd).status_code == 200


def test_pages_refuse_a_school_in_words(client, scene):
    sign_in(client, make_actor(role=Role.SCHOOL_ADMIN, at=scene.town))
    for name, args in (
        ("monitoring:waves", []),
        ("monitoring:wave", [scene.wave.uid]),
        ("monitoring:wave_xlsx", [scene.wave.uid]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 403
        assert "открыты министерству" in answer.content.decode()


def test_the_table_holds_all_lines_as_text(client, scene):
    sign_in(client, scene.ministry)
    answer = client.get(reverse("monitoring:wave_xlsx", args=[scene.wave.uid]), {"q": "школа"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Наименование", "Вид", "Муниципалитет", "Местность"]
    assert [row[0] for row in rows[1:]] == ["Гайнская школа", "Школа № 12"]
    assert rows[1][6] == "учебные данные"
    assert rows[2][4] == "5902001121"
    whole = wave_table(actor=scene.ministry, uid=scene.wave.uid, wanted=MemberFilter())
    first = CalamineWorkbook.from_filelike(BytesIO(whole)).get_sheet_by_index(0).to_python()[1]
    assert first[0] == "=1+1"


def test_budgets(scene):
    with assert_query_budget(2):
        waves_page(actor=scene.ministry)
    with assert_query_budget(5):
        page_of(scene)
    with assert_query_budget(2):
        wave_table(actor=scene.ministry, uid=scene.wave.uid, wanted=MemberFilter())


def test_pages_do_not_grow_with_their_lines(client, scene):
    sign_in(client, scene.ministry)
    for name in ("monitoring:wave", "monitoring:wave_xlsx"):
        address = reverse(name, args=[scene.wave.uid])
        assert_queries_do_not_grow(read=lambda: client.get(address), add_rows=scene.add_lines)  # noqa: B023
    assert_queries_do_not_grow(
        read=lambda: client.get(reverse("monitoring:waves")),
        add_rows=lambda: make_wave(scene.region, year=2022),
    )
