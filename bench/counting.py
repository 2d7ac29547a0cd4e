"""How many queries a request takes, counted in a process of its own against the same database:
``python -m bench.counting`` reads requests from its input and prints their numbers.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any


def count_queries(
    environment: Mapping[str, str],
    *,
    path: str,
    form: Mapping[str, str] | None,
    cookies: Mapping[str, str],
) -> int:
    """Return the number of statements of one request; opening transactions is not counted."""
    asked = {"path": path, "form": form and dict(form), "cookies": dict(cookies)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.counting"],
        env=dict(environment),
        check=True,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
    )
    return int(done.stdout.splitlines()[-1])


def _count(asked: dict[str, Any]) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sreda.foundation.testing import TRANSACTION_WORDS

    def ask() -> None:
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies.load(asked["cookies"])
        if asked["form"] is None:
            client.get(asked["path"])
        else:
            client.post(asked["path"], asked["form"])

    ask()  # what a process keeps in memory is there for every later request
    with CaptureQueriesContext(connection) as captured:
        ask()
    statements = [str(query["sql"]) for query in captured.captured_queries]
    return sum(not sql.startswith(TRANSACTION_WORDS) for sql in statements)


if __name__ == "__main__":
    import django

    django.setup()
    print(_count(json.load(sys.stdin)))
