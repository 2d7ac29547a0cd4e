"""One person, as far as the acting role may know them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sreda.access.facade import Actor, Role
from sreda.accounts.facade import SignInState, sign_in_states
from sreda.people.facade import Person, full_name
from sreda.roster.calculations.cards import gets_card
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import Enrollment, Guardianship, Post
from sreda.roster.policies import (
    LINKED_ELSEWHERE,
    STAFF,
    can_end_post,
    is_within_reach,
    linked_elsewhere,
    live_q,
    managed_persons,
    posts_to_give,
    visible_persons,
)
from sreda.roster.queries.classes import with_stopped_card
from sreda.roster.queries.opening import open_person


@dataclass(frozen=True, slots=True)
class PersonPost:
    """A post at the acting role's organization."""

    uid: UUID
    title: str
    role: str
    class_name: str
    starts_on: date
    may_end: bool


@dataclass(frozen=True, slots=True)
class PersonClass:
    """A class of the acting role's organization that the person learns in."""

    uid: UUID
    name: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Kin:
    """A guardian of the person, or a child."""

    uid: UUID
    name: str
    kinship: str
    may_sign: bool


@dataclass(frozen=True, slots=True)
class SignInPart:
    """How the person signs in and what the actor may do about it.

    ``card_class``: the class in which a card may be printed, None where the person gets none.
    ``is_closed``: a post of theirs reaches further than the actor's, so nothing from here.
    ``no_code``: why there is no code from here, in words; a card may still be printed.
    """

    state: SignInState | None
    is_stopped: bool
    is_closed: bool
    no_code: str
    card_class: UUID | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person at the acting role's organization; parts that do not open are empty."""

    uid: UUID
    name: str
    birth_date: date | None
    place_uid: UUID | None
    place_name: str
    posts: tuple[PersonPost, ...]
    classes: tuple[PersonClass, ...]
    guardians: tuple[Kin, ...]
    children: tuple[Kin, ...]
    sign_in: SignInPart | None
    may_add_post: bool
    opens_people: bool


def person_page(*, actor: Actor, uid: UUID, today: date, now: datetime) -> PersonPage:
    """Return a person.

    :raises NotFound: when the name does not open to the actor. Cost: at most 13 queries.
    """
    person = open_person(actor=actor, uid=uid, today=today)
    posts = list(
        Post.objects.filter(live_q(today), person=person, organization_id=actor.scope_id)
        .select_related("organization", "school_class")
        .order_by("pk")
    )
    enrolled = _enrollments(person, actor, today)
    is_family = bool(enrolled) and not posts
    return PersonPage(
        uid=person.uid,
        name=full_name(person),
        birth_date=person.birth_date if is_family else None,
        place_uid=actor.scope_uid,
        place_name=actor.scope_name,
        posts=tuple(_post(post, actor) for post in posts),
        classes=tuple(_class(enrollment) for enrollment in enrolled),
        guardians=_guardians(person, today) if enrolled else (),
        children=_children(person, actor, today),
        sign_in=_sign_in(person, enrolled, actor, today=today, now=now),
        may_add_post=bool(posts) and bool(posts_to_give(actor, posts[0].organization)),
        opens_people=actor.holds(*STAFF),
    )


def _enrollments(person: Person, actor: Actor, today: date) -> list[Enrollment]:
    enrollments = Enrollment.objects.filter(
        live_q(today), person=person, organization_id=actor.scope_id
    )
    return list(enrollments.select_related("school_class").order_by("pk"))


def _post(post: Post, actor: Actor) -> PersonPost:
    at = post.school_class
    return PersonPost(
        uid=post.uid,
        title=post.title,
        role=str(post.get_role_display()),
        class_name=class_name(at.grade, at.letter) if at else "",
        starts_on=post.starts_on,
        may_end=can_end_post(actor, post),
    )


def _class(enrollment: Enrollment) -> PersonClass:
    at = enrollment.school_class
    return PersonClass(
        uid=at.uid if at else enrollment.uid,
        name=class_name(at.grade, at.letter) if at else "",
        starts_on=enrollment.starts_on,
    )


def _guardians(person: Person, today: date) -> tuple[Kin, ...]:
    own = Guardianship.objects.filter(live_q(today), child=person).select_related("guardian")
    return tuple(_kin(found, found.guardian) for found in own.order_by("pk"))


def _children(person: Person, actor: Actor, today: date) -> tuple[Kin, ...]:
    if actor.holds(Role.PUPIL):
        return ()
    own = Guardianship.objects.filter(live_q(today), guardian=person)
    own = own.filter(child__in=visible_persons(actor, today=today).values("pk"))
    return tuple(_kin(found, found.child) for found in own.select_related("child").order_by("pk"))


def _kin(found: Guardianship, other: Person) -> Kin:
    return Kin(
        uid=other.uid,
        name=full_name(other),
        kinship=str(found.get_kinship_display()),
        may_sign=found.may_sign,
    )


def _sign_in(
    person: Person, enrolled: list[Enrollment], actor: Actor, *, today: date, now: datetime
) -> SignInPart | None:
    if not managed_persons(actor, today=today).filter(pk=person.pk).exists():
        return None
    at = enrolled[0].school_class if enrolled else None
    states = sign_in_states([person.pk], organization_id=actor.scope_id, today=today, now=now)
    may_have_card = at is not None and gets_card(person.birth_date, today)
    return SignInPart(
        state=states.get(person.pk),
        is_stopped=bool(with_stopped_card([person.pk], actor.scope_id)),
        is_closed=not is_within_reach(actor, person, today=today),
        no_code=str(LINKED_ELSEWHERE) if linked_elsewhere(actor, [person.pk], now=now) else "",
        card_class=at.uid if at and may_have_card else None,
    )
