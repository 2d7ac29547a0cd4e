"""Beginning and ending sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from sreda.accounts.calculations.devices import device_words
from sreda.accounts.calculations.secrets import new_session_key
from sreda.accounts.models import Account, Session, SignInWay
from sreda.audit.facade import Doer, record
from sreda.foundation.digests import digest

SHORT = timedelta(hours=12)
LONG = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Client:
    """Who knocks: the network address, the browser's name, and whether to stay signed in."""

    address: str
    user_agent: str = ""
    stay: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: ``key`` goes into the cookie; ``max_age`` in seconds, None until closing."""

    key: str
    account_id: int
    max_age: int | None
    role_code: str = ""


@transaction.atomic(savepoint=False)
def begin_session(
    *,
    account: Account,
    way: SignInWay,
    client: Client,
    now: datetime,
    bound_to_id: int | None = None,
) -> SignedIn:
    """Open a session for an account that has proved itself. A piece; cost: 3 statements.

    ``bound_to_id``: the only organization whose roles the session may use (a card's school).
    """
    key = new_session_key()
    lifetime = LONG if client.stay else SHORT
    session = Session.objects.create(
        digest=digest(key),
        account=account,
        way=way,
        device=device_words(client.user_agent),
        bound_to_id=bound_to_id,
        began_at=now,
        expires_at=now + lifetime,
    )
    Account.objects.filter(pk=account.pk).update(last_login=now)
    signed_in = SignedIn(
        key=key,
        account_id=account.pk,
        max_age=int(lifetime.total_seconds()) if client.stay else None,
    )
    record(
        "accounts.session.begin",
        actor=AccountItself(account_id=account.pk),
        target=session,
        change={"way": ["", way]},
        at=now,
    )
    return signed_in


@dataclass(frozen=True, slots=True)
class AccountItself:
    """Somebody who acts before any role is known."""

    account_id: int | None
    role_code: str = ""


@transaction.atomic(durable=True)
def sign_out(*, actor: Doer, session_uid: UUID, now: datetime) -> None:
    """End one session of the actor's own account; a session already ended is no error."""
    ended = Session.objects.filter(uid=session_uid, account_id=actor.account_id).delete()[0]
    if ended:
        record(
            "accounts.session.end",
            actor=actor,
            change={"session": [str(session_uid), ""]},
            at=now,
        )


@transaction.atomic(durable=True)
def sign_out_elsewhere(*, actor: Doer, but: UUID, now: datetime) -> int:
    """End all sessions of the actor's account except ``but``; return how many ended."""
    ended = end_sessions(account_ids=[actor.account_id or 0], but=but)
    record("accounts.session.end_others", actor=actor, change={"ended": [ended, 0]}, at=now)
    return ended


@transaction.atomic(savepoint=False)
def end_sessions(*, account_ids: Iterable[int], but: UUID | None = None) -> int:
    """End sessions of these accounts, out on the next request. A piece. Cost: 1 statement."""
    sessions = Session.objects.filter(account_id__in=list(account_ids))
    if but is not None:
        sessions = sessions.exclude(uid=but)
    return sessions.delete()[0]


@transaction.atomic(savepoint=False)
def choose_acting(*, session_uid: UUID, acting: UUID) -> None:
    """Remember which grant the session uses; ``access`` checks that it is the account's own."""
    Session.objects.filter(uid=session_uid).update(acting=acting)


def forget_expired_sessions(*, now: datetime) -> int:
    """Delete the sessions that are over; return how many."""
    return Session.objects.filter(expires_at__lte=now).delete()[0]
