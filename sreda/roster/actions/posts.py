"""Opening and ending posts."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sreda.access.facade import Actor
from sreda.accounts.facade import ensure_accounts
from sreda.audit.facade import record
from sreda.foundation.errors import DomainError, require
from sreda.organizations.facade import Kind, Organization
from sreda.people.facade import Person
from sreda.roster.actions.endings import end_fact, end_grants_of_facts
from sreda.roster.actions.roles import end_codes_of, open_roles
from sreda.roster.calculations.facts import post_fact
from sreda.roster.models import Post, PostRole, SchoolClass
from sreda.roster.policies import can_appoint, can_end_post
from sreda.roster.queries.grants import period_of, post_grants

NOT_YOUR_POST = gettext_lazy("Эту должность здесь даёт другой человек: тот, кто выше по линии")


class PostOfAnotherKind(DomainError):
    """A class teacher's post names a class of the same organization; no other post names one."""


class AlreadyAppointed(DomainError):
    """The person holds this very post."""


@transaction.atomic(durable=True)
def appoint(
    *,
    actor: Actor,
    person: Person,
    organization: Organization,
    role: PostRole,
    title: str,
    starts_on: date,
    now: datetime,
    school_class: SchoolClass | None = None,
) -> Post:
    """Open a post for a person; its role opens with the first day. A code or a card that the
    person was given before opens nothing any more.

    :raises Forbidden: when the actor may not give such a post there.
    :raises PostOfAnotherKind, AlreadyAppointed: in words.
    """
    return add_post(
        actor=actor,
        person=person,
        organization=organization,
        role=role,
        title=title,
        starts_on=starts_on,
        now=now,
        school_class=school_class,
    )


@transaction.atomic(savepoint=False)
def add_post(
    *,
    actor: Actor,
    person: Person,
    organization: Organization,
    role: PostRole,
    title: str,
    starts_on: date,
    now: datetime,
    school_class: SchoolClass | None = None,
) -> Post:
    """Do the work of ``appoint`` inside another action. Cost: 11 statements."""
    post = Post(
        person=person,
        organization=organization,
        role=role,
        title=title,
        school_class=school_class,
        starts_on=starts_on,
    )
    return write_post(actor=actor, post=post, now=now)


@transaction.atomic(savepoint=False)
def write_post(*, actor: Actor, post: Post, now: datetime) -> Post:
    """Write a post that is given unsaved, with its role. A piece. Cost: 11 statements.

    :raises Forbidden, PostOfAnotherKind, AlreadyAppointed: as ``appoint``.
    """
    require(can_appoint(actor, post.organization, post.role), str(NOT_YOUR_POST))
    _check(post)
    post.save(force_insert=True)
    accounts = ensure_accounts([post.person])
    ids = {post.person_id: accounts[post.person_id].pk}
    open_roles(post_grants([post], ids), actor=actor, now=now)
    record(
        "roster.post.add",
        actor=actor,
        target=post,
        organization_id=post.organization_id,
        change={
            "person": ["", str(post.person.uid)],
            "role": ["", str(post.role)],
            "title": ["", post.title],
        },
        at=now,
    )
    return post


def _check(post: Post) -> None:
    organization, school_class = post.organization, post.school_class
    if (post.role == PostRole.CLASS_TEACHER) != (school_class is not None):
        raise PostOfAnotherKind(_("Класс указывают у классного руководителя и только у него"))
    if school_class is not None and school_class.organization_id != organization.pk:
        raise PostOfAnotherKind(_("Это класс другой организации"))
    if post.role == PostRole.MUNICIPAL and not (
        organization.municipality_id or organization.kind == Kind.MUNICIPALITY
    ):
        raise PostOfAnotherKind(_("У организации не указан муниципалитет"))
    same = Post.objects.filter(
        person_id=post.person_id,
        organization=organization,
        role=post.role,
        school_class=school_class,
        ends_on__isnull=True,
    )
    if same.exists():
        raise AlreadyAppointed(_("Эта должность у человека уже есть"))


@transaction.atomic(durable=True)
def end_post(*, actor: Actor, post: Post, now: datetime) -> None:
    """End a post at this moment: out on the next request.

    :raises Forbidden: when the actor may not end it.
    :raises AlreadyEnded: when somebody ended it before.
    """
    close_post(actor=actor, post=post, now=now)


@transaction.atomic(savepoint=False)
def close_post(*, actor: Actor, post: Post, now: datetime) -> None:
    """Do the work of ``end_post`` inside another action. Cost: 7 statements."""
    require(
        can_end_post(actor, post),
        _("Эту должность снимает тот, кто её назначает. Свою снимает другой администратор"),
    )
    locked = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    end_fact(locked, now=now)
    end_grants_of_facts([(post_fact(locked.uid), period_of(locked).ends_at or now)])
    end_codes_of([locked.person_id], actor=actor, now=now)
    record(
        "roster.post.end",
        actor=actor,
        target=locked,
        organization_id=locked.organization_id,
        change={"ends_on": ["", str(locked.ends_on)]},
        at=now,
    )
