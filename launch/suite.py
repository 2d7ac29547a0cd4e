"""``run.py test``: every test, part by part, on both databases."""

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field

from launch import steps
from launch.console import GiveUp, say
from launch.places import PYTHON, ROOT
from launch.postgres import CARELESS, binaries, temporary_cluster
from launch.servers import ending_on_signals

HELP = """\
Without arguments: the quick part on SQLite and on PostgreSQL, then the journeys in a real browser
on both, then mutation. What is not known here goes to pytest, which then runs on both databases:
  python3 run.py test sreda/roster -k guardian"""
NO_POSTGRES = (
    "NOT RUN on PostgreSQL: its server is not installed here.  (sudo apt install postgresql)"
)
NO_CHROMIUM = "NOT RUN in a browser: Chromium is not installed here.  (sudo apt install chromium)"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SQLITE, POSTGRES = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Part:
    """One run of pytest or of the mutation harness."""

    title: str
    arguments: list[str]
    database: str = SQLITE
    needs_browser: bool = False


@dataclass
class Outcome:
    """What a part came to: its own last line and its exit code."""

    title: str
    code: int
    seconds: float
    summary: str


@dataclass
class Run:
    """The parts done so far, and those that could not run."""

    outcomes: list[Outcome] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)


def run(arguments: list[str]) -> int:
    """Run the tests that the command line asks for; return the exit code."""
    chosen, for_pytest = _parser().parse_known_args(arguments)
    steps.set_up(dev=True)
    parts = _parts(chosen, for_pytest)
    done = Run()
    with ending_on_signals(), contextlib.ExitStack() as stack:
        postgres = _start_postgres(stack, parts, done)
        for part in parts:
            if part.needs_browser and not any(shutil.which(name) for name in BROWSERS):
                done.not_run.append(f"{part.title}: {NO_CHROMIUM}")
            elif part.database == SQLITE or postgres:
                done.outcomes.append(_run_part(part, postgres))
    return _conclude(done)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py test",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--quick", action="store_true", help="no browser, no mutation")
    parser.add_argument("--journeys", action="store_true", help="only the journeys in a browser")
    parser.add_argument("--mutation", action="store_true", help="only the mutation of permissions")
    parser.add_argument("--list", action="store_true", help="with --mutation: list the mutants")
    parser.add_argument(
        "--database", choices=["sqlite", "postgresql"], help="on one of the databases only"
    )
    return parser


def _parts(chosen: argparse.Namespace, for_pytest: list[str]) -> list[Part]:
    databases = [name for name in (SQLITE, POSTGRES) if chosen.database in {None, name.lower()}]
    quick = [Part(f"quick part on {name}", _quick(), name) for name in databases]
    asked = [Part(f"tests on {name}", ["-m", "pytest", *for_pytest], name) for name in databases]
    journeys = [
        Part(f"journeys on {name}", _journeys(for_pytest), name, needs_browser=True)
        for name in databases
    ]
    mutation = ["-m", "tests.mutation", *(["--list"] if chosen.list else []), *for_pytest]
    if chosen.mutation:
        return [Part("mutation", mutation)]
    if chosen.journeys:
        return journeys
    if for_pytest:
        return asked
    if chosen.quick:
        return quick
    return [*quick, *journeys, *([Part("mutation", mutation)] if SQLITE in databases else [])]


def _quick() -> list[str]:
    workers = str(min(os.cpu_count() or 1, 8))
    return ["-m", "pytest", "-q", "-m", "not journey", "-n", workers, "--dist", "worksteal"]


def _journeys(for_pytest: list[str]) -> list[str]:
    return ["-m", "pytest", "-q", "-m", "journey", *(for_pytest or ["tests/journeys"])]


def _start_postgres(stack: contextlib.ExitStack, parts: list[Part], done: Run) -> str | None:
    """Start a server when a part wants one; return its address."""
    if all(part.database == SQLITE for part in parts):
        return None
    if binaries() is None:
        say(NO_POSTGRES)
        done.not_run.append(NO_POSTGRES)
        return None
    cluster = stack.enter_context(temporary_cluster(CARELESS))
    say(f"PostgreSQL {cluster.version} started for the tests (process {cluster.pid}).")
    return cluster.url


def _run_part(part: Part, postgres: str | None) -> Outcome:
    say(f"\n── {part.title} " + "─" * max(3, 76 - len(part.title)))
    started = time.monotonic()
    # stdin is closed, so nothing can wait for an answer.
    process = subprocess.Popen(
        [PYTHON, *part.arguments],
        cwd=ROOT,
        env=_environment(part, postgres),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    last = ""
    try:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line.strip() or last
        code = process.wait()
        if code < 0:
            last = f"ended from outside by signal {-code}; its last line: {last}"
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
    return Outcome(part.title, code, time.monotonic() - started, last)


def _environment(part: Part, postgres: str | None) -> dict[str, str]:
    """Tests see none of the installation's own settings, and never its database."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SREDA_") or name == "SREDA_FIXTURES"
    }
    own.pop("DATABASE_URL", None)
    own |= {"DJANGO_SETTINGS_MODULE": "config.settings_test", "PYTHONUTF8": "1"}
    if part.database == POSTGRES and postgres:
        own |= {"DATABASE_URL": postgres, "SREDA_MATRIX": "short"}
    return own


def _conclude(done: Run) -> int:
    say("\n── summary " + "─" * 69)
    for outcome in done.outcomes:
        verdict = "ok    " if outcome.code == 0 else "FAILED"
        say(f"{verdict} {outcome.title:<28} {outcome.seconds:6.1f} s   {outcome.summary}")
    for reason in done.not_run:
        say(f"       {reason}")
    failed = any(outcome.code for outcome in done.outcomes)
    # On a machine that has everything, a part that silently does not run would look green.
    incomplete = bool(done.not_run) and os.environ.get("CI") == "true"
    if not done.outcomes and not done.not_run:
        raise GiveUp("Nothing was run.")
    return 1 if failed or incomplete else 0
