"""Who is there now, and who of them can sign in: conditions that sections of «Сегодня» share."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q

from sreda.accounts.facade import Account


@dataclass(frozen=True, slots=True)
class Moment:
    """The day where the region is, and the moment."""

    today: date
    now: datetime


def lasting_q(at: Moment, prefix: str = "") -> Q:
    """Return the filter of roster facts that hold on the day."""
    begun = Q(**{f"{prefix}starts_on__lte": at.today, f"{prefix}ended_at__isnull": True})
    open_end = Q(**{f"{prefix}ends_on__isnull": True})
    return begun & (open_end | Q(**{f"{prefix}ends_on__gte": at.today}))


def can_sign_in(at: Moment, *, person: str) -> Exists:
    """Return whether the person behind ``person`` has a password, a live card or a live code."""
    ways = (
        ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        | Q(cards__ended_at__isnull=True, cards__valid_until__gt=at.today)
        | Q(codes__ended_at__isnull=True, codes__expires_at__gt=at.now)
    )
    return Exists(Account.objects.filter(ways, is_active=True, person_id=OuterRef(person)))
