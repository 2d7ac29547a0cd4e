"""The throw-away server is ours alone, and leaves nothing behind."""

import os
import subprocess
from pathlib import Path

import pytest

from launch.console import GiveUp
from launch.postgres import binaries, temporary_cluster

needs_server = pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed here")


def ask(url, sql):
    done = subprocess.run(
        ["psql", "--no-psqlrc", "-Atc", sql, url], check=False, capture_output=True, text=True
    )
    return done.stdout.strip() or done.stderr


@needs_server
def test_it_listens_here_only_asks_a_password_and_ends():
    with temporary_cluster() as cluster:
        folder = Path(f"/proc/{cluster.pid}/cwd").resolve()
        assert folder.exists()
        assert ask(cluster.url, "SHOW listen_addresses") == "127.0.0.1"
        assert ask(cluster.url, "SHOW fsync") == "off"
        assert int(cluster.version.split(".")[0]) >= 15
        name, _, rest = cluster.url.partition("@")
        guess = f"{name.rpartition(':')[0]}:guess@{rest}"
        assert "password authentication failed" in ask(guess, "SELECT 1")

    assert not os.path.exists(f"/proc/{cluster.pid}")
    assert not folder.exists()


@needs_server
def test_it_ends_when_the_block_fails():
    with pytest.raises(ValueError, match="planned"), temporary_cluster() as cluster:
        raise ValueError("planned")

    assert not os.path.exists(f"/proc/{cluster.pid}")


@needs_server
def test_without_settings_it_is_durable_as_an_installation_is():
    with temporary_cluster({}) as cluster:
        assert ask(cluster.url, "SHOW fsync") == "on"


def test_a_machine_without_the_server_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr("launch.postgres.binaries", lambda: None)

    with pytest.raises(GiveUp, match="sudo apt install postgresql"), temporary_cluster():
        pass
