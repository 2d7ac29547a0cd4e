"""A backup can be put back, and never over something that is there."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from launch.places import ROOT
from launch.postgres import binaries, temporary_cluster

OPS = ROOT / "ops" / "backup"
WORDS = "CREATE TABLE words (word text); INSERT INTO words VALUES ('школа'), ('среда');"


def run(script, *arguments, **settings):
    return subprocess.run(
        ["bash", OPS / script, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}", **settings},
    )


def test_sqlite_and_files_come_back(tmp_path):
    source, media = tmp_path / "sreda.sqlite3", tmp_path / "media"
    with sqlite3.connect(source) as database:
        database.executescript(WORDS)
    media.mkdir()
    (media / "register.csv").write_text("ИНН")
    backups = tmp_path / "backups"

    made = run("backup.sh", backups, DATABASE_URL=f"sqlite:///{source}", SREDA_MEDIA=str(media))
    folder = made.stdout.strip()
    again = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
        "SREDA_MEDIA": str(tmp_path / "new-media"),
    }
    restored = run("restore.sh", folder, **again)

    assert (made.returncode, restored.returncode) == (0, 0), made.stderr + restored.stderr
    with sqlite3.connect(tmp_path / "new.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM words").fetchone() == (2,)
    assert (tmp_path / "new-media" / "register.csv").read_text() == "ИНН"
    assert "restore into a new file" in run("restore.sh", folder, **again).stderr


def test_a_damaged_backup_is_not_restored(tmp_path):
    source = tmp_path / "sreda.sqlite3"
    with sqlite3.connect(source) as database:
        database.executescript(WORDS)
    folder = run("backup.sh", tmp_path / "b", DATABASE_URL=f"sqlite:///{source}").stdout.strip()
    with open(f"{folder}/database.sqlite3", "r+b") as copy:
        copy.seek(100)
        copy.write(b"damage")

    restored = run("restore.sh", folder, DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")

    assert restored.returncode != 0
    assert not (tmp_path / "new.sqlite3").exists()


def test_only_the_newest_backups_are_kept(tmp_path):
    source = tmp_path / "sreda.sqlite3"
    sqlite3.connect(source).close()
    for day in ("20261011", "20261012", "20261013"):
        (tmp_path / "b" / f"{day}T023000Z").mkdir(parents=True)

    run("backup.sh", tmp_path / "b", DATABASE_URL=f"sqlite:///{source}", KEEP="2")

    kept = sorted(path.name for path in (tmp_path / "b").iterdir())
    assert len(kept) == 2
    assert kept[0] == "20261013T023000Z"


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL's server is not installed here")
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed here")
def test_postgresql_comes_back_into_an_empty_database_only(tmp_path):
    with temporary_cluster() as cluster:
        psql = ["psql", "--no-psqlrc", "-Atc"]
        subprocess.run([*psql, WORDS, cluster.url], check=True, capture_output=True)
        made = run("backup.sh", tmp_path, DATABASE_URL=cluster.url)
        folder = made.stdout.strip()
        refused = run("restore.sh", folder, DATABASE_URL=cluster.url)
        subprocess.run([*psql, "CREATE DATABASE drill", cluster.url], check=True)
        drill = cluster.url.removesuffix("/sreda") + "/drill"
        restored = run("restore.sh", folder, DATABASE_URL=drill)
        found = subprocess.run(
            [*psql, "SELECT count(*) FROM words", drill], check=True, capture_output=True, text=True
        )

    assert made.returncode == 0, made.stderr
    assert "restore into an empty one" in refused.stderr
    assert restored.returncode == 0, restored.stderr
    assert found.stdout.strip() == "2"
