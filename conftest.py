"""What every test of the house shares."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent
# Files that others made: registers, packages, spreadsheets. They are not part of the repository.
FIXTURES = Path(os.environ.get("SREDA_FIXTURES") or ROOT / ".." / "shared" / "fixtures").resolve()
NO_FILE = "no foreign file"

# A property fails for its own reason, never because a machine was busy; and alike everywhere.
hypothesis.settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, max_examples=60
)
hypothesis.settings.load_profile("house")


@pytest.fixture
def foreign_file() -> Callable[[str], Path]:
    """Return a finder of files that others made; a test whose file is missing is skipped."""

    def find(name: str) -> Path:
        path = FIXTURES / name
        if not path.exists():
            pytest.skip(f"{NO_FILE} {name} in {FIXTURES}")
        return path

    return find


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests had no foreign file, so that a green line does not hide it."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = sum(NO_FILE in str(report.longrepr) for report in skipped)
    if missing:
        terminalreporter.write_line(
            f"{missing} tests skipped: SREDA_FIXTURES ({FIXTURES}) lacks their files"
        )


def pytest_unconfigure() -> None:
    """Remove the files that tests uploaded."""
    from django.conf import settings

    if settings.configured and Path(settings.SREDA_MEDIA).name.startswith("sreda-test-"):
        shutil.rmtree(settings.SREDA_MEDIA, ignore_errors=True)
