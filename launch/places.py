"""Where things lie in a working copy."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / ".stamps"
NODE_WHEEL = ROOT / ".node"
REQUIREMENTS = ROOT / "requirements"
FRONTEND = ROOT / "frontend"
BUILT_STATIC = ROOT / "build" / "static"
LOCALE = ROOT / "locale"
VAR = ROOT / "var"
LOGS = VAR / "log"
SECRET = VAR / "secret"
DATABASE = VAR / "sreda.sqlite3"
# The locks hold the hash of every package.
PIP_INSTALL: list[str | Path] = [
    *(PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
    "--require-hashes",
]


def program(name: str) -> str:
    """Return the path of a program that pip installed into the virtual environment."""
    return str(PROGRAMS / (f"{name}.exe" if os.name == "nt" else name))
