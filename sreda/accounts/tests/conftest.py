"""A school with somebody who signs in, and a database that threads can share."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from sreda.access.facade import Role
from sreda.access.testing import give_role
from sreda.accounts.actions.sessions import Client
from sreda.accounts.models import Account
from sreda.accounts.testing import PASSWORD, make_account
from sreda.organizations.testing import make_school
from sreda.people.testing import make_person

NOON = datetime(2026, 10, 14, 7, tzinfo=UTC)
TODAY = date(2026, 10, 14)
HERE = Client(address="203.0.113.7", user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")


@pytest.fixture
def school(db):
    return make_school("Школа № 12")


@pytest.fixture
def teacher(school) -> Account:
    """A teacher who signs in as «irina» with PASSWORD."""
    account = make_account(person=make_person(), login="irina", password=PASSWORD)
    give_role(account, role=Role.TEACHER, at=school, fact="post of irina")
    return account


@pytest.fixture
def pupil(school) -> Account:
    """A pupil without a password."""
    account = make_account(person=make_person("Казаринова Елизавета Олеговна"))
    give_role(account, role=Role.PUPIL, at=school)
    return account


@pytest.fixture
def shared_database(transactional_db, tmp_path: Path) -> Iterator[None]:
    """Give threads one database: PostgreSQL as it is, SQLite as a copy in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    file = tmp_path / "race.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    in_memory, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = {**settings, "NAME": str(file)}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = settings
        connections["default"] = in_memory


@pytest.fixture
def at_once(shared_database) -> Callable[..., list[Any]]:
    """Return a caller of functions in threads that start together; refusals are returned."""

    def run(deeds: list[Callable[[], Any]]) -> list[Any]:
        start = Barrier(len(deeds))

        def one(deed: Callable[[], Any]) -> Any:
            start.wait(timeout=10)
            try:
                return deed()
            except Exception as refusal:
                return refusal
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(one, deeds))

    return run
