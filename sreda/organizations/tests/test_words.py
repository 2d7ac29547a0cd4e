"""What people write in tables, and which code it stands for."""

import pytest
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sreda.organizations.calculations import words
from sreda.organizations.calculations.columns import COLUMN_WORDS
from sreda.organizations.calculations.nearness import municipality_meant
from sreda.organizations.models import Kind, Locality, Status

OKRUGS = (
    "Гайнский муниципальный округ",
    "Пермский городской округ",
    "Пермский муниципальный округ",
    "Кочёвский муниципальный округ",
)


def test_the_tables_speak_of_the_codes_of_the_models():
    assert set(words.KIND_WORDS) == set(Kind.values) - {Kind.REGION.value}
    assert set(words.LOCALITY_WORDS) == set(Locality.values)
    assert set(words.STATUS_WORDS) == set(Status.values)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("choices", [Kind, Locality, Status])
def test_the_words_of_the_interface_are_understood(choices, language):
    code_of = {
        Kind: words.kind_code,
        Locality: words.locality_code,
        Status: words.status_code,
    }[choices]
    with override(language):
        labels = {item.value: str(item.label) for item in choices if item != Kind.REGION}
    for code, label in labels.items():
        assert code_of(label) == code


@pytest.mark.parametrize("choices", [Kind, Locality, Status])
def test_tables_are_written_with_the_words_of_the_interface_in_russian(choices):
    table = {
        Kind: words.KIND_WORDS,
        Locality: words.LOCALITY_WORDS,
        Status: words.STATUS_WORDS,
    }[choices]
    for item in choices:
        if item != Kind.REGION:
            assert words.written(item.value, table) == str(item.label)
    assert words.written("", table) == ""


@pytest.mark.parametrize(
    "table", [words.KIND_WORDS, words.LOCALITY_WORDS, words.STATUS_WORDS, words.YES_NO_WORDS]
)
def test_no_word_stands_for_two_codes(table):
    plain = [words.plain(word) for synonyms in table.values() for word in synonyms]
    assert len(plain) == len(set(plain))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("СОШ", "SCHOOL"),
        ("лицей", "SCHOOL"),
        ("Гимназия", "SCHOOL"),
        ("школа - интернат", "SCHOOL"),
        ("СПО", "COLLEGE"),
        ("техникум", "COLLEGE"),
        ("«IT–куб»", "IT_CUBE"),
        ("Дет. сад", "KINDERGARTEN"),
        ("доп. образование", "ADDITIONAL"),
        ("ЦНППМ", "PD_CENTER"),
        ("завод", None),
        ("", None),
    ],
)
def test_kinds_are_understood_in_the_words_of_the_field(written, code):
    assert words.kind_code(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("город", "URBAN"),
        ("Городская", "URBAN"),
        ("г.", "URBAN"),
        ("СЕЛО", "RURAL"),
        ("с", "RURAL"),
    ],
)
def test_localities_are_understood(written, code):
    assert words.locality_code(written) == code


def test_a_doubtful_locality_is_not_guessed():
    assert words.locality_code("посёлок?") is None


def test_yes_and_no_differ_from_nonsense():
    answers = [words.yes_or_no(text) for text in ("Да", "нет", "-", "1", "0", "может быть")]
    assert answers == [True, False, False, True, False, None]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ('МБОУ "Гайнская  СОШ"', "МБОУ «Гайнская СОШ»"),
        ('"Школа"', "«Школа»"),
        ("Школа\u00a0№ 12", "Школа № 12"),
        ("Шко\u00adла", "Школа"),
        ('Школа "Заря', 'Школа "Заря'),
        ('=HYPERLINK("http://example.org","IT")', '=HYPERLINK("http://example.org","IT")'),
        ("Школа «Заря»", "Школа «Заря»"),
    ],
)
def test_names_are_tidied_and_not_invented(written, stored):
    assert words.tidy_name(written) == stored


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    once = words.tidy_name(text)
    assert words.tidy_name(once) == once


def test_a_municipality_is_found_without_regard_to_case_yo_and_quotes():
    assert municipality_meant("кочевский МУНИЦИПАЛЬНЫЙ округ", OKRUGS).name == OKRUGS[3]


def test_the_only_municipality_of_that_stem_is_meant_by_its_old_name():
    meant = municipality_meant("Гайнский район", OKRUGS)
    assert (meant.name, meant.is_guess) == (OKRUGS[0], True)


def test_of_two_of_one_stem_none_is_guessed_and_both_are_offered():
    meant = municipality_meant("Пермский район", OKRUGS)
    assert (meant.name, meant.near) == (None, (OKRUGS[1], OKRUGS[2]))


def test_a_typing_error_gets_an_offer_and_nonsense_none():
    assert municipality_meant("Гайнскй округ", OKRUGS).near == (OKRUGS[0],)
    assert municipality_meant("Нет такого округа", OKRUGS).near == ()
    assert municipality_meant("округ", OKRUGS).name is None


def test_no_header_stands_for_two_columns():
    headers = [h for words_ in COLUMN_WORDS.values() for h in (words_.title, *words_.synonyms)]
    assert len(headers) == len(set(headers))
