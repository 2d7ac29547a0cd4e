#!/usr/bin/env python3
"""One door to Среда: sets itself up, starts, tests, checks. Standard library only.

python3 run.py                start (sets up what is missing first)
python3 run.py setup [--dev]  set up only
python3 run.py test           every test; see: python3 run.py test --help
python3 run.py check          style, types, imports, templates, migrations, texts
python3 run.py bench …        load and cost benchmarks
python3 run.py manage …       Django's own commands
"""

# The lines before the check are written so that an old Python reaches it.
import sys

NEEDED = (3, 11)

if sys.version_info < NEEDED:
    sys.exit(
        "Среда needs Python 3.11 or newer; this one is {}.{} ({}).\n"
        "Install it, then start again with it:\n"
        "  Debian, Ubuntu:  sudo apt install python3.11 python3.11-venv\n"
        "  macOS:           brew install python@3.13\n"
        "  Windows:         winget install Python.Python.3.13\n"
        "  then:            python3.11 run.py".format(*sys.version_info[:2], sys.executable)
    )

from launch import commands  # noqa: E402 -- after the check of the version

if __name__ == "__main__":
    sys.exit(commands.main(sys.argv[1:]))
