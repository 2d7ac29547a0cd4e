"""Addresses of built styles, scripts, fonts and the sprite.

``npm run build`` in ``frontend/`` writes files with their digest in the name and a
``manifest.json``; a file may then be cached for ever.
"""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def static(name: str) -> str:
    """Return the address of the built file that the manifest calls ``name``.

    :raises ImproperlyConfigured: when nothing is built, or there is no such file.
    """
    built = _manifest(settings.SREDA_BUILT_STATIC)
    if built is None:
        return f"{settings.STATIC_URL}{name}"
    try:
        return f"{settings.STATIC_URL}{built[name]}"
    except KeyError:
        raise ImproperlyConfigured(
            f"No «{name}» among the built files. Build them: python3 run.py setup"
        ) from None


@lru_cache(maxsize=4)
def _manifest(folder: Path) -> dict[str, str] | None:
    """Read the manifest once; None when it is missing and tests allow that."""
    path = folder / "manifest.json"
    if path.exists():
        names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return names
    if settings.SREDA_STATIC_OPTIONAL:
        return None
    raise ImproperlyConfigured(
        f"{path} is missing: the browser code is not built. Build it: python3 run.py setup"
    )
