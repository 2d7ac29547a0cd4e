"""The worker: runs jobs as they come and the scheduled ones by the clock."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from sreda.foundation.jobs import plan_schedules


class Command(BaseCommand):
    """``manage work``: one process, until it is told to end."""

    help = "Run background jobs until interrupted."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the operator say how often an idle worker looks, in seconds."""
        parser.add_argument("--interval", type=float, default=0.5)

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan the schedules, then hand over to the queue's own worker."""
        plan_schedules()
        call_command("db_worker", interval=options["interval"], startup_delay=False, reload=False)
