"""Sign-in cards: a QR address with a secret, and a PIN told apart from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from sreda.accounts.actions.attempts import count_attempt, forget_attempts
from sreda.accounts.actions.sessions import (
    AccountItself,
    Client,
    SignedIn,
    begin_session,
    end_sessions,
)
from sreda.accounts.calculations.ages import CARD_ENDS_AT, birthday
from sreda.accounts.calculations.secrets import new_card_secret, new_pin
from sreda.accounts.models import EndReason, SignInCard, SignInWay
from sreda.audit.facade import Doer, record, record_many
from sreda.foundation.digests import digest
from sreda.foundation.errors import DomainError
from sreda.foundation.jobs import enqueue_on_commit

FAILURES_TO_STOP = 10


class CardRefused(DomainError):
    """The card or its PIN opens nothing; the text says what to do."""


@dataclass(frozen=True, slots=True)
class CardHolder:
    """Whom a card is printed for."""

    account_id: int
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A new card, in the clear for the only time."""

    account_id: int
    secret: str
    pin: str
    valid_until: date


@transaction.atomic(savepoint=False)
def issue_cards(
    *,
    actor: Doer,
    holders: Sequence[CardHolder],
    organization_id: int,
    today: date,
    now: datetime,
) -> list[PrintedCard]:
    """Print a new card for each holder under 14; earlier cards and their sessions end.

    A piece: the caller checks the permission. Holders of 14 and more, or without a birth date,
    get none. Cost: 5 statements and one hash per card.
    """
    printed = [
        PrintedCard(
            account_id=holder.account_id,
            secret=new_card_secret(),
            pin=new_pin(),
            valid_until=birthday(holder.birth_date, CARD_ENDS_AT),
        )
        for holder in holders
        if holder.birth_date and birthday(holder.birth_date, CARD_ENDS_AT) > today
    ]
    account_ids = [card.account_id for card in printed]
    _end(SignInCard.objects.filter(account_id__in=account_ids), EndReason.NEW_PRINT, now)
    end_sessions(account_ids=account_ids)
    rows = SignInCard.objects.bulk_create(
        [
            SignInCard(
                account_id=card.account_id,
                organization_id=organization_id,
                digest=digest(card.secret),
                pin_hash=make_password(card.pin),
                issued_by=actor.account_id,
                issued_at=now,
                valid_until=card.valid_until,
            )
            for card in printed
        ]
    )
    record_many(
        "accounts.card.print",
        actor=actor,
        targets=[(row, {"account": ["", row.account_id]}) for row in rows],
        at=now,
    )
    return printed


@transaction.atomic(savepoint=False)
def end_cards(
    *, actor: Doer, account_ids: Iterable[int], reason: EndReason, now: datetime
) -> int:
    """End the live cards of these accounts and what they opened; return how many. A piece."""
    ids = list(account_ids)
    cards = list(SignInCard.objects.filter(account_id__in=ids, ended_at__isnull=True))
    if not cards:
        return 0
    _end(SignInCard.objects.filter(pk__in=[card.pk for card in cards]), reason, now)
    end_sessions(account_ids=[card.account_id for card in cards])
    record_many(
        "accounts.card.end",
        actor=actor,
        targets=[(card, {"reason": ["", reason]}) for card in cards],
        at=now,
    )
    return len(cards)


def _end(cards: "QuerySet[SignInCard]", reason: EndReason, now: datetime) -> None:
    cards.filter(ended_at__isnull=True).update(ended_at=now, end_reason=reason)


def sign_in_by_card(
    *, secret: str, pin: str, client: Client, today: date, now: datetime
) -> SignedIn:
    """Open a session by a card and its PIN, bound to the card's organization.

    The tenth wrong PIN ends the card, and the class teacher is told.

    :raises TooMany: after five tries a minute.
    :raises CardRefused: when the card has ended or the PIN is wrong. Cost: one hash.
    """
    subject = f"card:{digest(secret)}"
    count_attempt(subject=subject, address=client.address, now=now)
    card = SignInCard.objects.filter(digest=digest(secret)).first()
    if card is None:
        raise CardRefused(_("Такой карточки нет. Попросите классного руководителя напечатать новую"))
    fits = check_password(pin, card.pin_hash)
    signed_in = _use(card_id=card.pk, fits=fits, client=client, today=today, now=now)
    if signed_in is None:
        raise CardRefused(_("PIN не подошёл. Он напечатан на листе у классного руководителя"))
    forget_attempts(subject=subject)
    return signed_in


def _use(
    *, card_id: int, fits: bool, client: Client, today: date, now: datetime
) -> SignedIn | None:
    with transaction.atomic(durable=True):
        card = (
            SignInCard.objects.select_for_update(of=("self",))
            .select_related("account")
            .get(pk=card_id)
        )
        refusal = _refusal(card, today)
        if refusal:
            raise CardRefused(refusal)
        if not fits:
            _count_failure(card, now)
            return None
        if card.failures:
            SignInCard.objects.filter(pk=card.pk).update(failures=0)
        return begin_session(
            account=card.account,
            way=SignInWay.CARD,
            client=client,
            now=now,
            bound_to_id=card.organization_id,
        )


def _refusal(card: SignInCard, today: date) -> str:
    if card.ended_at and card.end_reason == EndReason.GUESSED:
        return _("Карточка остановлена: PIN вводили неверно. Классный руководитель уже знает")
    if card.ended_at or not card.account.is_active:
        return _("Эта карточка больше не действует. Попросите классного руководителя о новой")
    if card.valid_until <= today:
        return _("С 14 лет вход по логину и паролю. Код для входа выдаст классный руководитель")
    return ""


def _count_failure(card: SignInCard, now: datetime) -> None:
    SignInCard.objects.filter(pk=card.pk).update(failures=F("failures") + 1)
    if card.failures + 1 < FAILURES_TO_STOP:
        return
    end_cards(
        actor=AccountItself(account_id=None),
        account_ids=[card.account_id],
        reason=EndReason.GUESSED,
        now=now,
    )
    record(
        "accounts.card.stop",
        actor=AccountItself(account_id=None),
        target=card,
        organization_id=card.organization_id,
        at=now,
    )
    enqueue_on_commit("roster.tell_card_stopped", card_uid=str(card.uid))
