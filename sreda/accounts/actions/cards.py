"""Sign-in cards: a QR address with a secret, and a PIN told apart from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from sreda.accounts.actions.attempts import count_attempt, forget_attempts
from sreda.accounts.actions.locks import lock_accounts
from sreda.accounts.actions.sessions import (
    AccountItself,
    Bounds,
    Client,
    SignedIn,
    begin_session,
    end_card_sessions,
)
from sreda.accounts.calculations.ages import CARD_ENDS_AT, birthday
from sreda.accounts.calculations.secrets import new_card_secret, new_pin
from sreda.accounts.models import EndReason, SignInCard, SignInWay
from sreda.accounts.policies import card_refusal
from sreda.audit.facade import Doer, record, record_many
from sreda.foundation.digests import digest
from sreda.foundation.errors import DomainError
from sreda.foundation.jobs import enqueue_on_commit

FAILURES_TO_STOP = 10
# A right PIN does not start the count anew: the owner's visits would give a guesser ten tries each.
FORGIVEN_BY_A_RIGHT_PIN = 2


class CardRefused(DomainError):
    """The card opens nothing, whatever the PIN; the text says what to do."""


class WrongPin(DomainError):
    """The card is good, the PIN is not."""


@dataclass(frozen=True, slots=True)
class CardHolder:
    """Whom a card is printed for."""

    account_id: int
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A new card, in the clear for the only time, with the hash that stays."""

    account_id: int
    secret: str
    pin: str
    valid_until: date
    pin_hash: str = field(repr=False)


def draw_cards(holders: Sequence[CardHolder], *, today: date) -> list[PrintedCard]:
    """Make up a card for each holder under 14; nothing is written and none of them opens anything.

    Holders of 14 and more, or without a birth date, get none. Do it before the transaction: the
    hashes of a class take seconds, and locks would wait. Cost: one hash per card, no statement.
    """
    return [
        _card(holder, birthday(holder.birth_date, CARD_ENDS_AT))
        for holder in holders
        if holder.birth_date and birthday(holder.birth_date, CARD_ENDS_AT) > today
    ]


def _card(holder: CardHolder, valid_until: date) -> PrintedCard:
    pin = new_pin()
    return PrintedCard(
        account_id=holder.account_id,
        secret=new_card_secret(),
        pin=pin,
        valid_until=valid_until,
        pin_hash=make_password(pin),
    )


@transaction.atomic(savepoint=False)
def issue_cards(
    *, actor: Doer, cards: Sequence[PrintedCard], organization_id: int, now: datetime
) -> None:
    """Write cards that were drawn; earlier ones of this organization and what they opened end.

    A piece: the caller checks the permission. Cost: 6 statements.
    """
    rows = [
        SignInCard(
            account_id=card.account_id,
            organization_id=organization_id,
            digest=digest(card.secret),
            pin_hash=card.pin_hash,
            issued_by=actor.account_id,
            issued_at=now,
            valid_until=card.valid_until,
        )
        for card in cards
    ]
    account_ids = [card.account_id for card in cards]
    lock_accounts(account_ids)
    here = SignInCard.objects.filter(account_id__in=account_ids, organization_id=organization_id)
    _end(here, EndReason.NEW_PRINT, now)
    end_card_sessions(account_ids=account_ids, organization_id=organization_id)
    SignInCard.objects.bulk_create(rows)
    record_many(
        "accounts.card.print",
        actor=actor,
        targets=[(row, {"account": ["", row.account_id]}) for row in rows],
        at=now,
    )


@transaction.atomic(savepoint=False)
def end_cards(
    *,
    actor: Doer,
    account_ids: Iterable[int],
    reason: EndReason,
    now: datetime,
    organization_id: int | None = None,
) -> int:
    """End the live cards of these accounts, at one organization or at all of them, and what they
    opened; return how many. A piece. Cost: 2 statements, 3 more when there are any.
    """
    ids = list(account_ids)
    lock_accounts(ids)
    live = SignInCard.objects.filter(account_id__in=ids, ended_at__isnull=True)
    if organization_id is not None:
        live = live.filter(organization_id=organization_id)
    cards = list(live)
    if not cards:
        return 0
    _end(SignInCard.objects.filter(pk__in=[card.pk for card in cards]), reason, now)
    end_card_sessions(
        account_ids=[card.account_id for card in cards], organization_id=organization_id
    )
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
    """Open a session by a card and its PIN, bound to the card's organization and to its last day.

    The tenth wrong PIN ends the card, and the class teacher is told.

    :raises TooMany: after five tries a minute.
    :raises CardRefused: when there is no such card, or it has ended.
    :raises WrongPin: when the card is good and the PIN is not. Cost: 9 statements and one hash.
    """
    subject = f"card:{digest(secret)}"
    count_attempt(subject=subject, address=client.address, now=now)
    card = SignInCard.objects.filter(digest=digest(secret)).select_related("account").first()
    refusal = card_refusal(card, today=today)
    if card is None or refusal:
        raise CardRefused(refusal)
    fits = check_password(pin, card.pin_hash)
    signed_in = _use(card=card, fits=fits, client=client, today=today, now=now)
    if signed_in is None:
        raise WrongPin(_("PIN не подошёл. Он записан на листе у классного руководителя"))
    forget_attempts(subject=subject)
    return signed_in


def _use(
    *, card: SignInCard, fits: bool, client: Client, today: date, now: datetime
) -> SignedIn | None:
    with transaction.atomic(durable=True):
        lock_accounts([card.account_id])
        card = SignInCard.objects.select_related("account").get(pk=card.pk)
        # Asked again under the lock: the card may have been stopped while the PIN was hashed.
        refusal = card_refusal(card, today=today)
        if refusal:
            raise CardRefused(refusal)
        if not fits:
            _count_failure(card, now)
            return None
        if card.failures:
            left = Greatest(F("failures") - FORGIVEN_BY_A_RIGHT_PIN, 0)
            SignInCard.objects.filter(pk=card.pk).update(failures=left)
        return begin_session(
            account=card.account,
            way=SignInWay.CARD,
            client=client,
            now=now,
            bounds=Bounds(organization_id=card.organization_id, until=card.valid_until),
        )


def _count_failure(card: SignInCard, now: datetime) -> None:
    SignInCard.objects.filter(pk=card.pk).update(failures=F("failures") + 1)
    if card.failures + 1 < FAILURES_TO_STOP:
        return
    end_cards(
        actor=AccountItself(account_id=None),
        account_ids=[card.account_id],
        reason=EndReason.GUESSED,
        now=now,
        organization_id=card.organization_id,
    )
    record(
        "accounts.card.stop",
        actor=AccountItself(account_id=None),
        target=card,
        organization_id=card.organization_id,
        at=now,
    )
    enqueue_on_commit("roster.tell_card_stopped", card_uid=str(card.uid))
