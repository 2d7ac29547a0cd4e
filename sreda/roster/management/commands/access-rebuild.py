"""``manage access-rebuild``: prove that the grants are what the facts say, or make them so."""  # noqa: N999 -- the file's name is the command's

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from sreda.access.facade import system_actor
from sreda.foundation import clock
from sreda.roster.actions.rebuilding import rebuild_grants
from sreda.roster.queries.rebuild import Difference, grant_differences


class Command(BaseCommand):
    """Exit 1 when grants and facts differ and ``--apply`` was not given."""

    help = "Compare all grants with posts, enrollments and guardianships; --apply puts them right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--apply``."""
        parser.add_argument("--apply", action="store_true", help="write what is missing or wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every difference, then how many there are."""
        now = clock.now()
        if options["apply"]:
            found = rebuild_grants(actor=system_actor(), now=now)
        else:
            found = grant_differences(now=now)
        for difference in found:
            self.stdout.write(line_of(difference))
        if not found:
            self.stdout.write(_("Роли и записи о людях совпадают"))
        elif options["apply"]:
            self.stdout.write(_("Исправлено расхождений: %(number)s") % {"number": len(found)})
        else:
            self.stdout.write(
                _("Расхождений: %(number)s. Исправить: access-rebuild --apply")
                % {"number": len(found)}
            )
            raise SystemExit(1)


def line_of(difference: Difference) -> str:
    """Return «нет: PUPIL roster.Enrollment:…»; ids only, no names."""
    if difference.grant_id is None:
        what = _("нет")
    elif difference.wanted is None:
        what = _("лишняя")
    else:
        what = _("другие сроки или место")
    return f"{what}: {difference.role} {difference.fact}"
