"""The people of one organization: its staff by role, its classes, and whom a search finds."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from sreda.access.facade import Actor
from sreda.accounts.facade import SignInState, sign_in_states
from sreda.foundation.paging import Page, page_of
from sreda.foundation.words import fold
from sreda.organizations.facade import Organization
from sreda.people.facade import Person, full_name
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import Enrollment, Guardianship, Post, PostRole, SchoolClass
from sreda.roster.policies import (
    can_manage_roll,
    live_q,
    posts_to_give,
    visible_classes,
    visible_persons,
)
from sreda.roster.queries.opening import class_teachers, open_place

FOUND_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class PostWords:
    """What somebody is here: «учитель физики», «классный руководитель, 8 «Б»»."""

    title: str
    role: str
    class_name: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A colleague; ``sign_in`` is None for those who may not manage it."""

    uid: UUID
    name: str
    posts: tuple[PostWords, ...]
    sign_in: SignInState | None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with the number of its pupils and the names of its teachers."""

    uid: UUID
    name: str
    pupils: int
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A pupil or a guardian that a search found; the note says of which class or child."""

    uid: UUID
    name: str
    class_name: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleCount:
    """How many colleagues hold posts of one role."""

    code: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everything the page shows; ``found`` is empty without a search."""

    organization: Organization
    staff: Page[StaffRow]
    roles: tuple[RoleCount, ...]
    classes: tuple[ClassRow, ...]
    found: tuple[FoundRow, ...]
    may_add: bool
    may_manage: bool


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What was asked for: words of a name, a role's code, the page's number."""

    text: str = ""
    role: str = ""
    number: int = 1


def people_page(
    *, actor: Actor, uid: UUID, wanted: PeopleFilter, today: date, now: datetime
) -> PeoplePage:
    """Return the people of an organization.

    :raises NotFound: outside the actor's line. :raises Forbidden: to whom names do not open there.
    Cost: 7 queries, 3 more for those who manage sign-in, 3 more with a search.
    """
    organization = open_place(actor=actor, uid=uid)
    may_manage = can_manage_roll(actor, organization)
    staff = _staff(organization, wanted, today)
    return PeoplePage(
        organization=organization,
        staff=_with_posts(staff, organization, may_manage=may_manage, today=today, now=now),
        roles=_role_counts(organization, today),
        classes=_classes(actor, organization, today),
        found=_families(actor, wanted.text, today) if fold(wanted.text) else (),
        may_add=bool(posts_to_give(actor, organization)),
        may_manage=may_manage,
    )


def named(people: "QuerySet[Person]", text: str) -> "QuerySet[Person]":
    """Return those in whose name every word of ``text`` stands. No query."""
    for word in fold(text).split():
        people = people.filter(search_name__contains=word)
    return people


def _staff(organization: Organization, wanted: PeopleFilter, today: date) -> Page[Person]:
    posts = Post.objects.filter(live_q(today), organization=organization)
    if wanted.role:
        posts = posts.filter(role=wanted.role)
    people = named(Person.objects.filter(pk__in=posts.values("person_id")), wanted.text)
    return page_of(people.order_by("sort_name", "pk"), number=wanted.number, row=lambda p: p)


def _with_posts(
    staff: Page[Person],
    organization: Organization,
    *,
    may_manage: bool,
    today: date,
    now: datetime,
) -> Page[StaffRow]:
    ids = [person.pk for person in staff.rows]
    posts = posts_of(ids, organization, today=today)
    states: dict[int, SignInState] = {}
    if may_manage:
        states = sign_in_states(ids, organization_id=organization.pk, today=today, now=now)
    rows = tuple(
        StaffRow(
            uid=person.uid,
            name=full_name(person),
            posts=tuple(post_words(post) for post in posts.get(person.pk, ())),
            sign_in=states.get(person.pk),
        )
        for person in staff.rows
    )
    return Page(
        rows=rows, number=staff.number, pages=staff.pages, total=staff.total, size=staff.size
    )


def posts_of(
    person_ids: list[int], organization: Organization, *, today: date
) -> dict[int, list[Post]]:
    """Return the posts that people hold at an organization, by person id. Cost: 1 query."""
    found: dict[int, list[Post]] = {}
    posts = Post.objects.filter(
        live_q(today), organization=organization, person_id__in=person_ids
    ).select_related("school_class", "organization")
    for post in posts.order_by("pk"):
        found.setdefault(post.person_id, []).append(post)
    return found


def post_words(post: Post) -> PostWords:
    """Return a post, read with its class, in words. No query."""
    at = post.school_class
    return PostWords(
        title=post.title,
        role=str(post.get_role_display()),
        class_name=class_name(at.grade, at.letter) if at else "",
    )


def _role_counts(organization: Organization, today: date) -> tuple[RoleCount, ...]:
    counts = dict(
        Post.objects.filter(live_q(today), organization=organization)
        .values_list("role")
        .annotate(people=Count("person_id", distinct=True))
        .order_by("role")
    )
    return tuple(
        RoleCount(code=role.value, label=str(role.label), people=counts[role.value])
        for role in PostRole
        if role.value in counts
    )


def _classes(actor: Actor, organization: Organization, today: date) -> tuple[ClassRow, ...]:
    classes = list(
        present_classes(organization, today=today)
        .filter(pk__in=visible_classes(actor, today=today).values("pk"))
        .annotate(pupils=Count("enrollments", filter=live_q(today, "enrollments__"), distinct=True))
        .order_by("grade", "letter", "pk")
    )
    teachers = class_teachers([found.pk for found in classes], today=today) if classes else {}
    return tuple(
        ClassRow(
            uid=found.uid,
            name=class_name(found.grade, found.letter),
            pupils=found.pupils,
            teachers=tuple(teachers.get(found.pk, ())),
        )
        for found in classes
    )


def present_classes(organization: Organization, *, today: date) -> "QuerySet[SchoolClass]":
    """Return the classes of the last school year that has begun here: in summer still the old one,
    until the next begins. No query.
    """
    begun = SchoolClass.objects.filter(
        organization=organization, academic_year__starts_on__lte=today
    )
    last = begun.order_by("-academic_year__starts_on").values("academic_year_id")[:1]
    return SchoolClass.objects.filter(organization=organization, academic_year_id=Subquery(last))


def _families(actor: Actor, text: str, today: date) -> tuple[FoundRow, ...]:
    """Return pupils and guardians by name, at most thirty."""
    enrolled = Enrollment.objects.filter(
        live_q(today), person_id=OuterRef("pk"), organization_id=actor.scope_id
    ).order_by("pk")
    posts = Post.objects.filter(live_q(today), organization_id=actor.scope_id)
    people = named(visible_persons(actor, today=today), text)
    found = list(
        people.exclude(pk__in=posts.values("person_id"))
        .annotate(
            grade=Subquery(enrolled.values("school_class__grade")[:1]),
            letter=Subquery(enrolled.values("school_class__letter")[:1]),
        )
        .order_by("sort_name", "pk")[:FOUND_AT_MOST]
    )
    children = _children_of([person.pk for person in found], actor, today)
    return tuple(
        FoundRow(
            uid=person.uid,
            name=full_name(person),
            class_name=class_name(person.grade, person.letter or "") if person.grade else "",
            children=tuple(children.get(person.pk, ())),
        )
        for person in found
    )


def _children_of(guardian_ids: list[int], actor: Actor, today: date) -> dict[int, list[str]]:
    here = Q(child__in=visible_persons(actor, today=today).values("pk"))
    own = Guardianship.objects.filter(live_q(today), here, guardian_id__in=guardian_ids)
    found: dict[int, list[str]] = {}
    for guardianship in own.select_related("child").order_by("child__sort_name", "pk"):
        found.setdefault(guardianship.guardian_id, []).append(full_name(guardianship.child))
    return found
