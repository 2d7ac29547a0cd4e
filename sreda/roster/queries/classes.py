"""One class: its pupils, their guardians, and how each of them can sign in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sreda.access.facade import Actor
from sreda.accounts.facade import Account, EndReason, SignInState, sign_in_states
from sreda.organizations.facade import Organization
from sreda.people.facade import full_name
from sreda.roster.calculations.cards import gets_card
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import Enrollment, Guardianship, SchoolClass
from sreda.roster.policies import can_manage_sign_in, live_q, why_no_code
from sreda.roster.queries.opening import class_teachers, open_class


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """Somebody who represents a pupil of the class."""

    person_id: int
    uid: UUID
    name: str
    kinship: str
    may_sign: bool
    sign_in: SignInState | None


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil of the class; ``gets_card`` is False from 14 on and without a birth date.

    ``is_stopped``: the last card was ended because somebody guessed at its PIN.
    """

    person_id: int
    uid: UUID
    name: str
    birth_date: date | None
    gets_card: bool
    is_stopped: bool
    sign_in: SignInState | None
    guardians: tuple[GuardianRow, ...]


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class with its pupils by name."""

    uid: UUID
    name: str
    year: str
    organization: Organization
    teachers: tuple[str, ...]
    pupils: tuple[PupilRow, ...]
    may_manage: bool


def class_page(*, actor: Actor, uid: UUID, today: date, now: datetime) -> ClassPage:
    """Return a class.

    :raises NotFound: outside the actor's line. :raises Forbidden: to whom it is not open.
    Cost: 10 queries at most, whatever the class's size.
    """
    school_class = open_class(actor=actor, uid=uid, today=today)
    return ClassPage(
        uid=school_class.uid,
        name=class_name(school_class.grade, school_class.letter),
        year=school_class.academic_year.title,
        organization=school_class.organization,
        teachers=tuple(class_teachers([school_class.pk], today=today).get(school_class.pk, ())),
        pupils=pupils_of(school_class, today=today, now=now),
        may_manage=can_manage_sign_in(actor, school_class, today=today),
    )


def pupils_of(school_class: SchoolClass, *, today: date, now: datetime) -> tuple[PupilRow, ...]:
    """Return the pupils of a class by name, with their guardians. Cost: 6 queries."""
    enrollments = list(
        Enrollment.objects.filter(live_q(today), school_class=school_class)
        .select_related("person")
        .order_by("person__sort_name", "pk")
    )
    guardians = _guardians([enrollment.person_id for enrollment in enrollments], today)
    known = [enrollment.person_id for enrollment in enrollments]
    known += [found.guardian_id for own in guardians.values() for found in own]
    at = school_class.organization_id
    states = sign_in_states(known, organization_id=at, today=today, now=now)
    stopped = with_stopped_card([enrollment.person_id for enrollment in enrollments], at)
    return tuple(
        PupilRow(
            person_id=enrollment.person_id,
            uid=enrollment.person.uid,
            name=full_name(enrollment.person),
            birth_date=enrollment.person.birth_date,
            gets_card=gets_card(enrollment.person.birth_date, today),
            is_stopped=enrollment.person_id in stopped,
            sign_in=states.get(enrollment.person_id),
            guardians=tuple(
                _guardian_row(found, states) for found in guardians.get(enrollment.person_id, ())
            ),
        )
        for enrollment in enrollments
    )


def with_stopped_card(person_ids: list[int], organization_id: int) -> set[int]:
    """Return those whose last card of the organization was stopped after wrong PINs.

    Cost: 1 query.
    """
    cards = (
        Account.objects.filter(person_id__in=person_ids, cards__organization_id=organization_id)
        .values_list("person_id", "cards__end_reason")
        .order_by("cards__id")
    )
    last = dict(cards)
    return {person_id for person_id, reason in last.items() if reason == EndReason.GUESSED}


def _guardians(child_ids: list[int], today: date) -> dict[int, list[Guardianship]]:
    found: dict[int, list[Guardianship]] = {}
    own = Guardianship.objects.filter(live_q(today), child_id__in=child_ids)
    for guardianship in own.select_related("guardian").order_by("pk"):
        found.setdefault(guardianship.child_id, []).append(guardianship)
    return found


def _guardian_row(found: Guardianship, states: dict[int, SignInState]) -> GuardianRow:
    return GuardianRow(
        person_id=found.guardian_id,
        uid=found.guardian.uid,
        name=full_name(found.guardian),
        kinship=str(found.get_kinship_display()),
        may_sign=found.may_sign,
        sign_in=states.get(found.guardian_id),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be given a card or a code; ``whose`` are a guardian's children in the class.

    ``refusal``: why the code is not the actor's to give, empty when it is.
    ``is_wanted``: cannot sign in yet, so is chosen unless the teacher says otherwise.
    """

    uid: UUID
    person_id: int
    name: str
    whose: tuple[str, ...]
    sign_in: SignInState | None
    is_wanted: bool
    refusal: str


@dataclass(frozen=True, slots=True)
class CodesPage:
    """Whom codes may be given to: guardians, and pupils that get no card."""

    school_class: SchoolClass
    name: str
    guardians: tuple[Candidate, ...]
    pupils: tuple[Candidate, ...]


def codes_page(*, actor: Actor, school_class: SchoolClass, today: date, now: datetime) -> CodesPage:
    """Return whom the codes of a class may be given to. Cost: 8 queries."""
    pupils = pupils_of(school_class, today=today, now=now)
    whose: dict[int, list[str]] = {}
    guardians: dict[int, GuardianRow] = {}
    for pupil in pupils:
        for guardian in pupil.guardians:
            guardians[guardian.person_id] = guardian
            whose.setdefault(guardian.person_id, []).append(pupil.name)
    older = [pupil for pupil in pupils if not pupil.gets_card]
    ids = [*guardians, *(pupil.person_id for pupil in older)]
    refusals = why_no_code(actor, ids, today=today, now=now)
    return CodesPage(
        school_class=school_class,
        name=class_name(school_class.grade, school_class.letter),
        guardians=tuple(_candidates(guardians.values(), whose, refusals)),
        pupils=tuple(_candidates(older, {}, refusals)),
    )


def _candidates(
    rows: Iterable[GuardianRow | PupilRow], whose: dict[int, list[str]], refusals: dict[int, str]
) -> Iterable[Candidate]:
    for row in rows:
        refusal = refusals.get(row.person_id, "")
        has_password = row.sign_in is not None and row.sign_in.has_password
        yield Candidate(
            uid=row.uid,
            person_id=row.person_id,
            name=row.name,
            whose=tuple(whose.get(row.person_id, ())),
            sign_in=row.sign_in,
            is_wanted=not has_password and not refusal,
            refusal=refusal,
        )
