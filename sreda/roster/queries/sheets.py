"""What is asked before something is printed or ended."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.errors import require
from sreda.people.facade import Person, full_name
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import SchoolClass
from sreda.roster.policies import (
    NOT_YOURS,
    beyond_reach,
    can_end_post,
    can_manage_person,
    can_manage_sign_in,
    is_within_reach,
    why_no_code,
)
from sreda.roster.queries.classes import Candidate, CodesPage, PupilRow, codes_page, pupils_of
from sreda.roster.queries.opening import open_class, open_person, open_post


def open_class_to_manage(*, actor: Actor, uid: UUID, today: date) -> SchoolClass:
    """Return a class whose pupils and guardians the actor lets in.

    :raises NotFound: outside the actor's line. :raises Forbidden: inside it. Cost: 2 or 3 queries.
    """
    school_class = open_class(actor=actor, uid=uid, today=today)
    require(
        can_manage_sign_in(actor, school_class, today=today),
        _("Карточки и коды выдают классный руководитель, администратор и директор"),
    )
    return school_class


@dataclass(frozen=True, slots=True)
class CardsSheet:
    """Whom cards can be printed for, and who gets none, with the reason in words."""

    class_uid: UUID
    name: str
    pupils: tuple[PupilRow, ...]
    without: tuple[tuple[str, str], ...]


def cards_sheet(
    *, actor: Actor, school_class: SchoolClass, today: date, now: datetime
) -> CardsSheet:
    """Return whom cards of a class can be printed for. Cost: 7 queries."""
    rows = pupils_of(school_class, today=today, now=now)
    closed = beyond_reach(actor, [row.person_id for row in rows], today=today)
    reasons = {row.person_id: why_no_card(row, is_closed=row.person_id in closed) for row in rows}
    return CardsSheet(
        class_uid=school_class.uid,
        name=class_name(school_class.grade, school_class.letter),
        pupils=tuple(row for row in rows if not reasons[row.person_id]),
        without=tuple((row.name, reasons[row.person_id]) for row in rows if reasons[row.person_id]),
    )


def why_no_card(row: PupilRow, *, is_closed: bool) -> str:
    """Return why a pupil gets no card; empty for one who does. No query."""
    if row.birth_date is None:
        return _("не указана дата рождения")
    if not row.gets_card:
        return _("исполнилось 14 лет, вход по логину и паролю")
    if is_closed:
        return _("есть должность, вход выдаёт тот, кто её назначил")
    return ""


@dataclass(frozen=True, slots=True)
class CodesSheet:
    """Whom codes can be given to, and who gets none here."""

    class_uid: UUID
    name: str
    guardians: tuple[Candidate, ...]
    pupils: tuple[Candidate, ...]
    closed: tuple[Candidate, ...]


def codes_sheet(
    *, actor: Actor, school_class: SchoolClass, today: date, now: datetime
) -> CodesSheet:
    """Return whom codes of a class can be given to. Cost: 8 queries."""
    page: CodesPage = codes_page(actor=actor, school_class=school_class, today=today, now=now)
    return CodesSheet(
        class_uid=school_class.uid,
        name=page.name,
        guardians=tuple(row for row in page.guardians if not row.refusal),
        pupils=tuple(row for row in page.pupils if not row.refusal),
        closed=tuple(row for row in (*page.guardians, *page.pupils) if row.refusal),
    )


def person_to_manage(*, actor: Actor, uid: UUID, today: date) -> Person:
    """Return a person whose sign-in is the actor's work.

    :raises NotFound: when the name does not open to the actor.
    :raises Forbidden: when it does and the work is another's. Cost: 3 queries.
    """
    person = open_person(actor=actor, uid=uid, today=today)
    require(
        can_manage_person(actor, person, today=today),
        _("Вход выдают и сбрасывают классный руководитель своему классу, администратор и директор"),
    )
    require(is_within_reach(actor, person, today=today), str(NOT_YOURS))
    return person


def person_to_give_code(*, actor: Actor, uid: UUID, today: date, now: datetime) -> Person:
    """Return a person who may get a code from the actor.

    :raises NotFound: when the name does not open to the actor.
    :raises Forbidden: when it does and the code is another's to give. Cost: 5 queries.
    """
    person = person_to_manage(actor=actor, uid=uid, today=today)
    refusal = why_no_code(actor, [person.pk], today=today, now=now).get(person.pk, "")
    require(not refusal, refusal)
    return person


@dataclass(frozen=True, slots=True)
class EndingPost:
    """A post that is about to end."""

    uid: UUID
    person_uid: UUID
    name: str
    title: str
    class_name: str


def post_to_end(*, actor: Actor, uid: UUID, today: date) -> EndingPost:
    """Return a post that the actor may end.

    :raises NotFound: outside the actor's line. :raises Forbidden: inside it. Cost: 1 query.
    """
    post = open_post(actor=actor, uid=uid, today=today)
    require(
        can_end_post(actor, post),
        _("Эту должность снимает тот, кто её назначает. Свою снимает другой администратор"),
    )
    at = post.school_class
    return EndingPost(
        uid=post.uid,
        person_uid=post.person.uid,
        name=full_name(post.person),
        title=post.title,
        class_name=class_name(at.grade, at.letter) if at else "",
    )
