"""What is read of accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from sreda.accounts.models import Account, FirstVisitCode, Session, SignInCard
from sreda.foundation.digests import digest
from sreda.people.facade import names

COOKIE = "sreda_session"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One signed-in browser."""

    uid: UUID
    way: str
    device: str
    began_at: datetime
    is_present: bool


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
    return Session.objects.filter(
        digest=digest(key), expires_at__gt=now, account__is_active=True
    )


def own_sessions(account_id: int, *, present: UUID, now: datetime) -> list[SessionRow]:
    """Return the open sessions of an account, newest first. Cost: 1 query."""
    sessions = Session.objects.filter(account_id=account_id, expires_at__gt=now).order_by("-id")
    return [
        SessionRow(
            uid=session.uid,
            way=session.get_way_display(),
            device=session.device,
            began_at=session.began_at,
            is_present=session.uid == present,
        )
        for session in sessions
    ]


def card_school(secret: str) -> str | None:
    """Return the name of the organization of a live card; None for any other. Cost: 1 query."""
    name: str | None = (
        SignInCard.objects.filter(digest=digest(secret), ended_at__isnull=True)
        .values_list("organization__name", flat=True)
        .first()
    )
    return name


def sign_in_states(
    person_ids: Iterable[int], *, today: date, now: datetime
) -> dict[int, SignInState]:
    """Return how each person can sign in, by person id. Cost: 3 queries."""
    accounts = list(Account.objects.filter(person_id__in=list(person_ids)))
    ids = [account.pk for account in accounts]
    cards = dict(
        SignInCard.objects.filter(
            account_id__in=ids, ended_at__isnull=True, valid_until__gt=today
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
    return Account.objects.filter(login=login).first()


def export_person(person_id: int) -> list[tuple[str, dict[str, str]]]:
    """Return what this context keeps of one person. Cost: 4 queries."""
    account = Account.objects.filter(person_id=person_id).first()
    if account is None:
        return []
    result = [
        (
            "Account",
            {
                "логин": account.login,
                "вид": " ".join(part for part in (account.theme, account.vision) if part),
                "последний вход": account.last_login.isoformat() if account.last_login else "",
            },
        )
    ]
    result += [
        ("Session", {"вход": str(session.get_way_display()), "с": session.began_at.isoformat()})
        for session in account.sessions.order_by("-id")
    ]
    result += [
        ("SignInCard", {"напечатана": card.issued_at.isoformat(), "до": str(card.valid_until)})
        for card in account.cards.order_by("-id")
    ]
    result += [
        ("FirstVisitCode", {"выдан": code.issued_at.isoformat()})
        for code in account.codes.order_by("-id")
    ]
    return result
