"""What a card, a code and a session open; each refusal in words."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from sreda.accounts.models import EndReason, FirstVisitCode, SignInCard, SignInWay
from sreda.foundation.words import moment_words

# A card is held by a child among others, the demo by anybody: neither may take an account over.
MAY_CHANGE_PASSWORD = frozenset({SignInWay.PASSWORD, SignInWay.CODE})


def card_refusal(card: SignInCard | None, *, today: date) -> str:
    """Return why a card, read with its account, opens nothing; empty when it opens."""
    if card is None:
        return _("Такой карточки нет. Попросите классного руководителя напечатать новую")
    if card.end_reason == EndReason.GUESSED:
        return _("Карточка остановлена: PIN вводили неверно. Классный руководитель уже знает")
    if card.ended_at or not card.account.is_active:
        return _("Эта карточка больше не действует. Попросите классного руководителя о новой")
    if card.valid_until <= today:
        return _("С 14 лет вход по логину и паролю. Код для входа выдаст классный руководитель")
    return ""


def code_refusal(code: FirstVisitCode | None, *, now: datetime) -> str:
    """Return why a one-time code, read with its account, opens nothing; empty when it opens."""
    if code is None:
        return _("Такого кода нет. Проверьте буквы и цифры на листке")
    if code.end_reason == EndReason.USED:
        return _("Этот код уже использован. Войдите с логином и паролем или попросите новый код")
    if code.end_reason == EndReason.REVOKED:
        return _("Этот код больше не действует: у вас что-то изменилось. Попросите новый")
    if code.ended_at:
        return _("Этот код заменили новым. Возьмите последний листок")
    if code.expires_at <= now:
        return _("Код действовал до %(moment)s. Попросите новый у того, кто его выдал") % {
            "moment": moment_words(code.expires_at)
        }
    if not code.account.is_active:
        return _("Эта учётная запись закрыта. Спросите у того, кто выдал код")
    return ""


def can_change_password(way: str, *, has_password: bool) -> bool:
    """Say whether a session begun in this way may change the account's password."""
    return has_password and way in MAY_CHANGE_PASSWORD
