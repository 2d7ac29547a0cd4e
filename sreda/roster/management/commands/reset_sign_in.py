"""``manage reset_sign_in``: a new way in for somebody whom no school may give one.

A school gives no new code to an account in use that reaches another organization (decision 0008).
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sreda.access.facade import system_actor
from sreda.accounts.facade import account_by_login
from sreda.foundation import clock
from sreda.foundation.words import moment_words
from sreda.roster.actions.sign_in import reset_person


class Command(BaseCommand):
    """Take the password, the cards and the sessions away; the code is printed once."""

    help = "Reset somebody's sign-in and print a one-time code: reset_sign_in LOGIN."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the login."""
        parser.add_argument("login", help="as the person types it, or as the school reads it out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset, then print where to go with the code."""
        account = account_by_login(options["login"])
        if account is None or not account.is_active:
            raise CommandError(_("Никто не входит с логином %(login)s") % options)
        slip = reset_person(actor=system_actor(), person=account.person, now=clock.now())
        self.stdout.write(
            _("%(name)s: код %(code)s до %(moment)s. Ввести на странице /sign-in/code/")
            % {"name": slip.name, "code": slip.code, "moment": moment_words(slip.expires_at)}
        )
