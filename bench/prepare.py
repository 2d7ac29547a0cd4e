"""A fresh demo database for the bench. Runs as a program of its own: ``python -m bench.prepare``
migrates, loads the demo, gives some of its people a password and prints what a run needs to know.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass

PEOPLE_WITH_PASSWORD = 300
CARDS = 100
PASSWORD = "bench-Kama-2026"  # noqa: S105 -- of a database that lives as long as the bench


@dataclass(frozen=True)
class Prepared:
    """Logins with ``PASSWORD``, uids of organizations, and how many pupils there are."""

    logins: list[str]
    cards: list[str]
    pupils: int


def prepare(environment: Mapping[str, str]) -> Prepared:
    """Fill the database that the environment names."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.prepare"],
        env=dict(environment),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Prepared(**json.loads(done.stdout.splitlines()[-1]))


def _fill() -> Prepared:
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    from sreda.accounts.facade import Account
    from sreda.organizations.facade import Kind, Organization
    from sreda.roster.facade import Enrollment

    call_command("migrate", interactive=False, verbosity=0)
    call_command("demo", stdout=sys.stderr)
    # One hash for all: it costs the same to check, and nobody waits for three hundred.
    people = list(Account.objects.filter(grants__role="GUARDIAN").distinct().order_by("pk"))
    people = people[:PEOPLE_WITH_PASSWORD]
    Account.objects.filter(pk__in=[one.pk for one in people]).update(
        password=make_password(PASSWORD)
    )
    schools = Organization.objects.filter(kind=Kind.SCHOOL).order_by("pk")
    return Prepared(
        logins=[one.login for one in people],
        cards=[str(uid) for uid in schools.values_list("uid", flat=True)[:CARDS]],
        pupils=Enrollment.objects.values("person").distinct().count(),
    )


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(asdict(_fill())))
