"""Ways in for the people of a school: cards, one-time codes, resets."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sreda.access.facade import Actor
from sreda.accounts.facade import (
    CardHolder,
    EndReason,
    IssuedCode,
    PrintedCard,
    account_ids_of,
    draw_cards,
    end_cards,
    issue_cards,
    issue_codes,
    lock_accounts,
    reset_sign_in,
    with_password,
    written_code,
)
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, NotFound, require
from sreda.people.facade import Person, full_name
from sreda.roster.actions.telling import tell_of_code, tell_of_reset
from sreda.roster.calculations.naming import class_name
from sreda.roster.calculations.printed import (
    CodeSlip,
    PrintedCards,
    PrintedCodes,
    PupilCard,
    Without,
)
from sreda.roster.models import SchoolClass
from sreda.roster.policies import (
    NOT_YOURS,
    beyond_reach,
    can_manage_person,
    can_manage_sign_in,
    is_within_reach,
    why_no_code,
)
from sreda.roster.queries.classes import PupilRow, codes_page, pupils_of
from sreda.roster.queries.grants import day_of
from sreda.roster.queries.sheets import why_no_card

NOT_THEIR_WORK = gettext_lazy(
    "Вход выдают и сбрасывают классный руководитель своему классу, администратор и директор"
)


class NobodyChosen(DomainError):
    """No name was ticked."""


class NoCard(DomainError):
    """There is no live card to end."""


class OfAClass(Protocol):
    """A row that a form names by its uid."""

    @property
    def uid(self) -> UUID:
        """The person's uid."""


Row = TypeVar("Row", bound=OfAClass)


def print_cards(
    *, actor: Actor, school_class: SchoolClass, pupils: Sequence[UUID], now: datetime
) -> PrintedCards:
    """Make new cards for pupils of a class; their earlier cards of this school and sessions end.

    :raises Forbidden: to those who do not manage the class's sign-in.
    :raises NobodyChosen: for an empty list. :raises NotFound: for a uid that is not in the class.
    Cost: 24 statements; one hash per card, before the transaction.
    """
    today = day_of(now)
    _require_class(actor, school_class, today)
    chosen = _chosen(pupils_of(school_class, today=today, now=now), pupils)
    holders = [
        CardHolder(row.sign_in.account_id, row.birth_date)
        for row in chosen
        if row.sign_in is not None and row.gets_card
    ]
    drawn = {card.account_id: card for card in draw_cards(holders, today=today)}
    return _write_cards(actor=actor, school_class=school_class, pupils=pupils, drawn=drawn, now=now)


@transaction.atomic(durable=True)
def _write_cards(
    *,
    actor: Actor,
    school_class: SchoolClass,
    pupils: Sequence[UUID],
    drawn: Mapping[int, PrintedCard],
    now: datetime,
) -> PrintedCards:
    today = day_of(now)
    # All is asked again: a class was being hashed meanwhile.
    _require_class(actor, school_class, today)
    lock_accounts(drawn)
    chosen = _chosen(pupils_of(school_class, today=today, now=now), pupils)
    closed = beyond_reach(actor, [row.person_id for row in chosen], today=today)
    cards = {
        row.person_id: drawn[row.sign_in.account_id]
        for row in chosen
        if row.sign_in and row.sign_in.account_id in drawn and row.person_id not in closed
    }
    issue_cards(
        actor=actor,
        cards=list(cards.values()),
        organization_id=school_class.organization_id,
        now=now,
    )
    _record_class("roster.class.print_cards", actor, school_class, {"cards": len(cards)}, now)
    return _printed_cards(school_class, chosen, cards, closed)


def _printed_cards(
    school_class: SchoolClass,
    chosen: Sequence[PupilRow],
    cards: Mapping[int, PrintedCard],
    closed: set[int],
) -> PrintedCards:
    return PrintedCards(
        school_name=school_class.organization.name,
        class_name=class_name(school_class.grade, school_class.letter),
        cards=tuple(
            PupilCard(name=row.name, secret=card.secret, pin=card.pin, valid_until=card.valid_until)
            for row in chosen
            if (card := cards.get(row.person_id))
        ),
        without=tuple(
            Without(row.name, why_no_card(row, is_closed=row.person_id in closed))
            for row in chosen
            if row.person_id not in cards
        ),
    )


@transaction.atomic(durable=True)
def print_codes(
    *, actor: Actor, school_class: SchoolClass, people: Sequence[UUID], now: datetime
) -> PrintedCodes:
    """Give one-time codes to guardians of a class, and to its pupils that get no card.

    An earlier code of theirs ends; a password stays until the code is used.

    :raises Forbidden: to those who do not manage the class's sign-in.
    :raises NobodyChosen: for an empty list. :raises NotFound: for a uid that is not of the class.
    Owners of a password are told. Cost: 22 statements.
    """
    today = day_of(now)
    _require_class(actor, school_class, today)
    page = codes_page(actor=actor, school_class=school_class, today=today, now=now)
    chosen = _chosen((*page.guardians, *page.pupils), people)
    given = {row.sign_in.account_id: row for row in chosen if row.sign_in}
    # Asked under the lock: somebody may be getting a post at this moment.
    lock_accounts(given)
    ids = [row.person_id for row in chosen]
    refusals = why_no_code(actor, ids, today=today, now=now)
    given = {pk: row for pk, row in given.items() if row.person_id not in refusals}
    at = school_class.organization_id
    issued = issue_codes(actor=actor, account_ids=list(given), now=now, organization_id=at)
    tell_of_code(actor=actor, account_ids=with_password(given), now=now)
    _record_class("roster.class.print_codes", actor, school_class, {"codes": len(issued)}, now)
    return PrintedCodes(
        school_name=school_class.organization.name,
        class_name=page.name,
        slips=tuple(
            _slip(code, row.name, row.whose) for code in issued for row in [given[code.account_id]]
        ),
        without=tuple(
            Without(row.name, refusals[row.person_id])
            for row in chosen
            if row.person_id in refusals
        ),
    )


@transaction.atomic(durable=True)
def issue_code(*, actor: Actor, person: Person, now: datetime) -> CodeSlip:
    """Give one person a one-time code; a password stays until the code is used, and its owner is
    told.

    :raises Forbidden: to those whose work it is not, for a post beyond the actor's reach, and for
        an account in use that reaches another organization.
    """
    account_id = _require_code(actor, person, now)
    issued = issue_codes(
        actor=actor, account_ids=[account_id], now=now, organization_id=actor.scope_id or None
    )[0]
    tell_of_code(actor=actor, account_ids=with_password([account_id]), now=now)
    _record_person("roster.person.issue_code", actor, person, now)
    return _slip(issued, full_name(person))


@transaction.atomic(durable=True)
def reset_person(*, actor: Actor, person: Person, now: datetime) -> CodeSlip:
    """Take a person's password, cards and sessions away, and give a new code; the owner of the
    password is told.

    :raises Forbidden: as ``issue_code``.
    """
    account_id = _require_code(actor, person, now)
    owners = with_password([account_id])
    issued = reset_sign_in(
        actor=actor, account_id=account_id, now=now, organization_id=actor.scope_id or None
    )
    tell_of_reset(actor=actor, account_ids=owners, now=now)
    _record_person("roster.person.reset_sign_in", actor, person, now)
    return _slip(issued, full_name(person))


@transaction.atomic(durable=True)
def revoke_card(*, actor: Actor, person: Person, now: datetime) -> None:
    """End a pupil's card of the actor's organization and what it opened.

    :raises Forbidden: to those whose work it is not.
    :raises NoCard: when there is none to end.
    """
    ended = end_cards(
        actor=actor,
        account_ids=[_require_person(actor, person, now)],
        reason=EndReason.REVOKED,
        now=now,
        organization_id=actor.scope_id or None,
    )
    if not ended:
        raise NoCard(_("Карточки уже нет"))
    _record_person("roster.person.revoke_card", actor, person, now)


def _chosen(rows: Sequence[Row], uids: Sequence[UUID]) -> list[Row]:
    """Return the rows of these uids in the rows' own order."""
    if not uids:
        raise NobodyChosen(_("Отметьте хотя бы одного человека"))
    known = {row.uid for row in rows}
    if not known.issuperset(uids):
        raise NotFound
    return [row for row in rows if row.uid in set(uids)]


def _require_class(actor: Actor, school_class: SchoolClass, today: date) -> None:
    require(can_manage_sign_in(actor, school_class, today=today), str(NOT_THEIR_WORK))


def _require_person(actor: Actor, person: Person, now: datetime) -> int:
    """Return the account, locked, of a person whose sign-in is the actor's work."""
    today = day_of(now)
    require(can_manage_person(actor, person, today=today), str(NOT_THEIR_WORK))
    account_id = account_ids_of([person.pk])[person.pk]
    # Reach is asked under the lock: somebody may be giving the person a post at this moment.
    lock_accounts([account_id])
    require(is_within_reach(actor, person, today=today), str(NOT_YOURS))
    return account_id


def _require_code(actor: Actor, person: Person, now: datetime) -> int:
    account_id = _require_person(actor, person, now)
    refusal = why_no_code(actor, [person.pk], today=day_of(now), now=now).get(person.pk, "")
    require(not refusal, refusal)
    return account_id


def _record_class(
    event: str, actor: Actor, school_class: SchoolClass, made: Mapping[str, int], now: datetime
) -> None:
    record(
        event,
        actor=actor,
        target=school_class,
        organization_id=school_class.organization_id,
        change={field: ["", str(count)] for field, count in made.items()},
        at=now,
    )


def _record_person(event: str, actor: Actor, person: Person, now: datetime) -> None:
    record(event, actor=actor, target=person, organization_id=actor.scope_id or None, at=now)


def _slip(issued: IssuedCode, name: str, whose: tuple[str, ...] = ()) -> CodeSlip:
    return CodeSlip(
        name=name, whose=whose, code=written_code(issued.code), expires_at=issued.expires_at
    )
