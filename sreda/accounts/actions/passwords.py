"""Signing in by login and password, and changing the password."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sreda.accounts.actions.attempts import count_attempt, forget_attempts
from sreda.accounts.actions.sessions import Client, SignedIn, begin_session, end_sessions
from sreda.accounts.calculations.logins import normal
from sreda.accounts.models import Account, SignInWay
from sreda.audit.facade import Doer, record
from sreda.foundation.errors import DomainError


class WrongPassword(DomainError):
    """The login, the password or both are not right; which one is not told."""


class WeakPassword(DomainError):
    """The new password breaks a rule; the text says which."""


def sign_in(*, login: str, password: str, client: Client, now: datetime) -> SignedIn:
    """Open a session by login and password.

    :raises TooMany: after five tries a minute.
    :raises WrongPassword: when the pair does not fit, the account is closed or has no password.
    Cost: 9 statements and one hash; the hash is outside the transaction.
    """
    subject = f"login:{normal(login)}"
    count_attempt(subject=subject, address=client.address, now=now)
    account = Account.objects.filter(login=normal(login), is_active=True).first()
    if account is None or not account.has_usable_password():
        make_password(password)  # the same time as a wrong password takes
        raise WrongPassword(_("Логин или пароль не подошли"))
    if not account.check_password(password):
        raise WrongPassword(_("Логин или пароль не подошли"))
    return _open(account=account, subject=subject, client=client, now=now)


@transaction.atomic(durable=True)
def _open(*, account: Account, subject: str, client: Client, now: datetime) -> SignedIn:
    forget_attempts(subject=subject)
    return begin_session(account=account, way=SignInWay.PASSWORD, client=client, now=now)


def check_strength(password: str, *, account: Account | None = None) -> None:
    """Refuse a weak password.

    :raises WeakPassword: with the reasons, in words.
    """
    try:
        validate_password(password, user=account)
    except ValidationError as refusal:
        raise WeakPassword(" ".join(refusal.messages)) from refusal


def change_password(
    *, actor: Doer, old: str, new: str, session_uid: UUID, address: str, now: datetime
) -> None:
    """Change the actor's own password; their other sessions end.

    :raises WrongPassword: when ``old`` is not the present password.
    :raises WeakPassword: when ``new`` breaks a rule.
    """
    account = Account.objects.get(pk=actor.account_id)
    subject = f"login:{account.login}"
    count_attempt(subject=subject, address=address, now=now)
    if not account.check_password(old):
        raise WrongPassword(_("Нынешний пароль не подошёл"))
    check_strength(new, account=account)
    _save(actor=actor, account=account, hashed=make_password(new), but=session_uid, now=now)
    forget_attempts(subject=subject)


@transaction.atomic(durable=True)
def _save(*, actor: Doer, account: Account, hashed: str, but: UUID, now: datetime) -> None:
    Account.objects.filter(pk=account.pk).update(password=hashed)
    end_sessions(account_ids=[account.pk], but=but)
    record("accounts.password.change", actor=actor, target=account, at=now)
