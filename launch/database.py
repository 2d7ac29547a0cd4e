"""Bring the database up to date and load the demo region where it is empty, in one process.

Unlike its neighbours this module needs Django, so it runs inside the virtual environment.
"""

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Migrate; in the demo, load the region once."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if settings.SREDA_DEMO:
        call_command("demo", if_empty=True)


if __name__ == "__main__":
    main()
