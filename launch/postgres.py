"""A throw-away PostgreSQL for tests and benchmarks: own folder, own port, ended with the block."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from launch.console import GiveUp, last_lines

# What may be lost when the power goes is no loss here.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
USERS = ("postgres", "nobody")  # the server refuses to run as root
SECONDS_TO_START = 30
SECONDS_TO_END = 20


@dataclass(frozen=True)
class Cluster:
    """A running server: its address for ``DATABASE_URL`` and its process."""

    url: str
    pid: int
    version: str


def binaries() -> Path | None:
    """Return the folder of the newest server's programs (15 or newer), or None."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    for pattern in ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin"):
        base, _, rest = pattern.partition("*")
        parent = Path(base).parent
        folders += sorted(parent.glob(f"{Path(base).name}*{rest}"), key=_number, reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


@contextlib.contextmanager
def temporary_cluster(settings: Mapping[str, str] = CARELESS) -> Iterator[Cluster]:
    """Start a server on a free port of 127.0.0.1 and end it with the block.

    The database ``sreda`` belongs to a superuser with a random password; ``settings`` go to the
    server as they are. An empty mapping gives a durable server, as an installation has it.

    :raises GiveUp: when there are no binaries or the server does not start.
    """
    folder = binaries()
    if folder is None:
        raise GiveUp(
            "PostgreSQL's server is not installed. On Debian and Ubuntu:\n"
            "  sudo apt install postgresql"
        )
    user = _unprivileged_user()
    with tempfile.TemporaryDirectory(prefix="sreda-postgres-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        if user is not None:
            shutil.chown(home, user)
        password = secrets.token_urlsafe(18)
        _init(folder, home, password, user)
        process, port = _start(folder, home, settings, user)
        try:
            _create_database(folder, port, password)
            url = f"postgresql://sreda:{password}@127.0.0.1:{port}/sreda"
            yield Cluster(url, process.pid, _version(folder))
        finally:
            _end(process)


def _number(folder: Path) -> float:
    digits = "".join(c for c in folder.parent.name if c.isdigit() or c == ".")
    return float(digits or 0)


def _unprivileged_user() -> str | None:
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # not on Windows

    for name in USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise GiveUp("PostgreSQL does not run as root, and there is no user postgres or nobody here.")


def _init(folder: Path, home: Path, password: str, user: str | None) -> None:
    secret = home / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if user is not None:
        shutil.chown(secret, user)
    done = subprocess.run(
        [
            *(folder / "initdb", "--pgdata", home / "data", "--username", "sreda"),
            *("--pwfile", secret, "--auth", "scram-sha-256", "--no-sync"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8"),
        ],
        user=user,
        cwd=home,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise GiveUp(f"{last_lines(done.stdout)}\n\nPostgreSQL's initdb failed.")


def _start(
    folder: Path, home: Path, settings: Mapping[str, str], user: str | None
) -> tuple[subprocess.Popen[bytes], int]:
    # Another program may take the port between the look and the start: then another port.
    for _ in range(3):
        port = _free_port()
        process = _launch(folder, home, {**settings, "port": str(port)}, user)
        if _is_up(process, home):
            return process, port
        _end(process)
    raise GiveUp(f"{_log(home)}\n\nPostgreSQL did not start.")


def _launch(
    folder: Path, home: Path, settings: Mapping[str, str], user: str | None
) -> subprocess.Popen[bytes]:
    own = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "100"}
    options = [f"--{name}={value}" for name, value in {**own, **settings}.items()]
    with (home / "log").open("ab") as log:
        return subprocess.Popen(
            [folder / "postgres", "-D", home / "data", *options],
            user=user,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for this program, which ends the server after its users.
            start_new_session=True,
        )


def _is_up(process: subprocess.Popen[bytes], home: Path) -> bool:
    """The server writes "ready" into the last line of its pid file."""
    deadline = time.monotonic() + SECONDS_TO_START
    pid_file = home / "data" / "postmaster.pid"
    while time.monotonic() < deadline and process.poll() is None:
        if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
            return True
        time.sleep(0.05)
    return False


def _create_database(folder: Path, port: int, password: str) -> None:
    done = subprocess.run(
        [
            *(folder / "createdb", "--host", "127.0.0.1", "--port", str(port)),
            *("--username", "sreda", "--maintenance-db", "postgres", "sreda"),
        ],
        env={**os.environ, "PGPASSWORD": password},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise GiveUp(f"{done.stderr}\n\nPostgreSQL's createdb failed.")


def _version(folder: Path) -> str:
    done = subprocess.run(
        [folder / "postgres", "--version"], check=True, capture_output=True, text=True
    )
    return done.stdout.removeprefix("postgres (PostgreSQL) ").split()[0]


def _log(home: Path) -> str:
    return last_lines((home / "log").read_text(encoding="utf-8", errors="replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)  # "fast": sessions are cut, files closed
    try:
        process.wait(timeout=SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
