"""run.py names what is missing and the way out, and does nothing twice."""

import os
import re
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launch import commands, console, node, places, servers, stamps, steps
from launch.console import GiveUp

ROOT = places.ROOT


def run(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "run.py", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
    )


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port_is_named_with_a_free_one(busy_port):
    done = run("--port", str(busy_port))

    assert done.returncode == 1
    assert f"Port {busy_port} on 127.0.0.1 is taken" in done.stdout
    free = int(re.search(r"run\.py --port (\d+)", done.stdout)[1])
    assert free > busy_port
    servers.check_port("127.0.0.1", free)


def test_a_day_that_does_not_exist_is_refused():
    done = run("--today", "2026-02-31")

    assert done.returncode == 2
    assert "found '2026-02-31', expected a day such as 2026-10-14" in done.stderr


def test_an_old_python_is_told_which_one_is_needed():
    text = (ROOT / "run.py").read_text(encoding="utf-8")
    as_if_old = text.replace("NEEDED = (3, 11)", "NEEDED = (9, 9)")

    done = subprocess.run(
        [sys.executable, "-"], input=as_if_old, check=False, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this one is 3." in done.stderr
    assert "sudo apt install python3.11" in done.stderr


def test_a_python_without_venv_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(steps, "VENV", tmp_path / "venv")
    monkeypatch.setattr(steps.sys, "executable", "/bin/false")

    with pytest.raises(GiveUp, match=r"sudo apt install python3\.\d+-venv"):
        steps.make_venv()


def test_a_moved_folder_gets_a_new_venv(tmp_path, monkeypatch):
    assert steps._venv_works()
    moved = tmp_path / "moved" / ".venv"
    (moved / "bin").mkdir(parents=True)
    (moved / "bin" / "pip").write_text(f"#!{places.VENV}/bin/python\n")
    monkeypatch.setattr(steps, "VENV", moved)
    monkeypatch.setattr(steps, "program", lambda name: str(moved / "bin" / name))

    assert not steps._venv_works()


def test_what_failed_is_shown():
    with pytest.raises(GiveUp, match=r"(?s)no such thing.*The way out\."):
        console.must(
            [sys.executable, "-c", "import sys; sys.exit('no such thing')"],
            failing="The way out.",
        )


def test_a_step_is_done_once_for_the_same_files(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "STAMPS", tmp_path)
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    lock = tmp_path / "lock"
    lock.write_text("django==5.2")
    before = stamps.digest_of([lock])
    stamps.mark_done("packages", before)

    assert stamps.is_done("packages", stamps.digest_of([lock]))
    lock.write_text("django==5.3")
    assert not stamps.is_done("packages", stamps.digest_of([lock]))


def test_the_secret_is_made_once_and_is_its_owners(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "VAR", tmp_path / "var")
    monkeypatch.setattr(steps, "SECRET", tmp_path / "var" / "secret")

    steps.make_secret()
    first = steps.SECRET.read_text()
    steps.make_secret()

    assert steps.SECRET.read_text() == first
    assert len(first) > 50
    assert stat.S_IMODE(steps.SECRET.stat().st_mode) == 0o600


def test_what_the_operator_set_wins(tmp_path, monkeypatch):
    secret = tmp_path / "secret"
    secret.write_text("from-the-file")
    monkeypatch.setattr(commands, "SECRET", secret)
    for name in [name for name in os.environ if name.startswith("SREDA_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("DATABASE_URL", raising=False)

    alone = commands.environment()
    monkeypatch.setenv("SREDA_DEMO", "0")
    monkeypatch.setenv("DATABASE_URL", "postgresql://school@db/school")
    told = commands.environment(today="2026-10-15")

    assert alone["SREDA_SECRET_KEY"] == "from-the-file"
    assert (alone["SREDA_DEMO"], alone["SREDA_TODAY"]) == ("1", "2026-10-14")
    assert alone["DATABASE_URL"].endswith("/var/sreda.sqlite3")
    assert told["DATABASE_URL"] == "postgresql://school@db/school"
    assert (told["SREDA_DEMO"], told["SREDA_TODAY"]) == ("0", "2026-10-15")


@pytest.mark.parametrize(
    ("version", "will_do"), [("v20.18.3", False), ("v20.19.0", True), ("v24.1.0", True)]
)
def test_node_older_than_the_build_needs_is_not_used(version, will_do, monkeypatch):
    monkeypatch.setattr(node.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(node, "quiet_call", lambda _command: (0, f"{version}\n"))

    assert node._system_node_will_do() is will_do


def test_a_child_that_dies_ends_the_other_and_shows_its_last_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(servers, "LOGS", tmp_path)
    monkeypatch.setattr(servers, "ROOT", tmp_path)
    patient = servers._start("worker", [sys.executable, "-c", "import time; time.sleep(60)"], {})
    dying = servers._start("web", [sys.executable, "-c", "raise SystemExit('no memory left')"], {})
    dying.process.wait(timeout=20)

    with pytest.raises(GiveUp, match=r"(?s)no memory left.*web process ended by itself \(code 1\)"):
        servers._check_alive([patient, dying])
    servers._end([patient, dying])

    assert patient.process.poll() is not None


def test_the_children_of_a_killed_child_are_ended_too(tmp_path, monkeypatch):
    monkeypatch.setattr(servers, "LOGS", tmp_path)
    monkeypatch.setattr(servers, "ROOT", tmp_path)
    grandchild = (
        "import subprocess, time;"
        "print(subprocess.Popen(['sleep', '60']).pid, flush=True);"
        "time.sleep(60)"
    )
    child = servers._start("web", [sys.executable, "-c", grandchild], dict(os.environ))
    while not (printed := child.log.read_text().strip()):
        time.sleep(0.05)

    child.process.kill()
    child.process.wait(timeout=20)
    servers._end([child])

    assert is_gone(int(printed))


def is_gone(pid):
    for _ in range(100):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False
