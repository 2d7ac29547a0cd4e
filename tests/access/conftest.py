"""The world is written once per module and rolled back; the clock of the house stands still."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from sreda.foundation import clock
from tests.access.world import NOW, STAIN, World, build_world


@pytest.fixture(scope="module")
def still_clock() -> Iterator[None]:
    """Stop the clock at 10:46 on Wednesday 14 October 2026."""
    patch = pytest.MonkeyPatch()
    patch.setattr(clock, "now", lambda: NOW)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, still_clock) -> Iterator[World]:
    """The world, inside a transaction that is rolled back."""
    with django_db_blocker.unblock(), rolled_back():
        yield build_world()


@pytest.fixture(scope="module")
def stained_world(django_db_setup, django_db_blocker, still_clock) -> Iterator[World]:
    """The same world with script in every text."""
    with django_db_blocker.unblock(), rolled_back():
        yield build_world(stain=STAIN)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo at the end what was written inside."""
    around = transaction.atomic()
    # Durable actions may run inside the transaction of a test, and only of a test.
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)
