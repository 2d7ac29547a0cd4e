"""Every event that the product records has words, and every word an event."""

import ast
import re
from pathlib import Path

from sreda.organizations.facade import event_titles
from sreda.portal.queries.change_words import change_words
from sreda.portal.queries.event_words import EVENTS, GROUPS, event_words

PRODUCT = Path(__file__).resolve().parents[2]


def recorded() -> set[str]:
    """Return every «context.noun.verb» written out outside the rooms that read."""
    found = set()
    for path in PRODUCT.glob("*/**/*.py"):
        context, room = path.relative_to(PRODUCT).parts[:2]
        if room in {"tests", "queries"} or room.endswith("queries.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(rf"{context}\.[a-z_]+\.[a-z_]+", text):
                found.add(text)
    return found


def known() -> set[str]:
    """Return the events that have words."""
    return set(EVENTS) | set(event_titles())


def test_every_event_has_words():
    assert sorted(recorded() - known()) == []


def test_no_words_outlive_their_event():
    assert sorted(set(EVENTS) - recorded()) == []


def test_every_event_belongs_to_a_group_of_the_filter():
    starts = tuple(start for start, _words in GROUPS)
    assert [event for event in known() if not event.startswith(starts)] == []


def test_an_unknown_event_is_shown_as_its_code():
    assert event_words("later.thing.do") == "later.thing.do"


def test_a_field_that_is_no_more_is_shown_as_it_was_written():
    [change] = change_words("Organization", {"fax": ["", "1"]})
    assert (change.field, change.old, change.new) == ("Fax", "", "1")


def test_a_change_without_an_old_value_is_shown():
    [change] = change_words("Nothing", {"rows": 7})
    assert (change.field, change.old, change.new) == ("Строк", "", "7")


def test_what_only_machines_read_is_left_out():
    change = {
        "session": ["0199e0a5-0000-7000-8000-000000000000", ""],
        "file_sha256": ["", "a" * 64],
        "account": ["", 209],
    }
    assert change_words("", change) == ()


def test_codes_are_told_as_words():
    [change] = change_words("SignInCard", {"reason": ["", "GUESSED"]})
    assert (change.field, change.new) == ("Причина", "PIN подбирали")
