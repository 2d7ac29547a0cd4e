"""Start web and worker, watch both, end both."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from launch.console import GiveUp, last_lines, say
from launch.places import LOGS, PYTHON, ROOT, program

THREADS = min(8, 2 * (os.cpu_count() or 2))
SECONDS_TO_START = 60
SECONDS_TO_END = 10


@dataclass
class Child:
    """A program started from here, with its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


class Stopped(Exception):
    """Somebody asked this program to end."""


def serve(environment: dict[str, str], *, host: str, port: int, since: float) -> int:
    """Run web and worker until Ctrl-C or until one of them dies; return the exit code.

    ``since`` is the monotonic moment at which the start began.
    """
    children: list[Child] = []
    with ending_on_signals():
        try:
            children.append(_start("web", _web_command(host, port), environment))
            children.append(_start("worker", [PYTHON, ROOT / "manage.py", "work"], environment))
            _wait_for_the_page(children, host, port)
            say(f"\nСреда is ready in {time.monotonic() - since:.1f} s:  {address(host, port)}")
            say(f"Logs: {LOGS.relative_to(ROOT)}/web.log, worker.log.  Ctrl-C ends it.")
            _watch(children)
        except (KeyboardInterrupt, Stopped):
            say("\nEnding …")
        finally:
            _end(children)
    return 0


def check_port(host: str, port: int) -> None:
    """:raises GiveUp: naming the busy port and a free one."""
    if _is_free(host, port):
        return
    free = next((other for other in range(port + 1, port + 50) if _is_free(host, other)), 0)
    raise GiveUp(
        f"Port {port} on {host} is taken by another program (perhaps Среда already runs).\n"
        f"Open {address(host, port)} or start on a free port:\n  python3 run.py --port {free}"
    )


def address(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 -- only shown
    return f"http://{f'[{shown}]' if ':' in shown and '[' not in shown else shown}:{port}/"


@contextlib.contextmanager
def ending_on_signals() -> Iterator[None]:
    """Turn a request to end (closing the terminal, ``kill``) into an exception, so that
    everything started from here is ended too."""

    def stop(_number: int, _frame: object) -> NoReturn:
        raise Stopped

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # What is ignored on purpose (nohup) stays ignored.
    numbers = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    before = [signal.signal(number, stop) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _web_command(host: str, port: int) -> list[str | Path]:
    return [
        program("granian"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(THREADS), "--no-ws"),
        *("--log-level", "warning", "config.wsgi:application"),
    ]


def _start(name: str, command: list[str | Path], environment: dict[str, str]) -> Child:
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name}.log"
    with log.open("wb") as file:
        # A session of its own: Ctrl-C reaches this program only, which then ends both in order.
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child(name, process, log)


def _wait_for_the_page(children: list[Child], host: str, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        _check_alive(children)
        try:
            urllib.request.urlopen(address(host, port), timeout=5).close()  # noqa: S310
        except urllib.error.HTTPError:
            return  # it answers, if only with a refusal
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise GiveUp(f"No page after {SECONDS_TO_START} s. The log:\n{_log_of(children[0])}")


def _watch(children: list[Child]) -> NoReturn:
    while True:
        _check_alive(children)
        time.sleep(0.5)


def _check_alive(children: list[Child]) -> None:
    for child in children:
        code = child.process.poll()
        if code is not None:
            raise GiveUp(
                f"{_log_of(child)}\n\nThe {child.name} process ended by itself (code {code}); "
                f"its last lines are above, the whole log is {child.log.relative_to(ROOT)}."
            )


def _log_of(child: Child) -> str:
    return last_lines(child.log.read_text(encoding="utf-8", errors="replace"))


def _end(children: list[Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        _kill_what_is_left(child)


def _kill_what_is_left(child: Child) -> None:
    """The session outlives a child that was killed before it could end its own children."""
    if os.name == "nt":
        child.process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True
