#!/usr/bin/env python3
"""Django's own command line; ``run.py manage`` calls it with the right Python and settings."""

import os
import sys


def main() -> None:
    """Run the named management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as missing:
        raise SystemExit(
            "Django is not installed for this Python. Use: python3 run.py manage …"
        ) from missing
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
