"""What is read of accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sreda.accounts.calculations.logins import normal
from sreda.accounts.models import Account, FirstVisitCode, Session, SignInCard
from sreda.accounts.policies import can_change_password, card_refusal
from sreda.foundation.digests import digest
from sreda.people.facade import names

COOKIE = "sreda_session"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One signed-in browser."""

    uid: UUID
    way: str
    way_words: str
    device: str
    began_at: datetime
    is_present: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees of their own account."""

    login: str
    may_change_password: bool
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True)
class CardDoor:
    """A card before its PIN: the organization it belongs to, and why it opens nothing if so."""

    school: str
    refusal: str


@dataclass(frozen=True, slots=True)
class SignInState:
    """How an account can sign in now."""

    account_id: int
    login: str
    has_password: bool
    card_until: date | None
    code_until: datetime | None
    last_login: datetime | None


def live_sessions(key: str, *, now: datetime) -> "QuerySet[Session]":
    """Return the open session of a cookie, as a queryset for ``access`` to join grants to."""
    return Session.objects.filter(digest=digest(key), expires_at__gt=now, account__is_active=True)


def profile_of(account_id: int, *, present: UUID | None, now: datetime) -> Profile:
    """Return the own page of an account. Cost: 2 queries."""
    account = Account.objects.get(pk=account_id)
    sessions = Session.objects.filter(account_id=account_id, expires_at__gt=now).order_by("-id")
    rows = tuple(
        SessionRow(
            uid=session.uid,
            way=session.way,
            way_words=session.get_way_display(),
            device=session.device,
            began_at=session.began_at,
            is_present=session.uid == present,
        )
        for session in sessions
    )
    way = next((row.way for row in rows if row.is_present), "")
    return Profile(
        login=account.login,
        may_change_password=can_change_password(way, has_password=account.has_usable_password()),
        sessions=rows,
    )


def way_of(session_uid: UUID, *, account_id: int) -> str:
    """Return how a session of the account began; empty when it is over. Cost: 1 query."""
    sessions = Session.objects.filter(uid=session_uid, account_id=account_id)
    return sessions.values_list("way", flat=True).first() or ""


def card_door(secret: str, *, today: date) -> CardDoor:
    """Return what the holder of a card's secret may know before the PIN. Cost: 1 query."""
    cards = SignInCard.objects.select_related("account", "organization")
    card = cards.filter(digest=digest(secret)).first()
    return CardDoor(
        school=card.organization.name if card else "", refusal=card_refusal(card, today=today)
    )


def sign_in_states(
    person_ids: Iterable[int], *, organization_id: int, today: date, now: datetime
) -> dict[int, SignInState]:
    """Return how each person can sign in, by person id; cards are those of the organization.

    Cost: 3 queries.
    """
    accounts = list(Account.objects.filter(person_id__in=list(person_ids)))
    ids = [account.pk for account in accounts]
    cards = dict(
        SignInCard.objects.filter(
            account_id__in=ids,
            organization_id=organization_id,
            ended_at__isnull=True,
            valid_until__gt=today,
        ).values_list("account_id", "valid_until")
    )
    codes = dict(
        FirstVisitCode.objects.filter(
            account_id__in=ids, ended_at__isnull=True, expires_at__gt=now
        ).values_list("account_id", "expires_at")
    )
    return {
        account.person_id: SignInState(
            account_id=account.pk,
            login=account.login,
            has_password=account.has_usable_password(),
            card_until=cards.get(account.pk),
            code_until=codes.get(account.pk),
            last_login=account.last_login,
        )
        for account in accounts
    }


def in_use_q(prefix: str = "") -> Q:
    """Return the filter of accounts that have a password or have ever been signed in to."""
    no_password = Q(**{f"{prefix}password__startswith": UNUSABLE_PASSWORD_PREFIX})
    return ~no_password | Q(**{f"{prefix}last_login__isnull": False})


def with_password(account_ids: Iterable[int]) -> list[int]:
    """Return those of the accounts that have a password. Cost: 1 query."""
    accounts = Account.objects.filter(pk__in=list(account_ids)).only("password")
    return [account.pk for account in accounts if account.has_usable_password()]


def card_owner(card_uid: UUID) -> int:
    """Return the person id behind a card. Cost: 1 query."""
    return SignInCard.objects.values_list("account__person_id", flat=True).get(uid=card_uid)


def account_names(account_ids: Iterable[int]) -> dict[int, str]:
    """Return «Ирина Селянинова» by account id. Show only inside the organization. Cost: 1 query."""
    rows = Account.objects.filter(pk__in=set(account_ids)).values_list(
        "pk", "person__last_name", "person__first_name"
    )
    return {pk: names.friendly(last, first) for pk, last, first in rows}


def account_ids_of(person_ids: Iterable[int]) -> dict[int, int]:
    """Return the account id by person id, for those who have one. Cost: 1 query."""
    return dict(
        Account.objects.filter(person_id__in=list(person_ids)).values_list("person_id", "pk")
    )


def account_by_login(login: str) -> Account | None:
    """Return the account that signs in by ``login``. Cost: 1 query."""
    return Account.objects.filter(login=normal(login)).first()


def export_person(person_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return what this context keeps of one person. Cost: 4 queries."""
    account = Account.objects.filter(person_id=person_id).first()
    if account is None:
        return []
    return [
        ("Account", _account_facts(account)),
        *(("Session", _session_facts(row)) for row in account.sessions.order_by("-id")),
        *(("SignInCard", _card_facts(row)) for row in account.cards.order_by("-id")),
        *(("FirstVisitCode", _code_facts(row)) for row in account.codes.order_by("-id")),
    ]


def _account_facts(account: Account) -> dict[str, str]:
    look = (account.theme, account.vision, account.language)
    return {
        _("логин"): account.login,
        _("вид страниц"): " ".join(part for part in look if part),
        _("последний вход"): account.last_login.isoformat() if account.last_login else "",
    }


def _session_facts(session: Session) -> dict[str, str]:
    return {
        _("вход"): str(session.get_way_display()),
        _("устройство"): session.device,
        _("с"): session.began_at.isoformat(),
    }


def _card_facts(card: SignInCard) -> dict[str, str]:
    return {_("напечатана"): card.issued_at.isoformat(), _("до"): card.valid_until.isoformat()}


def _code_facts(code: FirstVisitCode) -> dict[str, str]:
    return {
        _("выдан"): code.issued_at.isoformat(),
        _("закрыт"): code.ended_at.isoformat() if code.ended_at else "",
    }
