"""The mutation harness notices a guarded check and a check that no test guards."""

import subprocess
import sys
from textwrap import dedent

import pytest

from tests.architecture.house import ROOT

PRODUCT = {
    "policies.py": """
        from sreda.people.facade import Person


        def can_guarded(actor):
            return actor == "director"


        def can_unguarded(actor):
            return actor == "director"


        def visible_guarded(actor):
            return Person.objects.filter(last_name=actor)


        def visible_unguarded(actor):
            return Person.objects.filter(last_name=actor)


        def can_never_asked(actor):
            return False
        """,
    "actions.py": """
        from django.db import transaction

        from sample.policies import can_guarded, can_unguarded
        from sreda.foundation.errors import Forbidden, require


        @transaction.atomic(durable=True)
        def guarded(*, actor):
            require(can_guarded(actor), "no")
            return 1


        @transaction.atomic(durable=True)
        def unguarded(*, actor):
            require(can_unguarded(actor), "no")
            return 1


        def refuse(*, actor):
            if actor != "director":
                raise Forbidden("no")
        """,
    "middleware.py": """
        class ClosedByDefault:
            def process_view(self, request, view, args, kwargs):
                return "to the sign-in page"
        """,
    "__init__.py": "",
}
TESTS = """
    import pytest

    from sample import actions, middleware, policies
    from sreda.foundation.errors import Forbidden
    from sreda.people.testing import make_person

    pytestmark = pytest.mark.django_db


    def test_guarded():
        with pytest.raises(Forbidden):
            actions.guarded(actor="teacher")
        assert actions.guarded(actor="director") == 1


    def test_only_success():
        assert actions.unguarded(actor="director") == 1


    def test_rows():
        make_person("Селянинова Ирина")
        assert not policies.visible_guarded("Петрова").exists()
        assert policies.visible_unguarded("Селянинова").exists()


    def test_refusal():
        with pytest.raises(Forbidden):
            actions.refuse(actor="teacher")


    def test_closed():
        assert middleware.ClosedByDefault().process_view(None, None, (), {})
    """


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    place = tmp_path_factory.mktemp("mutation")
    (place / "sample").mkdir()
    (place / "tests").mkdir()
    for name, text in PRODUCT.items():
        (place / "sample" / name).write_text(dedent(text))
    test = place / "tests" / "test_sample.py"
    test.write_text(dedent(TESTS))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.mutation", "--jobs", "2"),
            *("--product", str(place / "sample"), "--tests", str(test)),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert "INTERNALERROR" not in done.stdout, done.stdout
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_every_check_is_removed_once(printed):
    assert "9 mutants, 5 noticed, 4 survived" in printed


@pytest.mark.parametrize(
    "survivor",
    [
        "sample/policies.py:9 can_unguarded: always answers True: 1 tests pass through it",
        "sample/policies.py:17 visible_unguarded: shows every row: 1 tests pass through it",
        "sample/policies.py:21 can_never_asked: always answers True: no test passes through it",
        "sample/actions.py:16 unguarded: require(…) removed: 1 tests pass through it",
    ],
)
def test_an_unguarded_check_is_named(survivor, printed):
    assert f"SURVIVED {survivor}" in printed, printed


@pytest.mark.parametrize("name", ["guarded: ", "visible_guarded", "refuse", "process_view"])
def test_a_guarded_check_is_not_named(name, printed):
    assert f" {name}" not in printed, printed
