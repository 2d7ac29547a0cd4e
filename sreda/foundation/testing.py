"""Query counting for tests: a page's budget, and lists that must not grow with their rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

# Opening and closing a transaction costs no plan and no lock of its own.
TRANSACTION_WORDS = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "COMMIT")


class TooManyQueries(AssertionError):
    """The page asked the database more often than it may; the text holds the SQL."""


@contextmanager
def assert_query_budget(most: int) -> Iterator[None]:
    """Fail with the SQL when the block runs more than ``most`` statements.

    Opening and closing of transactions is not counted.
    """
    with CaptureQueriesContext(connection) as captured:
        yield
    statements = _statements(captured)
    if len(statements) > most:
        raise TooManyQueries(
            f"{len(statements)} statements, the budget is {most}:\n{_numbered(statements)}"
        )


def assert_queries_do_not_grow(*, read: Callable[[], Any], add_rows: Callable[[], Any]) -> None:
    """Run ``read``, add rows, run it again: fail with the SQL when it needed more statements.

    ``read`` runs once before it is counted, so that what a process keeps in memory is there.
    """
    read()
    before = _statements_of(read)
    add_rows()
    after = _statements_of(read)
    if len(after) > len(before):
        raise TooManyQueries(
            f"{len(before)} statements became {len(after)} with more rows; "
            f"those with the new rows:\n{_numbered(after)}"
        )


def _statements_of(read: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        read()
    return _statements(captured)


def _statements(captured: CaptureQueriesContext) -> list[str]:
    statements = [str(query["sql"]) for query in captured.captured_queries]
    return [sql for sql in statements if not sql.startswith(TRANSACTION_WORDS)]


def _numbered(statements: list[str]) -> str:
    return "\n".join(f"{number:>3}. {sql}" for number, sql in enumerate(statements, start=1))


def run_jobs(*, most: int = 100) -> int:
    """Run the jobs that wait in the queue, and those they ask for; return how many ran.

    A job that fails raises here, so that a test sees it.
    """
    for done in range(most):
        waiting = DBTaskResult.objects.ready().first()
        if waiting is None:
            return done
        waiting.task.call(*waiting.task_result.args, **waiting.task_result.kwargs)
        DBTaskResult.objects.filter(pk=waiting.pk).update(status="SUCCESSFUL")
    raise AssertionError(f"more than {most} jobs ran")
