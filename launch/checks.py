"""``run.py check``: everything that can be judged without running the product."""

import argparse
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from launch import node, steps
from launch.console import quiet_call, say
from launch.places import FRONTEND, PYTHON, ROOT, program

CODE = ["sreda", "config", "launch", "tests", "bench", "run.py", "manage.py", "conftest.py"]


@dataclass(frozen=True)
class Check:
    """One tool with its arguments; it fails when its exit code is not 0."""

    title: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    cwd: Path = ROOT


def run(arguments: list[str]) -> int:
    """Run every check, sum up the failures at the end; return the exit code."""
    parser = argparse.ArgumentParser(prog="run.py check", description=__doc__)
    parser.add_argument("only", nargs="*", help="words of the titles to run; all without")
    only = parser.parse_args(arguments).only
    steps.set_up(dev=True)
    failed: list[tuple[str, str]] = []
    for check in _checks():
        if only and not any(word in check.title for word in only):
            continue
        printed = _run(check)
        if printed is not None:
            failed.append((check.title, printed))
    for title, printed in failed:
        say(f"\n── {title} " + "─" * max(3, 76 - len(title)) + f"\n{printed.rstrip()}")
    names = ", ".join(title for title, _printed in failed)
    say(f"\n{len(failed)} failed: {names}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def _run(check: Check) -> str | None:
    """Return what a failing check printed, None for one that passed."""
    started = time.monotonic()
    code, printed = quiet_call(
        check.command, environment={**_environment(), **check.environment}, cwd=check.cwd
    )
    verdict = "FAILED" if code else "ok    "
    say(f"{verdict} {check.title:<32} {time.monotonic() - started:6.1f} s")
    return printed if code else None


def _checks() -> Iterator[Check]:
    code = [name for name in CODE if (ROOT / name).exists()]
    yield Check("style (ruff)", [program("ruff"), "check", *code])
    yield Check("format (ruff)", [program("ruff"), "format", "--check", *code])
    yield Check("types (mypy)", [program("mypy")])
    yield Check("imports (import-linter)", [program("lint-imports"), "--no-logo"])
    templates = sorted(str(path) for path in ROOT.glob("sreda/*/templates"))
    if templates:
        yield Check("templates (djlint)", [program("djlint"), "--lint", "--quiet", *templates])
    yield Check("texts (catalogues)", [str(PYTHON), "-m", "launch.texts", "check"])
    yield Check("migrations (complete)", _manage("makemigrations", "--check", "--dry-run"))
    yield Check(
        "settings (check --deploy)",
        _manage("check", "--deploy", "--fail-level", "WARNING"),
        environment=_like_production(),
    )
    if (FRONTEND / "package.json").exists():
        for script, title in (("lint", "browser code (lint, support)"), ("types", "browser types")):
            command = [*node.npm(), "run", "--silent", script]
            yield Check(title, command, node.environment(), FRONTEND)


def _manage(*arguments: str) -> list[str]:
    return [str(PYTHON), str(ROOT / "manage.py"), *arguments]


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("SREDA_")}
    own.pop("DATABASE_URL", None)
    return own | {"DJANGO_SETTINGS_MODULE": "config.settings_test", "PYTHONUTF8": "1"}


def _like_production() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SREDA_SECRET_KEY": secrets.token_urlsafe(64),
        "SREDA_HOSTS": "school.example",
        "SREDA_HTTPS": "1",
        "DATABASE_URL": f"sqlite:///{Path(tempfile.gettempdir()) / 'sreda-never-opened.sqlite3'}",
    }
