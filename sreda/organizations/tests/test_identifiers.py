"""Control digits of ИНН, ОГРН and ОГРНИП; the form of a КПП."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sreda.organizations.calculations.identifiers import (
    INN_10_WEIGHTS,
    Fault,
    bare_number,
    inn_control,
    inn_flaw,
    kpp_flaw,
    ogrn_control,
    ogrn_flaw,
)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def remainder_of_11(number: str) -> int:
    return sum(int(d) * w for d, w in zip(number, INN_10_WEIGHTS, strict=False)) % 11


@pytest.mark.parametrize("number", ["5902001121", "8181001135", "5902001146", "5902001153"])
def test_right_numbers_of_organizations_pass(number):
    assert inn_flaw(number) is None


def test_a_right_number_of_an_entrepreneur_passes():
    # The example of the ФНС's own description: 12 digits, two control digits.
    assert inn_flaw("500100732259") is None


def test_the_flaw_says_which_control_digit_is_there_and_which_must_be():
    flaw = inn_flaw("5902001122")
    assert (flaw.fault, flaw.found, flaw.expected) == (Fault.CONTROL, "2", "1")


def test_both_control_digits_of_an_entrepreneur_are_told():
    flaw = inn_flaw("500100732200")
    assert (flaw.fault, flaw.found, flaw.expected) == (Fault.CONTROL, "00", "59")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("590200112", Fault.LENGTH),
        ("59020011210", Fault.LENGTH),
        ("59O2001121", Fault.SIGNS),
        ("٥٩٠٢٠٠١١٢١", Fault.SIGNS),
        ("-902001121", Fault.SIGNS),
        ("", Fault.SIGNS),
    ],
)
def test_what_is_no_number_at_all_is_refused_before_counting(number, fault):
    assert inn_flaw(number).fault == fault


@given(digits(9))
def test_every_nine_digits_have_exactly_one_right_control_digit(nine):
    right = [d for d in "0123456789" if inn_flaw(nine + d) is None]
    assert right == [inn_control(nine + "0")]


@given(digits(9), st.integers(0, 8), st.integers(1, 9))
def test_a_changed_digit_is_caught_unless_the_rule_itself_loses_it(nine, place, shift):
    number = nine + inn_control(nine + "0")
    changed = str((int(number[place]) + shift) % 10)
    wrong = number[:place] + changed + number[place + 1 :]
    # Remainders 10 and 0 share the control digit 0: the only pair that the rule cannot tell apart.
    lost = {remainder_of_11(number), remainder_of_11(wrong)} == {0, 10}
    assert (inn_flaw(wrong) is None) == lost


@given(digits(9), st.integers(1, 9))
def test_a_changed_control_digit_is_always_caught(nine, shift):
    right = inn_control(nine + "0")
    assert inn_flaw(nine + str((int(right) + shift) % 10)).expected == right


@given(digits(10))
def test_every_ten_digits_have_exactly_one_right_pair(ten):
    assert inn_flaw(ten + inn_control(ten + "00")) is None


@pytest.mark.parametrize("number", ["1025900000125", "1027700220624", "304500116000157"])
def test_right_registration_numbers_pass(number):
    assert ogrn_flaw(number) is None


def test_a_wrong_registration_number_says_the_right_digit():
    flaw = ogrn_flaw("1025900000126")
    assert (flaw.found, flaw.expected) == ("6", "5")


@given(st.sampled_from([12, 14]).flatmap(digits), st.integers(1, 9))
def test_a_changed_control_digit_of_a_registration_number_is_caught(body, shift):
    right = ogrn_control(body + "0")
    assert ogrn_flaw(body + right) is None
    assert ogrn_flaw(body + str((int(right) + shift) % 10)).expected == right


def test_registration_numbers_have_13_or_15_digits():
    assert ogrn_flaw("102590000012").expected == "13, 15"


@pytest.mark.parametrize("code", ["590201001", "5902AB001"])
def test_a_kpp_may_hold_two_latin_capitals(code):
    assert kpp_flaw(code) is None


@pytest.mark.parametrize("code", ["59020100", "5902010011", "5902ab001", "A90201001", "5902АВ001"])
def test_other_signs_and_lengths_are_no_kpp(code):
    assert kpp_flaw(code) is not None


def test_spaces_and_dashes_inside_a_number_are_dropped():
    assert bare_number(" 590 200-11\u00a021 ") == "5902001121"
