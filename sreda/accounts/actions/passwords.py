"""Signing in by login and password, and changing the password."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sreda.accounts.actions.attempts import count_attempt, forget_attempts
from sreda.accounts.actions.sessions import (
    Client,
    SignedIn,
    SignInChanged,
    begin_session,
    end_sessions,
)
from sreda.accounts.calculations.logins import normal
from sreda.accounts.models import Account, SignInWay
from sreda.accounts.policies import can_change_password
from sreda.accounts.queries import way_of
from sreda.audit.facade import Doer, record
from sreda.foundation.errors import DomainError, require


class WrongPassword(DomainError):
    """The login, the password or both are not right; which one is not told."""


class WeakPassword(DomainError):
    """The new password breaks a rule; the text says which."""


def sign_in(*, login: str, password: str, client: Client, now: datetime) -> SignedIn:
    """Open a session by login and password.

    :raises TooMany: after five tries a minute.
    :raises WrongPassword: when the pair does not fit, the account is closed or has no password;
        all these take the time of one hash.
    Cost: 8 statements and one hash; the hash is outside the transaction.
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


def _open(*, account: Account, subject: str, client: Client, now: datetime) -> SignedIn:
    with transaction.atomic(durable=True):
        forget_attempts(subject=subject)
        return begin_session(account=account, way=SignInWay.PASSWORD, client=client, now=now)


def check_strength(password: str, *, login: str) -> None:
    """Refuse a weak password.

    :raises WeakPassword: with the reasons, in words.
    """
    try:
        validate_password(password)
    except ValidationError as refusal:
        raise WeakPassword(" ".join(_weakness(error) for error in refusal.error_list)) from refusal
    if normal(password) == normal(login):
        raise WeakPassword(_("Пароль совпадает с логином. Придумайте другой."))


def _weakness(error: ValidationError) -> str:
    """Say in our words what Django's validators found; any other validator speaks for itself."""
    match error.code:
        case "password_too_short":
            return _("Пароль короче %(min_length)s знаков.") % (error.params or {})
        case "password_too_common":
            return _("Такой пароль подбирают первым. Придумайте другой.")
        case "password_entirely_numeric":
            return _("В пароле одни цифры. Добавьте буквы.")
    return " ".join(error.messages)


def change_password(
    *, actor: Doer, old: str, new: str, session_uid: UUID, address: str, now: datetime
) -> None:
    """Change the actor's own password; their other sessions end.

    :raises Forbidden: in a session begun by a card or in the demo.
    :raises TooMany: after five tries a minute, signing in included.
    :raises WrongPassword: when ``old`` is not the present password.
    :raises WeakPassword: when ``new`` breaks a rule.
    """
    account = Account.objects.get(pk=actor.account_id or 0)
    allowed = can_change_password(
        way_of(session_uid, account_id=account.pk), has_password=account.has_usable_password()
    )
    require(allowed, _("Пароль меняют, когда вошли с логином и паролем"))
    subject = f"login:{account.login}"
    count_attempt(subject=subject, address=address, now=now)
    if not account.check_password(old):
        raise WrongPassword(_("Нынешний пароль не подошёл"))
    check_strength(new, login=account.login)
    _save(actor=actor, account=account, hashed=make_password(new), but=session_uid, now=now)
    forget_attempts(subject=subject)


@transaction.atomic(durable=True)
def _save(*, actor: Doer, account: Account, hashed: str, but: UUID, now: datetime) -> None:
    # A reset by the class teacher in between wins: the old password proves nothing any more.
    unchanged = Account.objects.filter(pk=account.pk, password=account.password, is_active=True)
    if not unchanged.update(password=hashed):
        raise SignInChanged(_("Вход только что изменили. Попробуйте ещё раз"))
    end_sessions(account_ids=[account.pk], but=but)
    record("accounts.password.change", actor=actor, target=account, at=now)
