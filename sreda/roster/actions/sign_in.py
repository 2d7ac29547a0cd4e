"""Ways in for the people of a school: cards, one-time codes, resets."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    account_ids_of,
    end_cards,
    issue_cards,
    issue_codes,
    reset_sign_in,
    written_code,
)
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, NotFound, require
from sreda.people.facade import Person, full_name
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import SchoolClass
from sreda.roster.policies import (
    beyond_reach,
    can_give_code,
    can_manage_person,
    can_manage_sign_in,
)
from sreda.roster.queries.classes import Candidate, PupilRow, codes_page, pupils_of
from sreda.roster.queries.grants import day_of
from sreda.roster.queries.sheets import why_no_card

NOT_YOURS = gettext_lazy(
    "У этого человека есть должность, которую назначают не здесь. Вход ему выдаёт тот, кто назначил"
)
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


@dataclass(frozen=True, slots=True)
class PupilCard:
    """A new card with the PIN, in the clear for the only time."""

    name: str
    secret: str
    pin: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Without:
    """Somebody who was asked for and gets nothing, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PrintedCards:
    """What the sheets of a class show."""

    school_name: str
    class_name: str
    cards: tuple[PupilCard, ...]
    without: tuple[Without, ...]


@dataclass(frozen=True, slots=True)
class CodeSlip:
    """A new one-time code, in the clear for the only time; ``whose`` are a guardian's children."""

    name: str
    whose: tuple[str, ...]
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PrintedCodes:
    """What the slips show."""

    school_name: str
    class_name: str
    slips: tuple[CodeSlip, ...]
    without: tuple[Without, ...]


@transaction.atomic(durable=True)
def print_cards(
    *, actor: Actor, school_class: SchoolClass, pupils: Sequence[UUID], now: datetime
) -> PrintedCards:
    """Make new cards for pupils of a class; their earlier cards and sessions end.

    :raises Forbidden: to those who do not manage the class's sign-in.
    :raises NobodyChosen: for an empty list. :raises NotFound: for a uid that is not in the class.
    Cost: 16 statements and one hash per card.
    """
    today = day_of(now)
    _require_class(actor, school_class, today)
    # Two prints at once would each end the other's cards without knowing of them.
    SchoolClass.objects.select_for_update(of=("self",)).get(pk=school_class.pk)
    chosen = _chosen(pupils_of(school_class, today=today, now=now), pupils)
    closed = beyond_reach(actor, [row.person_id for row in chosen], today=today)
    cards = _issue_cards(
        actor, school_class, [row for row in chosen if row.person_id not in closed], now
    )
    record(
        "roster.class.print_cards",
        actor=actor,
        target=school_class,
        organization_id=school_class.organization_id,
        change={"cards": ["", str(len(cards))]},
        at=now,
    )
    return PrintedCards(
        school_name=school_class.organization.name,
        class_name=class_name(school_class.grade, school_class.letter),
        cards=tuple(cards.values()),
        without=tuple(
            Without(row.name, why_no_card(row, is_closed=row.person_id in closed))
            for row in chosen
            if row.person_id not in cards
        ),
    )


def _issue_cards(
    actor: Actor, school_class: SchoolClass, rows: Sequence[PupilRow], now: datetime
) -> dict[int, PupilCard]:
    holders = {
        row.sign_in.account_id: row for row in rows if row.sign_in is not None and row.gets_card
    }
    printed = issue_cards(
        actor=actor,
        holders=[CardHolder(pk, row.birth_date) for pk, row in holders.items()],
        organization_id=school_class.organization_id,
        today=day_of(now),
        now=now,
    )
    return {
        holders[card.account_id].person_id: PupilCard(
            name=holders[card.account_id].name,
            secret=card.secret,
            pin=card.pin,
            valid_until=card.valid_until,
        )
        for card in printed
    }


@transaction.atomic(durable=True)
def print_codes(
    *, actor: Actor, school_class: SchoolClass, people: Sequence[UUID], now: datetime
) -> PrintedCodes:
    """Give one-time codes to guardians of a class, and to its pupils that get no card.

    An earlier code of theirs ends; a password stays until the code is used.

    :raises Forbidden: to those who do not manage the class's sign-in.
    :raises NobodyChosen: for an empty list. :raises NotFound: for a uid that is not of the class.
    Cost: 15 statements.
    """
    today = day_of(now)
    _require_class(actor, school_class, today)
    page = codes_page(actor=actor, school_class=school_class, today=today, now=now)
    chosen = _chosen((*page.guardians, *page.pupils), people)
    given = {row.sign_in.account_id: row for row in chosen if row.sign_in and not row.is_closed}
    issued = issue_codes(actor=actor, account_ids=list(given), now=now)
    record(
        "roster.class.print_codes",
        actor=actor,
        target=school_class,
        organization_id=school_class.organization_id,
        change={"codes": ["", str(len(issued))]},
        at=now,
    )
    return PrintedCodes(
        school_name=school_class.organization.name,
        class_name=page.name,
        slips=tuple(_slip(code, given[code.account_id]) for code in issued),
        without=tuple(Without(row.name, str(NOT_YOURS)) for row in chosen if row.is_closed),
    )


def _slip(issued: IssuedCode, row: Candidate) -> CodeSlip:
    return CodeSlip(
        name=row.name,
        whose=row.whose,
        code=written_code(issued.code),
        expires_at=issued.expires_at,
    )


@transaction.atomic(durable=True)
def issue_code(*, actor: Actor, person: Person, now: datetime) -> CodeSlip:
    """Give one person a one-time code; a password stays until the code is used.

    :raises Forbidden: to those whose work it is not, and for a post beyond the actor's reach.
    """
    account_id = _require_person(actor, person, now)
    issued = issue_codes(actor=actor, account_ids=[account_id], now=now)[0]
    _record_person("roster.person.issue_code", actor, person, now)
    return _slip_of(person, issued)


@transaction.atomic(durable=True)
def reset_person(*, actor: Actor, person: Person, now: datetime) -> CodeSlip:
    """Take a person's password, card and sessions away, and give a new code.

    :raises Forbidden: to those whose work it is not, and for a post beyond the actor's reach.
    """
    account_id = _require_person(actor, person, now)
    issued = reset_sign_in(actor=actor, account_id=account_id, now=now)
    _record_person("roster.person.reset_sign_in", actor, person, now)
    return _slip_of(person, issued)


@transaction.atomic(durable=True)
def revoke_card(*, actor: Actor, person: Person, now: datetime) -> None:
    """End a pupil's card and what it opened.

    :raises Forbidden: to those whose work it is not.
    :raises NoCard: when there is none to end.
    """
    account_id = _require_person(actor, person, now)
    if not end_cards(actor=actor, account_ids=[account_id], reason=EndReason.REVOKED, now=now):
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
    """Return the account of a person whose sign-in is the actor's work."""
    today = day_of(now)
    require(can_manage_person(actor, person, today=today), str(NOT_THEIR_WORK))
    require(can_give_code(actor, person, today=today), str(NOT_YOURS))
    return account_ids_of([person.pk])[person.pk]


def _record_person(event: str, actor: Actor, person: Person, now: datetime) -> None:
    record(event, actor=actor, target=person, organization_id=actor.scope_id or None, at=now)


def _slip_of(person: Person, issued: IssuedCode) -> CodeSlip:
    return CodeSlip(
        name=full_name(person),
        whose=(),
        code=written_code(issued.code),
        expires_at=issued.expires_at,
    )
