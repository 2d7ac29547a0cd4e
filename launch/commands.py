"""The command line of run.py."""

import argparse
import os
import time
from datetime import date

from launch import checks, servers, steps, suite
from launch.console import GiveUp, call, must, say, timed
from launch.places import DATABASE, PYTHON, SECRET

DEMO_DAY = "2026-10-14"
PASSED_ON = {"bench": ["-m", "bench"], "manage": ["manage.py"]}


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit code."""
    try:
        return _run(arguments)
    except GiveUp as problem:
        say(f"\n{problem}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


def _run(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("start", [])
    if command in PASSED_ON:
        steps.set_up(dev=command == "bench")
        return call([PYTHON, *PASSED_ON[command], *rest], environment=environment())
    if command == "test":
        return suite.run(rest)
    if command == "check":
        return checks.run(rest)
    if command == "setup":
        return _setup(rest)
    return _start(rest if command == "start" else arguments)


def _setup(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py setup", description="Install what is missing.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    steps.set_up(dev=parser.parse_args(arguments).dev)
    say("Everything is set up.")
    return 0


def _start(arguments: list[str]) -> int:
    since = time.monotonic()
    chosen = _start_parser().parse_args(arguments)
    servers.check_port(chosen.host, chosen.port)
    steps.set_up(dev=False)
    settings = environment(today=chosen.today, host=chosen.host)
    _prepare_database(settings)
    if settings["SREDA_DEMO"] == "1" and chosen.host not in {"127.0.0.1", "localhost", "::1"}:
        say("Demo: whoever reaches this address signs in as anybody. SREDA_DEMO=0 ends the demo.")
    return servers.serve(settings, host=chosen.host, port=chosen.port, since=since)


def _start_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py",
        description="Set up what is missing and start Среда.",
        epilog="Other commands: setup, test, check, bench, manage.",
    )
    parser.add_argument("--port", type=int, default=8000, help="8000 unless said otherwise")
    parser.add_argument("--host", default="127.0.0.1", help="this computer only, unless changed")
    parser.add_argument(
        "--today", type=_day, help=f"the demo's day, {DEMO_DAY} unless said otherwise"
    )
    return parser


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"found {text!r}, expected a day such as {DEMO_DAY}"
        ) from None


def _prepare_database(settings: dict[str, str]) -> None:
    demo = settings["SREDA_DEMO"] == "1"
    with timed("Database with the demo region" if demo else "Database"):
        must(
            [PYTHON, "-m", "launch.database"],
            failing="The database could not be brought up to date.",
            environment=settings,
        )


def environment(*, today: str | None = None, host: str = "127.0.0.1") -> dict[str, str]:
    """Return the environment of everything started from here; what is set already wins."""
    defaults = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SREDA_SECRET_KEY": SECRET.read_text().strip(),
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "SREDA_DEMO": "1",
        "SREDA_TODAY": DEMO_DAY,
        "SREDA_DEMO_STARTED_AT": f"{time.time():.3f}",
        "SREDA_HOSTS": ",".join(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", host])),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    chosen = {**defaults, **{name: os.environ[name] for name in os.environ if os.environ[name]}}
    if today is not None:
        chosen["SREDA_TODAY"] = today
    return chosen
