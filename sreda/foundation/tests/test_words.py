from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sreda.foundation.words import (
    date_words,
    fold,
    initials,
    long_date,
    moment_words,
    sort_key,
    spaced,
    time_words,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Ёлкина   Алёна ", "елкина алена"),
        ("МБОУ «Гайнская СОШ»", "мбоу гайнская сош"),
        ("Школа № 12", "школа no 12"),
        ("Гайны\x00Кочёво\x1f\x7f\x85", "гайны кочево"),
        ("\x00", ""),
        ("", ""),
    ],
)
def test_search_forgets_case_yo_quotes_and_spaces(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_no_control_sign_reaches_the_database(text):
    assert all(sign.isprintable() or ord(sign) > 0x9F for sign in fold(text) + sort_key(text))


def test_yo_stands_right_after_ye():
    names = ["Жукова", "Ёлкина", "Ежова", "Ещенко"]
    assert sorted(names, key=sort_key) == ["Ежова", "Ещенко", "Ёлкина", "Жукова"]


def test_thousands_are_spaced_without_breaking():
    assert spaced(1148) == "1\u00a0148"
    assert spaced(63_500) == "63\u00a0500"
    assert spaced(7) == "7"


def test_dates_are_words():
    assert date_words(date(2026, 10, 14)) == "среда, 14 октября"
    assert long_date(date(2026, 3, 1)) == "1 марта 2026"


def test_time_is_the_regions():
    moment = datetime(2026, 10, 14, 5, 46, tzinfo=UTC)
    assert time_words(moment) == "10:46"
    assert moment_words(moment) == "14.10.2026, 10:46"


def test_initials_take_two_words():
    assert initials("Ирина Петровна Селянинова") == "ИП"
    assert initials("Мария") == "М"
    assert initials("") == ""
