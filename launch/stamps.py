"""Remember which step is done for which files, so that a second start is short."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from launch.places import ROOT, STAMPS


def digest_of(files: Iterable[Path], *, extra: str = "") -> str:
    """Return one SHA-256 over the names and contents of the files."""
    total = hashlib.sha256(extra.encode())
    for path in sorted(files):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_done(step: str, digest: str) -> bool:
    """Say whether the step was last done for exactly these files."""
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == digest


def mark_done(step: str, digest: str) -> None:
    """Remember that the step is done for these files."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(digest)


def forget(*steps: str) -> None:
    """Forget steps whose result is gone."""
    for step in steps:
        (STAMPS / step).unlink(missing_ok=True)
