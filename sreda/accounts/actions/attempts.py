"""Rate limits: five tries a minute for one account, a wide limit for one address.

A try is written before the secret is looked at, so that parallel tries cannot slip past the count:
whoever counts last sees all who were let through. A refused try is forgotten at once: a flood does
not fill the table, and the owner is let in a minute after the tries that were judged.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sreda.accounts.models import Attempt
from sreda.foundation.digests import digest
from sreda.foundation.errors import TooMany

WINDOW = timedelta(minutes=1)
PER_ACCOUNT = 5
# A whole school signs in from one address within a few minutes.
PER_ADDRESS = 600
KEPT_FOR = timedelta(hours=1)


def count_attempt(*, subject: str, address: str, now: datetime) -> None:
    """Count one try for ``subject`` (a login, a card, a code) from ``address``.

    :raises TooMany: when a limit is passed. Cost: 3 statements, outside a transaction.
    """
    _count({_subject(subject): PER_ACCOUNT, _address(address): PER_ADDRESS}, now=now)


def count_address(*, address: str, now: datetime) -> None:
    """Count one try that needs no secret.

    :raises TooMany: when the limit of the address is passed. Cost: 2 statements.
    """
    _count({_address(address): PER_ADDRESS}, now=now)


def forget_attempts(*, subject: str) -> None:
    """Start the count of ``subject`` anew, after it proved itself. Cost: 1 statement."""
    Attempt.objects.filter(subject=_subject(subject)).delete()


def forget_old_attempts(*, now: datetime) -> int:
    """Delete the tries that no limit looks at any more; return how many."""
    return Attempt.objects.filter(at__lt=now - KEPT_FOR).delete()[0]


def _count(limits: dict[str, int], *, now: datetime) -> None:
    tries = Attempt.objects.bulk_create([Attempt(subject=key, at=now) for key in limits])
    for key, limit in limits.items():
        if Attempt.objects.filter(subject=key, at__gt=now - WINDOW).count() > limit:
            Attempt.objects.filter(pk__in=[row.pk for row in tries]).delete()
            raise TooMany(_("Слишком много попыток подряд. Подождите минуту и попробуйте снова"))


def _subject(subject: str) -> str:
    return digest(f"subject:{subject}")


def _address(address: str) -> str:
    return digest(f"address:{address}")
