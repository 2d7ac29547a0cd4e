"""The made-up register as plain values: counts, numbers, places. No database."""

import csv
from collections import Counter

import pytest

from sreda.demo.calculations import identifiers, names
from sreda.demo.calculations.cast import HEADS, OFFERS
from sreda.demo.calculations.people import people
from sreda.demo.calculations.places import REFERENCE, municipalities, shares
from sreda.demo.calculations.register import LEAST, MOST, organizations
from sreda.demo.calculations.waves import waves

MADE = organizations(total=1500, seed=2026)


def test_every_reference_row_says_where_it_comes_from():
    for path in REFERENCE.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows, path.name
        for row in rows:
            assert row["source"], path.name
            assert row["confirmed"] in {"yes", "no"}, path.name
            assert {"valid_from", "valid_to"} <= row.keys(), path.name
    assert len(municipalities()) == 43


def test_there_are_exactly_as_many_organizations_as_asked():
    for total in (LEAST, 1000, 1500, MOST):
        made = organizations(total=total, seed=7)
        assert len(made) == total
        assert len({(one.name, one.municipality) for one in made}) == total


@pytest.mark.parametrize("total", [LEAST - 1, MOST + 1])
def test_a_total_that_cannot_be_made_is_refused(total):
    with pytest.raises(ValueError, match=f"found {total}"):
        organizations(total=total, seed=2026)


def test_all_kinds_stand_in_the_register():
    kinds = Counter(one.kind for one in MADE)
    assert kinds["AUTHORITY"] == 1 + 43
    assert (kinds["IT_CUBE"], kinds["PD_CENTER"]) == (5, 2)
    assert kinds["COLLEGE"] >= 60
    assert kinds["SCHOOL"] == 640
    assert kinds["ADDITIONAL"] >= 43
    assert kinds["KINDERGARTEN"] == 650


def test_every_municipality_has_a_school_a_kindergarten_and_an_authority():
    for kind in ("SCHOOL", "KINDERGARTEN", "AUTHORITY", "ADDITIONAL"):
        places = {one.municipality for one in MADE if one.kind == kind} - {""}
        assert places == {town.key for town in municipalities()}, kind


def test_the_same_seed_makes_the_same_register_and_another_one_another():
    assert organizations(total=1500, seed=2026) == MADE
    assert organizations(total=1500, seed=2027) != MADE


def test_numbers_belong_to_no_region_and_stand_once():
    assert all(one.inn.startswith("00") for one in MADE)
    assert all(one.ogrn[3:5] == "00" and one.ogrn[0] == "1" for one in MADE)
    assert len({one.inn for one in MADE}) == len({one.ogrn for one in MADE}) == len(MADE)


def test_control_digits_are_those_of_the_order():
    # By hand: 1·3 + 1·8 = 11, no remainder by 11; 1·3 + 2·8 = 19, the remainder is 8.
    assert identifiers.inn(1, 1) == "0001000010"
    assert identifiers.inn(1, 2) == "0001000028"
    # 102000100001 = 11 · 9272736363 + 8.
    assert identifiers.ogrn(2002, 1, 1) == "1020001000018"


def test_mail_sites_and_telephones_lead_to_nobody():
    assert all(one.email.endswith("@edu.example") for one in MADE)
    assert all(one.site.endswith(".example/") for one in MADE)
    assert all(one.phone.startswith("(342) 200-00-") for one in MADE)


def test_every_organization_has_one_to_three_buildings():
    assert {len(one.buildings) for one in MADE} == {1, 2, 3}
    assert all(one.buildings[0].address == one.address for one in MADE)


def test_the_lists_are_split_as_the_region_says():
    first, second = waves(MADE, seed=2026)
    by_key = {one.key: one for one in MADE}
    of_first = Counter((by_key[key].kind, by_key[key].locality) for key in first.members)
    assert of_first == {("SCHOOL", "URBAN"): 70, ("SCHOOL", "RURAL"): 31}
    assert Counter(by_key[key].kind for key in second.members) == {"SCHOOL": 19, "COLLEGE": 35}
    assert not set(first.members) & set(second.members)
    assert (first.year, second.year) == (2020, 2021)
    assert "216,7" in first.source
    assert "115,6" in second.source


def test_shares_add_up_and_nobody_is_left_out():
    parts = shares(100, [1000.0, 10.0, 1.0], least=2)
    assert sum(parts) == 100
    assert min(parts) == 2


def test_names_agree_in_gender():
    assert names.surname("Гилёв", is_woman=True) == "Гилёва"
    assert names.surname("Малых", is_woman=True) == "Малых"
    assert names.patronymic("Пётр", is_woman=True) == "Петровна"
    for one in people(seed=2026).people:
        assert one.middle_name.endswith("на") or one.middle_name.endswith("ич"), one
        is_woman = one.middle_name.endswith("на")
        assert one.last_name.endswith(("а", "ых")) == is_woman or one.last_name.endswith("ых"), one


def test_people_are_the_same_for_the_same_seed():
    assert people(seed=2026) == people(seed=2026)
    assert people(seed=2026) != people(seed=2027)


def test_cards_name_the_directors_who_sign_in():
    heads = {one.name: one.head_name for one in MADE}
    assert all(heads[name] == part.name for name, part in HEADS.items())


def test_each_role_is_offered_once():
    assert len(OFFERS) == len({one.role for one in OFFERS}) == len({one.login for one in OFFERS})
    assert len(OFFERS) == 13
