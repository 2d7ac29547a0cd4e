"""Words on the terminal, programs run from here, and the one way to give up."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from launch.places import ROOT


class GiveUp(Exception):
    """Stop with a message for the person at the terminal: what is wrong and the way out."""


def say(text: str) -> None:
    """Print one line at once, whatever the output is connected to."""
    print(text, flush=True)


def call(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> int:
    """Run a program to its end on this terminal and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=cwd, env=environment, check=False).returncode


def quiet_call(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> tuple[int, str]:
    """Run a program to its end; return its exit code and all that it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout


def must(
    command: Sequence[str | Path],
    *,
    failing: str,
    environment: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> str:
    """Run a program quietly.

    :raises GiveUp: when it fails, with what it printed, shortened, and ``failing``.
    """
    code, printed = quiet_call(command, environment=environment, cwd=cwd)
    if code:
        raise GiveUp(f"{both_ends(printed)}\n\n{failing}")
    return printed


def last_lines(text: str, count: int = 30) -> str:
    """Return the end of a log."""
    return "\n".join(text.rstrip().splitlines()[-count:])


def both_ends(text: str, count: int = 15) -> str:
    """Return what a program printed, without the middle of a long text."""
    lines = text.rstrip().splitlines()
    if len(lines) <= 2 * count:
        return "\n".join(lines)
    return "\n".join([*lines[:count], "…", *lines[-count:]])


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Name a step while it runs and print how long it took."""
    print(f"  {title} …", end=" ", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", flush=True)
