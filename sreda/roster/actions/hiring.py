"""New colleagues, and more posts for those who are here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.errors import DomainError, require
from sreda.foundation.words import fold
from sreda.organizations.facade import Organization
from sreda.people.facade import Person, add_person, names
from sreda.roster.actions.posts import NOT_YOUR_POST, write_post
from sreda.roster.models import Post, PostRole, SchoolClass
from sreda.roster.policies import can_appoint, live_q
from sreda.roster.queries.grants import day_of


class SameName(DomainError):
    """Somebody of exactly that name works here."""


class NotHere(DomainError):
    """The person holds no post at the organization."""


class FormUsedBefore(DomainError):
    """The form's own uid is that of a post elsewhere or of another person."""


@dataclass(frozen=True, slots=True)
class WantedPost:
    """What a form asks for; ``uid`` is the form's own, so that sending it twice is one post."""

    uid: UUID
    role: PostRole
    title: str
    school_class: SchoolClass | None


@dataclass(frozen=True, slots=True)
class FullName:
    """A name in its parts."""

    last: str
    first: str
    middle: str


@transaction.atomic(durable=True)
def add_colleague(
    *,
    actor: Actor,
    organization: Organization,
    name: FullName,
    wanted: WantedPost,
    is_another: bool,
    now: datetime,
) -> Person:
    """Write a new person with a post that begins today; the same form twice is one person.

    :raises Forbidden: when the actor may not give such a post there.
    :raises SameName: when somebody of that name works here, unless ``is_another``.
    :raises FormUsedBefore: for the uid of a post elsewhere.
    """
    require(can_appoint(actor, organization, wanted.role), str(NOT_YOUR_POST))
    before = _of_the_same_form(wanted, organization)
    if before is not None:
        return before.person
    if not is_another:
        _refuse_same_name(organization, name, now)
    person = add_person(last_name=name.last, first_name=name.first, middle_name=name.middle)
    write_post(actor=actor, post=_post(person, organization, wanted, now), now=now)
    return person


@transaction.atomic(durable=True)
def add_post_to(
    *,
    actor: Actor,
    person: Person,
    organization: Organization,
    wanted: WantedPost,
    now: datetime,
) -> Post:
    """Open one more post, from today on, for somebody who works here; the same form twice is one.

    :raises Forbidden: when the actor may not give such a post there.
    :raises NotHere: when the person does not work here.
    :raises AlreadyAppointed: when the person holds this very post.
    :raises FormUsedBefore: for the uid of a post elsewhere or of another person.
    """
    require(can_appoint(actor, organization, wanted.role), str(NOT_YOUR_POST))
    before = _of_the_same_form(wanted, organization)
    if before is not None and before.person_id != person.pk:
        raise FormUsedBefore(_("Эту форму уже отправили. Откройте её заново"))
    if before is not None:
        return before
    here = Post.objects.filter(live_q(day_of(now)), organization=organization, person=person)
    if not here.exists():
        raise NotHere(_("Этот человек здесь не работает"))
    return write_post(actor=actor, post=_post(person, organization, wanted, now), now=now)


def _of_the_same_form(wanted: WantedPost, organization: Organization) -> Post | None:
    """Return the post that the same form has written before."""
    before = Post.objects.filter(uid=wanted.uid).select_related("person").first()
    if before is not None and before.organization_id != organization.pk:
        raise FormUsedBefore(_("Эту форму уже отправили. Откройте её заново"))
    return before


def _refuse_same_name(organization: Organization, name: FullName, now: datetime) -> None:
    full = names.full(name.last, name.first, name.middle)
    same = Post.objects.filter(
        live_q(day_of(now)), organization=organization, person__search_name=fold(full)
    )
    if same.exists():
        raise SameName(
            _("Уже есть: %(name)s. Должность добавляют на странице этого человека") % {"name": full}
        )


def _post(person: Person, organization: Organization, wanted: WantedPost, now: datetime) -> Post:
    return Post(
        uid=wanted.uid,
        person=person,
        organization=organization,
        role=wanted.role,
        title=wanted.title or str(PostRole(wanted.role).label),
        school_class=wanted.school_class,
        starts_on=day_of(now),
    )
