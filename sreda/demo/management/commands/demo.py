"""``manage demo``: fill an empty register with the made-up region."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sreda.access.facade import system_actor
from sreda.demo.bulk import AlreadyFilled, load_demo
from sreda.foundation import clock
from sreda.foundation.errors import Refusal


class Command(BaseCommand):
    """Runs once in the life of a demo's database; ``run.py`` calls it with ``--if-empty``."""

    help = "Fill an empty register with the demo region."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many organizations, drawn how, and whether a filled register is all right."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing in a filled one")
        parser.add_argument("--organizations", type=int, default=1500)
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how much."""
        try:
            loaded = load_demo(
                actor=system_actor(),
                total=options["organizations"],
                seed=options["seed"],
                now=clock.now(),
            )
        except AlreadyFilled as refusal:
            if options["if_empty"]:
                return
            raise CommandError(refusal.message) from refusal
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{loaded.organizations} organizations, {loaded.people} people")
