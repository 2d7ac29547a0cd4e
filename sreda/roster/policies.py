"""Who may change and see the roster."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from sreda.access.facade import Actor, Grant, Role
from sreda.accounts.facade import in_use_q
from sreda.organizations.facade import Organization
from sreda.people.facade import Person
from sreda.roster.calculations.periods import grown_born_by
from sreda.roster.models import Enrollment, Guardianship, Post, PostRole, SchoolClass

STAFF = (
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.HEAD_TEACHER,
    Role.DIRECTOR,
    Role.SCHOOL_ADMIN,
)
_TEACHING = frozenset({PostRole.TEACHER, PostRole.CLASS_TEACHER, PostRole.HEAD_TEACHER})
_OF_THE_LINE = frozenset(
    {
        PostRole.SCHOOL_ADMIN,
        PostRole.DIRECTOR,
        PostRole.MUNICIPAL,
        PostRole.MINISTRY,
        PostRole.AUTHOR,
        PostRole.EXPERT,
        PostRole.OBSERVER,
    }
)
# Nobody gives a role that reaches further than their own.
GIVES: dict[Role, frozenset[PostRole]] = {
    Role.SCHOOL_ADMIN: _TEACHING | {PostRole.SCHOOL_ADMIN},
    Role.DIRECTOR: _TEACHING | {PostRole.SCHOOL_ADMIN},
    Role.MINISTRY: _OF_THE_LINE,
    Role.OPERATOR: _OF_THE_LINE | {PostRole.OPERATOR},
}

NOT_YOURS = gettext_lazy(
    "У этого человека есть должность, которую назначают не здесь. Вход ему выдаёт тот, кто назначил"
)
LINKED_ELSEWHERE = gettext_lazy(
    "Этот человек связан и с другой организацией. Новый код выдаст оператор: передайте ему логин"
)


def live_q(today: date, prefix: str = "") -> Q:
    """Return the filter of facts that hold on a day and were not ended."""
    begun = Q(**{f"{prefix}starts_on__lte": today, f"{prefix}ended_at__isnull": True})
    return begun & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": today}))


def posts_to_give(actor: Actor, organization: Organization) -> frozenset[PostRole]:
    """Return the roles of the posts that the actor may open and end at an organization."""
    if actor.is_system:
        return frozenset(PostRole)
    if actor.role is None or not actor.covers(organization):
        return frozenset()
    return GIVES.get(actor.role, frozenset())


def can_appoint(actor: Actor, organization: Organization, role: str) -> bool:
    """The system; the school's director and administrator for its teaching posts and its
    administrators; ministry and operator for heads, administrators and the posts above schools.
    """
    return role in posts_to_give(actor, organization)


def can_end_post(actor: Actor, post: Post) -> bool:
    """Whoever may open such a post; nobody their own, so that no school is left locked out."""
    is_own = post.person_id == actor.person_id
    return can_appoint(actor, post.organization, post.role) and not is_own


def can_manage_roll(actor: Actor, organization: Organization) -> bool:
    """The organization's director and administrator: its classes, pupils and their guardians."""
    return actor.holds(Role.SCHOOL_ADMIN, Role.DIRECTOR) and actor.covers(organization)


def sees_all_classes(actor: Actor, organization: Organization) -> bool:
    """The head teacher, the director and the administrator of the organization."""
    return actor.covers(organization) and actor.holds(
        Role.HEAD_TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN
    )


def leads_class(actor: Actor, school_class: SchoolClass, *, today: date) -> bool:
    """Whether the actor acts as class teacher and this is a class of theirs. Cost: 1 query."""
    if actor.is_system or not actor.holds(Role.CLASS_TEACHER):
        return False
    own = Post.objects.filter(
        live_q(today), person_id=actor.person_id or 0, school_class=school_class
    )
    return actor.covers(school_class.organization) and own.exists()


def can_see_class(actor: Actor, school_class: SchoolClass, *, today: date) -> bool:
    """Those who see all classes, and the class's own teacher. Cost: at most 1 query."""
    at = school_class.organization
    return sees_all_classes(actor, at) or leads_class(actor, school_class, today=today)


def can_manage_sign_in(actor: Actor, school_class: SchoolClass, *, today: date) -> bool:
    """Cards, codes and resets for the pupils and guardians of a class: the school's director and
    administrator, and the class's own teacher. Cost: at most 1 query.
    """
    at = school_class.organization
    return can_manage_roll(actor, at) or leads_class(actor, school_class, today=today)


def visible_classes(actor: Actor, *, today: date) -> "QuerySet[SchoolClass]":
    """Return the classes of the acting role's organization that the actor may open."""
    if actor.is_system:
        return SchoolClass.objects.all()
    here = SchoolClass.objects.filter(organization_id=actor.scope_id)
    if actor.holds(Role.HEAD_TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN):
        return here
    if actor.holds(Role.CLASS_TEACHER):
        own = Post.objects.filter(live_q(today), person_id=actor.person_id or 0)
        return here.filter(pk__in=own.values("school_class_id"))
    return here.none()


def visible_persons(actor: Actor, *, today: date) -> "QuerySet[Person]":
    """Return the people whose names open to the acting role: oneself; those who work at one's
    own organization; the pupils of the classes one may open, with their guardians; one's own
    children until they are 18, where the acting role is.
    """
    if actor.is_system:
        return Person.objects.all()
    seen = Q(pk=actor.person_id or 0)
    if actor.holds(Role.GUARDIAN):
        seen |= Q(pk__in=_own_children(actor, today))
    if actor.holds(*STAFF):
        seen |= _staff_q(actor, today) | _families_q(visible_classes(actor, today=today), today)
    return Person.objects.filter(seen)


def managed_persons(actor: Actor, *, today: date) -> "QuerySet[Person]":
    """Return those whose sign-in is the actor's work: colleagues, pupils and guardians for the
    director and the administrator; the class teacher's own pupils and their guardians.

    A colleague's post may still reach further than the actor's: see ``beyond_reach``.
    """
    if actor.is_system:
        return Person.objects.all()
    managed = Q(pk__in=[])
    if actor.holds(Role.SCHOOL_ADMIN, Role.DIRECTOR):
        managed |= _staff_q(actor, today)
    if actor.holds(Role.SCHOOL_ADMIN, Role.DIRECTOR, Role.CLASS_TEACHER):
        managed |= _families_q(visible_classes(actor, today=today), today)
    return Person.objects.filter(managed).exclude(pk=actor.person_id or 0)


def beyond_reach(actor: Actor, person_ids: Iterable[int], *, today: date) -> set[int]:
    """Return those of the people who hold a post that the actor could not give.

    A code opens everything its owner may do, so nobody gets one for more than they may do
    themselves. Without a post, ``linked_elsewhere`` closes codes, but not cards. Cost: 1 query.
    """
    posts = Post.objects.filter(person_id__in=list(person_ids), ended_at__isnull=True)
    return {
        post.person_id
        for post in posts.exclude(ends_on__lt=today).select_related("organization")
        if not can_appoint(actor, post.organization, post.role)
    }


def linked_elsewhere(actor: Actor, person_ids: Iterable[int], *, now: datetime) -> set[int]:
    """Return those of the people whose account is in use and reaches, now or later, any other
    organization than the acting role's.

    A new code would take over what was opened there. The first code of an account that nobody has
    been in takes nothing from anybody (decision 0008). Cost: 1 query.
    """
    if actor.is_system:
        return set()
    lasting = Grant.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    elsewhere = lasting.filter(
        in_use_q("account__"), account__person_id__in=list(person_ids)
    ).exclude(organization_id=actor.scope_id)
    return set(elsewhere.values_list("account__person_id", flat=True))


def why_no_code(
    actor: Actor, person_ids: Iterable[int], *, today: date, now: datetime
) -> dict[int, str]:
    """Return, for those of the people who get no code from the actor, why, in words.

    Cost: 2 queries.
    """
    ids = list(person_ids)
    linked = linked_elsewhere(actor, ids, now=now)
    posts = beyond_reach(actor, ids, today=today) | ({actor.person_id or 0} & set(ids))
    return {pk: str(LINKED_ELSEWHERE) for pk in linked} | {pk: str(NOT_YOURS) for pk in posts}


def can_manage_person(actor: Actor, person: Person, *, today: date) -> bool:
    """Whether the person's sign-in is the actor's work. Cost: 1 query."""
    return managed_persons(actor, today=today).filter(pk=person.pk).exists()


def is_within_reach(actor: Actor, person: Person, *, today: date) -> bool:
    """Whether the person holds no post that the actor could not give. Cost: 1 query."""
    return not beyond_reach(actor, [person.pk], today=today)


def _own_children(actor: Actor, today: date) -> "QuerySet[Guardianship, Any]":
    own = Guardianship.objects.filter(live_q(today), guardian_id=actor.person_id or 0)
    own = own.exclude(child__birth_date__lte=grown_born_by(today))
    here = Enrollment.objects.filter(live_q(today), organization_id=actor.scope_id)
    return own.filter(child__in=here.values("person_id")).values("child_id")


def _staff_q(actor: Actor, today: date) -> Q:
    posts = Post.objects.filter(live_q(today), organization_id=actor.scope_id)
    return Q(pk__in=posts.values("person_id"))


def _families_q(classes: "QuerySet[SchoolClass]", today: date) -> Q:
    pupils = Enrollment.objects.filter(live_q(today), school_class__in=classes.values("pk"))
    guardians = Guardianship.objects.filter(live_q(today), child__in=pupils.values("person_id"))
    return Q(pk__in=pupils.values("person_id")) | Q(pk__in=guardians.values("guardian_id"))
