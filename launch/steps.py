"""The steps from a clean clone to something that starts. A step already done is skipped."""

import os
import secrets
import shutil
import sys
from pathlib import Path

from launch import node
from launch.console import GiveUp, must, quiet_call, timed
from launch.places import (
    LOCALE,
    PIP_INSTALL,
    PYTHON,
    REQUIREMENTS,
    SECRET,
    STAMPS,
    VAR,
    VENV,
    program,
)
from launch.stamps import digest_of, is_done, mark_done


def set_up(*, dev: bool) -> None:
    """Install everything that a start needs, with ``dev`` also what tests and checks need.

    :raises GiveUp: naming what is missing and the command that installs it.
    """
    make_venv()
    install_packages(dev=dev)
    node.install_packages(dev=dev)
    node.build()
    compile_texts()
    make_secret()


def make_venv() -> None:
    """Make .venv unless a working one is there."""
    if _venv_works():
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with timed(f"Virtual environment for Python {version}"):
        shutil.rmtree(VENV, ignore_errors=True)
        code, printed = quiet_call([sys.executable, "-m", "venv", str(VENV)])
        if code:
            shutil.rmtree(VENV, ignore_errors=True)
            raise GiveUp(
                f"{printed.strip()}\n\n"
                "Python here cannot make virtual environments. On Debian and Ubuntu:\n"
                f"  sudo apt install python{version}-venv\n"
                "then start again."
            )


def _venv_works() -> bool:
    """A folder that was moved or copied keeps a Python, but its programs point to the old place."""
    if not PYTHON.exists() or quiet_call([PYTHON, "-c", "import pip"])[0]:
        return False
    pip = Path(program("pip"))
    return os.name == "nt" or (pip.exists() and str(VENV) in pip.read_text().splitlines()[0])


def install_packages(*, dev: bool) -> None:
    """Install the locked Python packages; the locks hold their hashes."""
    name = "dev" if dev else "runtime"
    lock = REQUIREMENTS / f"{name}.txt"
    digest = digest_of([lock])
    everything = digest_of([REQUIREMENTS / "dev.txt", REQUIREMENTS / "runtime.txt"])
    if is_done(f"packages-{name}", digest) or is_done("packages-all", everything):
        return
    with timed(f"Python packages ({lock.relative_to(REQUIREMENTS.parent)})"):
        must(
            [*PIP_INSTALL, "-r", lock],
            failing="The Python packages could not be installed. Is the package index reachable?",
        )
    mark_done(f"packages-{name}", digest)
    if dev:
        # The lock for development holds the runtime's packages in the same versions.
        mark_done("packages-all", everything)


def compile_texts() -> None:
    """Compile the translations when a catalogue changed."""
    catalogs = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    if not catalogs:
        return
    digest = digest_of(catalogs)
    compiled = all(path.with_suffix(".mo").exists() for path in catalogs)
    if compiled and is_done("texts", digest):
        return
    with timed("Translations"):
        must(
            [program("pybabel"), "compile", "-d", str(LOCALE), "-D", "django", "--statistics"],
            failing="A translation catalogue is broken.",
        )
    mark_done("texts", digest)


def make_secret() -> None:
    """Make the installation's own secret key, once, readable by its owner only."""
    if SECRET.exists():
        return
    VAR.mkdir(exist_ok=True)
    handle = os.open(SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))


def is_set_up() -> bool:
    """Say whether a set-up was ever finished here."""
    return PYTHON.exists() and STAMPS.is_dir() and SECRET.exists()
