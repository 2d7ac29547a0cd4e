"""``manage person_erase UID``: forget who a person was, in every context."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from sreda.access.facade import system_actor
from sreda.foundation import clock
from sreda.foundation.errors import DomainError, NotFound
from sreda.portal.actions import erase_person


class Command(BaseCommand):
    """Erase one person. It cannot be taken back, so it asks unless told not to."""

    help = "Erase a person from every context; what the law keeps stays without a name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person's uid."""
        parser.add_argument("uid", type=UUID, help="the person's uid")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, or say that there is nobody."""
        if not options["yes"] and input("Erase for ever? Write yes: ").strip() != "yes":
            raise CommandError("Nothing was erased.")
        try:
            erase_person(actor=system_actor(), uid=options["uid"], now=clock.now())
        except NotFound:
            raise CommandError(f"There is no person {options['uid']}.") from None
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("Erased.")
