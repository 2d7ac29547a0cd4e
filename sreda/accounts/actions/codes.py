"""One-time codes: the first visit of a guardian or a colleague, in two steps, without e-mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sreda.accounts.actions.attempts import count_attempt
from sreda.accounts.actions.cards import end_cards
from sreda.accounts.actions.locks import lock_accounts
from sreda.accounts.actions.passwords import check_strength
from sreda.accounts.actions.sessions import (
    AccountItself,
    Client,
    SignedIn,
    begin_session,
    end_sessions,
)
from sreda.accounts.calculations.logins import is_allowed, normal
from sreda.accounts.calculations.secrets import new_code, read_code
from sreda.accounts.models import Account, EndReason, FirstVisitCode, SignInWay
from sreda.accounts.policies import code_refusal
from sreda.audit.facade import Doer, record, record_many
from sreda.foundation.digests import digest
from sreda.foundation.errors import DomainError

VALID_FOR = timedelta(days=14)


class CodeRefused(DomainError):
    """The code opens nothing; the text says what to do."""


class LoginTaken(DomainError):
    """Somebody else signs in by that login."""


class LoginNotAllowed(DomainError):
    """The login has letters that cannot be typed everywhere."""


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A new code, in the clear for the only time."""

    account_id: int
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """What step two shows: the code as it was made, and the login that waits."""

    code: str
    login: str


@transaction.atomic(savepoint=False)
def issue_codes(
    *,
    actor: Doer,
    account_ids: Sequence[int],
    now: datetime,
    organization_id: int | None = None,
) -> list[IssuedCode]:
    """Give each account a new code; its earlier code ends. A piece. Cost: 4 statements.

    The present password stays until the code is used. ``organization_id`` is where it is given:
    the trail of that place tells of it.
    """
    issued = [
        IssuedCode(account_id=account_id, code=new_code(), expires_at=now + VALID_FOR)
        for account_id in account_ids
    ]
    lock_accounts(account_ids)
    FirstVisitCode.objects.filter(account_id__in=account_ids, ended_at__isnull=True).update(
        ended_at=now, end_reason=EndReason.NEW_PRINT
    )
    rows = FirstVisitCode.objects.bulk_create(
        [
            FirstVisitCode(
                account_id=item.account_id,
                digest=digest(item.code),
                issued_by=actor.account_id,
                issued_at=now,
                expires_at=item.expires_at,
            )
            for item in issued
        ]
    )
    record_many(
        "accounts.code.issue",
        actor=actor,
        targets=[(row, {"account": ["", row.account_id]}) for row in rows],
        organization_id=organization_id,
        at=now,
    )
    return issued


@transaction.atomic(savepoint=False)
def end_codes(*, actor: Doer, account_ids: Iterable[int], now: datetime) -> int:
    """End the live codes of these accounts; return how many. A piece.

    A code opens all that its owner may do on the day it is used. So whoever lets an account reach
    further calls this: the code was given by somebody who could not see that coming.
    Cost: 2 statements, 2 more when there are any.
    """
    ids = list(account_ids)
    lock_accounts(ids)
    codes = list(FirstVisitCode.objects.filter(account_id__in=ids, ended_at__isnull=True))
    if not codes:
        return 0
    FirstVisitCode.objects.filter(pk__in=[code.pk for code in codes]).update(
        ended_at=now, end_reason=EndReason.REVOKED
    )
    record_many(
        "accounts.code.end",
        actor=actor,
        targets=[(code, {"reason": ["", EndReason.REVOKED]}) for code in codes],
        at=now,
    )
    return len(codes)


@transaction.atomic(savepoint=False)
def reset_sign_in(
    *, actor: Doer, account_id: int, now: datetime, organization_id: int | None = None
) -> IssuedCode:
    """Take the password, the cards and all sessions away and give a new code. A piece."""
    Account.objects.filter(pk=account_id).update(password=make_password(None))
    end_sessions(account_ids=[account_id])
    end_cards(actor=actor, account_ids=[account_id], reason=EndReason.RESET, now=now)
    record(
        "accounts.password.reset",
        actor=actor,
        target=Account.objects.get(pk=account_id),
        organization_id=organization_id,
        at=now,
    )
    return issue_codes(
        actor=actor, account_ids=[account_id], now=now, organization_id=organization_id
    )[0]


def begin_first_visit(*, code: str, client: Client, now: datetime) -> FirstVisit:
    """Step one: say whose login a code opens.

    :raises TooMany: after too many tries.
    :raises CodeRefused: when the code is unknown, used, replaced or too old.
    """
    code = read_code(code)
    count_attempt(subject=f"code:{code}", address=client.address, now=now)
    return FirstVisit(code=code, login=_live_code(code, now=now).account.login)


def finish_first_visit(
    *, code: str, login: str, password: str, client: Client, now: datetime
) -> SignedIn:
    """Step two: take a login and a password, use the code up and sign in.

    :raises TooMany: after five tries a minute.
    :raises CodeRefused: when the code was used in between.
    :raises LoginTaken, LoginNotAllowed, WeakPassword: the code stays good.
    Cost: 13 statements and one hash, outside the transaction.
    """
    code, login = read_code(code), normal(login)
    # Counted apart from step one, so that a few weak passwords do not close the door.
    count_attempt(subject=f"first-visit:{code}", address=client.address, now=now)
    account = _live_code(code, now=now).account
    if not is_allowed(login):
        raise LoginNotAllowed(_("Нужны 3 знака или больше: латинские буквы, цифры, точка, дефис"))
    if Account.objects.filter(login=login).exclude(pk=account.pk).exists():
        raise LoginTaken(_("Такой логин уже занят. Добавьте цифру или точку"))
    check_strength(password, login=login)
    hashed = make_password(password)
    try:
        return _take(
            code=code, account_id=account.pk, login=login, hashed=hashed, client=client, now=now
        )
    except IntegrityError as clash:
        raise LoginTaken(_("Такой логин уже занят. Добавьте цифру или точку")) from clash


def _take(
    *, code: str, account_id: int, login: str, hashed: str, client: Client, now: datetime
) -> SignedIn:
    with transaction.atomic(durable=True):
        lock_accounts([account_id])
        live = _live_code(code, now=now)
        account = live.account
        FirstVisitCode.objects.filter(pk=live.pk).update(ended_at=now, end_reason=EndReason.USED)
        Account.objects.filter(pk=account.pk).update(login=login, password=hashed)
        account.password = hashed
        end_sessions(account_ids=[account.pk])
        record("accounts.code.use", actor=AccountItself(account_id=account.pk), target=live, at=now)
        return begin_session(account=account, way=SignInWay.CODE, client=client, now=now)


def _live_code(code: str, *, now: datetime) -> FirstVisitCode:
    codes = FirstVisitCode.objects.select_related("account")
    found = codes.filter(digest=digest(code)).first()
    refusal = code_refusal(found, now=now)
    if found is None or refusal:
        raise CodeRefused(refusal)
    return found
