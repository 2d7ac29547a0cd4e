"""The test of the tests: every rule of the house is broken on purpose, and must say so.

The violations are planted in a copy of the tree; the names in the sentences prove that the rule
saw the planted line and not something else.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.db import models
from django.urls import path

from config import urls
from sreda.foundation.testing import (
    TooManyQueries,
    assert_queries_do_not_grow,
    assert_query_budget,
)
from sreda.people.facade import Person
from sreda.people.testing import make_person
from sreda.portal.access_table import (
    DOORS,
    Anyone,
    Door,
    missing_urls,
    resolver_names,
    surplus_urls,
)
from tests.architecture import (
    test_audit,
    test_code,
    test_documents,
    test_migrations,
    test_models,
    test_templates,
    test_texts,
)
from tests.architecture.house import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# file, planted line → what the import contracts must say about it
IMPORTS = {
    "an upper import": (
        "sreda/people/queries.py",
        "import sreda.roster.facade",
        "sreda.people is not allowed to import sreda.roster",
    ),
    "an import between neighbours": (
        "sreda/files/apps.py",
        "import sreda.imports.facade",
        "sreda.files is not allowed to import sreda.imports",
    ),
    "a side door": (
        "sreda/organizations/queries.py",
        "import sreda.people.models",
        "sreda.organizations.queries imports sreda.people.models: contexts meet only at",
    ),
    "another context's package itself": (
        "sreda/organizations/policies.py",
        "import sreda.people",
        "sreda.organizations.policies imports sreda.people: contexts meet only at",
    ),
    "a test that looks behind another context's door": (
        "sreda/roster/tests/test_stars.py",
        "import sreda.people.queries",
        "sreda.roster.tests.test_stars imports sreda.people.queries: contexts meet only at",
    ),
    "test data in the product": (
        "sreda/organizations/actions.py",
        "import sreda.people.testing",
        "sreda.organizations.actions imports sreda.people.testing: the product never imports",
    ),
    "whole-system tests in the product": (
        "sreda/portal/apps.py",
        "import tests.architecture.house",
        "sreda.portal.apps -> tests.architecture.house",
    ),
    "a model that asks queries": (
        "sreda/accounts/models.py",
        "import sreda.accounts.queries",
        "sreda.accounts.models imports sreda.accounts.queries: models may not import that room",
    ),
    "a query that writes": (
        "sreda/roster/queries.py",
        "import sreda.roster.actions",
        "sreda.roster.queries imports sreda.roster.actions: queries may not import that room",
    ),
    "Django in a calculation": (
        "sreda/people/calculations/names.py",
        "import django.utils.timezone",
        "sreda.people.calculations.names reaches Django",
    ),
    "Django in a calculation, by a detour": (
        "sreda/imports/calculations/headers.py",
        "import sreda.foundation.clock",
        "sreda.imports.calculations.headers reaches Django",
    ),
    "an action that reads the clock": (
        "sreda/roster/actions/__init__.py",
        "import sreda.foundation.clock",
        "sreda.roster.actions reads the clock: take the moment as an argument",
    ),
    "a module in no room": (
        "sreda/people/drawer.py",
        "x = 1",
        "sreda.people.drawer is in no room",
    ),
    "a configuration with logic": (
        "config/urls.py",
        "import sreda.people.facade",
        "config.urls -> sreda.people.facade",
    ),
    "a context that no layer lists": (
        "sreda/astrology/__init__.py",
        "x = 1",
        "astrology",
    ),
}


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """Return what the import contracts say about a tree with everything of IMPORTS planted."""
    tree = copy_of_the_tree(tmp_path_factory.mktemp("planted"))
    for file, line, _sentence in IMPORTS.values():
        plant(tree, file, line)
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=tree,
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": "", "COLUMNS": "400"},
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return re.sub(r"\s+", " ", re.sub(r" \(l\. [\d, ]+\)", "", done.stdout))


@pytest.mark.parametrize("violation", IMPORTS)
def test_import_contracts_catch(violation, spoken):
    sentence = IMPORTS[violation][2]
    assert sentence in spoken, spoken


# rule, file, planted line → what it must say
LINES = {
    ".objects in a view": (
        test_code.objects_in_interfaces,
        "sreda/roster/views.py",
        "rows = Enrollment.objects.all()",
        "sreda/roster/views.py:1: .objects in views",
    ),
    "a drawer": (test_code.drawers, "sreda/people/utils.py", "x = 1", "sreda/people/utils.py:1"),
    "an endless file": (
        test_code.long_files,
        "sreda/people/queries.py",
        "x = 1\n" * 400,
        "sreda/people/queries.py:401: 401 lines",
    ),
    "an endless function": (
        test_code.long_functions,
        "sreda/people/queries.py",
        "def endless():\n" + "    x = 1\n" * 40,
        "endless has 41 lines",
    ),
    "a signal": (
        test_code.magic,
        "sreda/people/apps.py",
        "from django.db.models.signals import post_save",
        "sreda/people/apps.py:1: django.db.models.signals.post_save",
    ),
    "a model's own save": (
        test_code.magic,
        "sreda/people/models.py",
        "class Extra:\n    def save(self): pass",
        "sreda/people/models.py:2: save in a model",
    ),
    "an order in a model": (
        test_code.magic,
        "sreda/people/models.py",
        "class Extra:\n    class Meta:\n        ordering = ['id']",
        "sreda/people/models.py:3: Meta.ordering",
    ),
    "a context without a page about it": (
        test_code.incomplete_contexts,
        "sreda/astrology/__init__.py",
        "",
        "sreda/astrology: has no README.md",
    ),
    "a context outside the layers": (
        test_code.incomplete_contexts,
        "sreda/astrology/__init__.py",
        "",
        "sreda/astrology: is not in the layers",
    ),
    "a folder that no contract sees": (
        test_code.folders_without_init,
        "sreda/people/stars/houses.py",
        "",
        "sreda/people/stars: has no __init__.py",
    ),
    "the environment read in a context": (
        test_code.readers_of_the_environment,
        "sreda/people/queries.py",
        "import os; x = os.environ",
        "sreda/people/queries.py:1: only config/env.py",
    ),
    "an action without an actor": (
        test_code.careless_actions,
        "sreda/roster/actions/stars.py",
        "@transaction.atomic(durable=True)\ndef align(*, now): record('x')",
        "align: an action takes `actor`",
    ),
    "an action that leaves no trace": (
        test_audit.actions_without_trace,
        "sreda/roster/actions/stars.py",
        "@transaction.atomic(durable=True)\ndef align(*, actor, now): Star.objects.create()",
        "align changes something and audits nothing",
    ),
    "a migration with our code inside": (
        test_migrations.careless_migrations,
        "sreda/people/migrations/0001_initial.py",
        "from sreda.people.models import Person",
        "sreda/people/migrations/0001_initial.py:1: imports sreda.people.models",
    ),
    "a migration that a machine named": (
        test_migrations.careless_migrations,
        "sreda/people/migrations/0002_auto_20261014_1046.py",
        "",
        "0002_auto_20261014_1046.py:1: name the migration",
    ),
    "a data migration without a way back": (
        test_migrations.careless_migrations,
        "sreda/people/migrations/0001_initial.py",
        "migrations.RunPython(fill)",
        "0001_initial.py:1: has no reverse",
    ),
    "two migrations of one number": (
        test_migrations.branches,
        "sreda/people/migrations/0001_second.py",
        "dependencies = []",
        "sreda/people: migrations are not numbered one by one",
    ),
    "an inline style": (
        test_templates.forbidden_in_templates,
        "sreda/roster/templates/roster/star.html",
        '<p style="margin: 0">x</p>',
        "star.html:1: 'style=' is an inline style",
    ),
    "an inline script": (
        test_templates.forbidden_in_templates,
        "sreda/roster/templates/roster/star.html",
        "<script>alert(1)</script>",
        "star.html:1: '<script' is an inline script",
    ),
    "an inline handler": (
        test_templates.forbidden_in_templates,
        "sreda/roster/templates/roster/star.html",
        '<button type="button" onclick="go()">x</button>',
        "is an inline handler",
    ),
    "a color in a template": (
        test_templates.forbidden_in_templates,
        "sreda/roster/templates/roster/star.html",
        '<path fill="#ff0000" d="M0 0"/>',
        "is a color: use a CSS variable",
    ),
    "a text without gettext in a template": (
        test_templates.unwrapped_in_templates,
        "sreda/roster/templates/roster/star.html",
        "<p>Звезда</p>",
        "star.html:1: '<p>Звезда</p>' is not inside _(…)",
    ),
    "a template that could meet another": (
        test_templates.misplaced,
        "sreda/roster/templates/star.html",
        "<p>x</p>",
        "star.html:1: lies outside templates/roster/",
    ),
    "a text without gettext in the code": (
        test_texts.unwrapped_texts,
        "sreda/roster/queries.py",
        'title = "Звезда"',
        "sreda/roster/queries.py:1: 'Звезда' is not inside _(…)",
    ),
    "a text that is built": (
        test_texts.built_texts,
        "sreda/roster/queries.py",
        'title = _(f"Звезда {name}")',
        "sreda/roster/queries.py:1: a text is built inside _(…)",
    ),
    "a word that the glossary replaced": (
        test_documents.banned_words,
        "sreda/roster/queries.py",
        "def student_stars(): pass",
        "sreda/roster/queries.py:1: student_stars",
    ),
    "a setting that nobody documented": (
        test_documents.undocumented_settings,
        "config/env.py",
        'x = source["SREDA_STAR"]',
        "SREDA_STAR is not described",
    ),
}


@pytest.mark.parametrize("violation", LINES)
def test_rules_about_files_catch(violation, tmp_path):
    rule, file, line, sentence = LINES[violation]
    tree = copy_of_the_tree(tmp_path, only=file)
    before = set(rule(tree))
    plant(tree, file, line, instead=True)
    assert any(sentence in found for found in set(rule(tree)) - before), set(rule(tree)) - before


def test_a_model_without_its_line_about_personal_data_is_caught():
    def model(text):
        return type("Star", (), {"__doc__": text})

    silent = model("A star.")
    half = model("A star.\n\nХранит: имя того, кто её открыл.\n")
    whole = model("A star.\n\nХранит: имя.\nЗачем: чтобы знать.\nСрок: пока светит.\n")
    nobody = model("A star.\n\nХранит: ничего о людях.\n")

    assert list(test_models.silent_models([silent])) == [
        "Star: its docstring has no line «Хранит: …»"
    ]
    assert [s.split("«")[1] for s in test_models.silent_models([half])] == [
        "Зачем: …»",
        "Срок: …»",
    ]
    assert not list(test_models.silent_models([whole, nobody]))


def test_a_key_that_does_not_begin_with_the_organization_is_caught():
    class Star(models.Model):
        organization = models.ForeignKey("organizations.Organization", models.CASCADE)
        name = models.CharField()

        class Meta:
            app_label = "planted"
            constraints = [models.UniqueConstraint(fields=["name"], name="star_once")]

    found = list(test_models.keys_that_cannot_be_partitioned([Star]))

    assert found == ["Star.star_once: does not begin with organization"]


def test_an_address_that_the_access_table_lacks_is_caught(settings):
    settings.ROOT_URLCONF = ModuleType("planted_urls")
    settings.ROOT_URLCONF.urlpatterns = [
        *urls.urlpatterns,
        path("stars/", lambda _request: None, name="stars"),
        path("stars/nameless/", lambda _request: None),
    ]

    assert missing_urls(resolver_names(), DOORS) == ["<stars/nameless/>", "stars"]


def test_a_row_without_an_address_is_caught():
    assert surplus_urls(resolver_names(), [*DOORS, Door("stars", Anyone.EVERYONE)]) == ["stars"]


@pytest.mark.django_db
def test_a_page_that_grows_with_its_rows_is_caught():
    make_person()

    def grows():
        return [Person.objects.get(pk=pk) for pk in Person.objects.values_list("pk", flat=True)]

    def does_not_grow():
        return list(Person.objects.all())

    with pytest.raises(TooManyQueries, match="2 statements became 3 with more rows") as caught:
        assert_queries_do_not_grow(read=grows, add_rows=make_person)
    assert "people_person" in str(caught.value)
    assert_queries_do_not_grow(read=does_not_grow, add_rows=make_person)


@pytest.mark.django_db
def test_a_page_above_its_budget_is_caught():
    make_person()

    def costs_two():
        with assert_query_budget(1):
            Person.objects.count()
            Person.objects.first()

    with pytest.raises(TooManyQueries, match="2 statements, the budget is 1"):
        costs_two()
    with assert_query_budget(1):
        Person.objects.count()


def copy_of_the_tree(target: Path, *, only: str = "") -> Path:
    """Copy the code; with ``only`` the folder of that file and what the rules read beside it."""
    for name in ("pyproject.toml", "docs/glossary.md", "docs/operators/settings.md"):
        if (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    ignored = shutil.ignore_patterns("__pycache__", "static", "node_modules", "*.pyc")
    context = only.split("/")[1] if only.startswith("sreda/") else ""
    if context and (ROOT / "sreda" / context).is_dir():
        shutil.copytree(ROOT / "sreda" / context, target / "sreda" / context, ignore=ignored)
        shutil.copytree(ROOT / "config", target / "config", ignore=ignored)
        return target
    for name in ("sreda", "config", "tests/architecture"):
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    (target / "tests" / "__init__.py").touch()
    return target


def plant(tree: Path, name: str, line: str, *, instead: bool = False) -> None:
    """Write the line at the top of the file, or instead of it."""
    file = tree / name
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if file.exists() and not instead else ""
    file.write_text(f"{line}\n{before}", encoding="utf-8")
