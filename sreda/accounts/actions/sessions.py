"""Beginning and ending sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sreda.accounts.calculations.devices import device_words
from sreda.accounts.calculations.secrets import new_session_key
from sreda.accounts.models import Account, Session, SignInWay
from sreda.audit.facade import Doer, record
from sreda.foundation.digests import digest
from sreda.foundation.errors import DomainError, NotFound

SHORT = timedelta(hours=12)
LONG = timedelta(days=30)


class SignInChanged(DomainError):
    """The account was closed or got another password while its owner was signing in."""


@dataclass(frozen=True, slots=True)
class Client:
    """Who knocks: the network address, the browser's name, whether to stay signed in.

    ``replaces`` is the cookie's key that the browser already has: that session ends, so that
    nobody goes on in a session that another began on a shared computer.
    """

    address: str
    user_agent: str = ""
    stay: bool = False
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: ``key`` goes into the cookie; ``max_age`` in seconds, None until closing."""

    key: str
    account_id: int
    max_age: int | None


@dataclass(frozen=True, slots=True)
class AccountItself:
    """Somebody who acts before any role is known."""

    account_id: int | None
    role_code: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a card's session may not leave: its organization, and the day the card ends."""

    organization_id: int
    until: date


@transaction.atomic(savepoint=False)
def begin_session(
    *,
    account: Account,
    way: SignInWay,
    client: Client,
    now: datetime,
    bounds: Bounds | None = None,
) -> SignedIn:
    """Open a session for an account that has proved itself. A piece; cost: 3 statements, and 3 more
    when the browser had a session.

    :raises SignInChanged: when the row of ``account`` no longer has its password or is closed.
    """
    unchanged = Account.objects.filter(pk=account.pk, password=account.password, is_active=True)
    if not unchanged.update(last_login=now):
        raise SignInChanged(_("Вход только что изменили. Попробуйте ещё раз"))
    if client.replaces:
        _end_replaced(client.replaces, now)
    key = new_session_key()
    lifetime = LONG if client.stay else SHORT
    session = Session.objects.create(
        digest=digest(key),
        account=account,
        way=way,
        device=device_words(client.user_agent),
        bound_to_id=bounds.organization_id if bounds else None,
        began_at=now,
        expires_at=min(now + lifetime, _midnight(bounds.until)) if bounds else now + lifetime,
    )
    record(
        "accounts.session.begin",
        actor=AccountItself(account_id=account.pk),
        target=session,
        change={"way": ["", way]},
        at=now,
    )
    return SignedIn(
        key=key,
        account_id=account.pk,
        max_age=int(lifetime.total_seconds()) if client.stay else None,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def _end_replaced(key: str, now: datetime) -> None:
    session = Session.objects.filter(digest=digest(key)).first()
    if session:
        _end(session, actor=AccountItself(account_id=session.account_id), now=now)


def _end(session: Session, *, actor: Doer, now: datetime) -> None:
    Session.objects.filter(pk=session.pk).delete()
    record(
        "accounts.session.end",
        actor=actor,
        change={"session": [str(session.uid), ""]},
        at=now,
    )


@transaction.atomic(durable=True)
def end_session(*, actor: Doer, session_uid: UUID, now: datetime) -> None:
    """End one session of the actor's own account: this one, or one on another device.

    :raises NotFound: when the actor has no such session.
    """
    session = Session.objects.filter(uid=session_uid, account_id=actor.account_id or 0).first()
    if session is None:
        raise NotFound
    _end(session, actor=actor, now=now)


@transaction.atomic(durable=True)
def sign_out_elsewhere(*, actor: Doer, but: UUID, now: datetime) -> int:
    """End all sessions of the actor's account except ``but``; return how many ended."""
    ended = end_sessions(account_ids=[actor.account_id or 0], but=but)
    record("accounts.session.end_others", actor=actor, change={"ended": [ended, 0]}, at=now)
    return ended


@transaction.atomic(savepoint=False)
def end_sessions(*, account_ids: Iterable[int], but: UUID | None = None) -> int:
    """End sessions of these accounts, out on the next request: all of them or all except ``but``.
    A piece. Cost: 1 statement.
    """
    sessions = Session.objects.filter(account_id__in=list(account_ids))
    if but is not None:
        sessions = sessions.exclude(uid=but)
    return sessions.delete()[0]


@transaction.atomic(savepoint=False)
def end_card_sessions(*, account_ids: Iterable[int], organization_id: int | None) -> int:
    """End what the cards of these accounts have opened, at one organization or at all of them. A
    piece. Cost: 1 statement.
    """
    sessions = Session.objects.filter(account_id__in=list(account_ids), way=SignInWay.CARD)
    if organization_id is not None:
        sessions = sessions.filter(bound_to_id=organization_id)
    return sessions.delete()[0]


@transaction.atomic(savepoint=False)
def choose_acting(*, session_uid: UUID, acting: UUID) -> None:
    """Remember which grant the session uses; ``access`` checks that it is the account's own."""
    Session.objects.filter(uid=session_uid).update(acting=acting)


def forget_expired_sessions(*, now: datetime) -> int:
    """Delete the sessions that are over; return how many."""
    return Session.objects.filter(expires_at__lte=now).delete()[0]
