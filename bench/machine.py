"""What is measured: the real servers and, if asked for, a PostgreSQL, all on one CPU."""

import contextlib
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.accounting import cpu_seconds, pin
from launch.console import GiveUp, last_lines
from launch.places import PYTHON, ROOT
from launch.postgres import temporary_cluster
from launch.servers import _web_command

SECONDS_TO_START = 60
SECONDS_TO_END = 15


@dataclass(frozen=True)
class Machine:
    """Running servers: ``roots`` are the processes whose trees are counted."""

    port: int
    environment: dict[str, str]
    roots: tuple[int, ...]

    def cpu(self) -> float:
        """Return the CPU time that everything measured has used until now, in seconds."""
        return cpu_seconds(self.roots)


@dataclass(frozen=True)
class Ground:
    """A database and a folder: the environment for whatever works with them."""

    environment: dict[str, str]
    folder: Path
    roots: tuple[int, ...]


def two_cpus() -> tuple[int, int]:
    """Return the CPU of what is measured and the client's; the same where there is only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[0], allowed[-1]


@contextlib.contextmanager
def ground(database: str, environment: Mapping[str, str]) -> Iterator[Ground]:
    """Make an empty database, «sqlite» or «postgresql», and take everything away afterwards.

    PostgreSQL runs with its ordinary, durable settings, as an installation has it.
    """
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="sreda-bench-", ignore_cleanup_errors=True)
        )
        roots: tuple[int, ...] = ()
        address = f"sqlite:///{Path(name) / 'bench.sqlite3'}"
        if database == "postgresql":
            cluster = stack.enter_context(temporary_cluster({}))
            address, roots = cluster.url, (cluster.pid,)
        own = {"DATABASE_URL": address, "SREDA_DEMO": "1", "SREDA_MEDIA": f"{name}/media"}
        own["SREDA_DEMO_STARTED_AT"] = f"{time.time():.3f}"
        yield Ground({**environment, **own}, Path(name), roots)


@contextlib.contextmanager
def machine(base: Ground, *, cpu: int) -> Iterator[Machine]:
    """Start web and worker as ``run.py`` does and pin everything measured to ``cpu``."""
    port = _free_port()
    commands = {
        "web": _web_command("127.0.0.1", port),
        "worker": [PYTHON, ROOT / "manage.py", "work"],
    }
    children: list[subprocess.Popen[bytes]] = []
    try:
        for name, command in commands.items():
            children.append(_start(name, command, base))
        roots = (*base.roots, *(child.pid for child in children))
        _wait(children, port, base.folder)
        pin(_pids(roots), cpu)
        yield Machine(port, base.environment, roots)
    finally:
        for child in children:
            _end(child)


def _start(name: str, command: list[str | Path], base: Ground) -> subprocess.Popen[bytes]:
    with (base.folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=base.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait(children: list[subprocess.Popen[bytes]], port: int, folder: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children):
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5).close()
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
        else:
            return
    logs = [(folder / f"{name}.log").read_text(errors="replace") for name in ("web", "worker")]
    raise GiveUp("\n".join(last_lines(log) for log in logs) + "\n\nThe servers did not start.")


def _pids(roots: tuple[int, ...]) -> list[int]:
    from bench.accounting import snapshot, tree

    return [process.pid for process in tree(roots, snapshot())]


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(timeout=SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
