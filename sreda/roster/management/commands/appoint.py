"""``manage appoint``: give somebody a post and print the code for the first sign-in.

So the first operator of an installation comes in, and the first administrator of a school.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sreda.access.facade import system_actor
from sreda.foundation import clock
from sreda.foundation.errors import DomainError
from sreda.foundation.ids import new_uid
from sreda.foundation.words import moment_words
from sreda.organizations.facade import Organization, ensure_region, organization_by_inn
from sreda.roster.actions.hiring import FullName, WantedPost, add_colleague
from sreda.roster.actions.sign_in import issue_code
from sreda.roster.models import PostRole

NOT_HERE = {PostRole.CLASS_TEACHER}


class Command(BaseCommand):
    """Write a person with a post; the code is printed once."""

    help = "Add a person with a post and print a one-time code: appoint OPERATOR 'Name …'."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the role, the name and the place."""
        roles = [role.value for role in PostRole if role not in NOT_HERE]
        parser.add_argument("role", choices=roles)
        parser.add_argument("name", help="«Фамилия Имя Отчество»")
        parser.add_argument("--inn", default="", help="the organization's ИНН; else the region")
        parser.add_argument("--title", default="", help="as in the order: «учитель физики»")
        parser.add_argument("--another", action="store_true", help="a namesake works there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, then print where to go with the code."""
        last, first, middle = _parts(options["name"])
        now, actor = clock.now(), system_actor()
        try:
            person = add_colleague(
                actor=actor,
                organization=_place(options["inn"]),
                name=FullName(last, first, middle),
                wanted=WantedPost(new_uid(), PostRole(options["role"]), options["title"], None),
                is_another=options["another"],
                now=now,
            )
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        slip = issue_code(actor=actor, person=person, now=now)
        self.stdout.write(
            _("%(name)s: код %(code)s до %(moment)s. Ввести на странице /sign-in/code/")
            % {"name": slip.name, "code": slip.code, "moment": moment_words(slip.expires_at)}
        )


def _parts(name: str) -> tuple[str, str, str]:
    words = name.split(maxsplit=2)
    if len(words) < 2:
        raise CommandError(_("Напишите имя целиком: «Фамилия Имя Отчество»"))
    last, first, *rest = words
    return last, first, " ".join(rest)


def _place(inn: str) -> Organization:
    if not inn:
        return ensure_region(actor=system_actor(), name=settings.SREDA_REGION, now=clock.now())
    organization = organization_by_inn(inn)
    if organization is None:
        raise CommandError(_("Организации с ИНН %(inn)s в реестре нет") % {"inn": inn})
    return organization
