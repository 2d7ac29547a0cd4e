"""Every model says what it keeps about people, why and how long («Что о нас хранится»)."""

import re
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models

from tests.architecture.house import must_be_empty

NOTHING = "ничего о людях"
# Fields that only PostgreSQL has; every feature works on SQLite too.
ONLY_POSTGRES = ("django.contrib.postgres",)


def our_models() -> list[type[models.Model]]:
    """Return the models of all contexts."""
    return [m for m in apps.get_models() if m.__module__.startswith("sreda.")]


def test_every_model_states_its_personal_data():
    must_be_empty(silent_models(our_models()))


def test_models_work_on_both_databases():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if type(field).__module__.startswith(ONLY_POSTGRES)
    ]
    assert not wrong


def test_models_have_no_order_of_their_own_and_tell_no_names():
    for model in our_models():
        assert not model._meta.ordering, f"{model.__name__}: each query says its order"
        assert "__str__" in vars(model), f"{model.__name__}: __str__ is '#id …', without names"
        assert str(model(pk=7)).startswith("#7"), f"{model.__name__}: __str__ begins with #id"


def test_unique_keys_of_an_organizations_rows_begin_with_the_organization():
    must_be_empty(keys_that_cannot_be_partitioned(our_models()))


def silent_models(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Yield what is missing in the docstrings of the models."""
    for model in found:
        text = model.__doc__ or ""
        kept = _line(text, "Хранит")
        if not kept:
            yield f"{model.__name__}: its docstring has no line «Хранит: …»"
        elif NOTHING not in kept.casefold():
            for word in ("Зачем", "Срок"):
                if not _line(text, word):
                    yield f"{model.__name__}: keeps something about people and has no «{word}: …»"


def _line(docstring: str, word: str) -> str:
    found = re.search(rf"^\s*{word}:\s*(\S.*)$", docstring, re.MULTILINE)
    return found[1] if found else ""


# Keys that hold across organizations, each with its reason.
REGION_WIDE: dict[str, str] = {
    "card_one_live": "one live card per account, wherever its owner studies",
    "grant_one_per_fact": "the fact's uid is one in the region, and its grant is found by it",
}


def keys_that_cannot_be_partitioned(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Yield unique constraints of rows with an organization that do not begin with it."""
    for model in found:
        if "organization" not in {field.name for field in model._meta.fields}:
            continue
        for key in model._meta.constraints:
            if not isinstance(key, models.UniqueConstraint) or key.name in REGION_WIDE:
                continue
            if key.fields[:1] != ("organization",):
                yield f"{model.__name__}.{key.name}: does not begin with organization"
