"""What the forms offer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sreda.access.facade import Actor
from sreda.foundation.errors import Forbidden, require
from sreda.organizations.facade import Organization
from sreda.people.facade import Person
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import Post, PostRole, SchoolClass
from sreda.roster.policies import live_q, posts_to_give
from sreda.roster.queries.opening import open_place
from sreda.roster.queries.people import present_classes


@dataclass(frozen=True, slots=True)
class PostChoices:
    """Roles that the actor may give at an organization, and its classes, as (value, label)."""

    organization: Organization
    roles: tuple[tuple[str, str], ...]
    classes: tuple[tuple[str, str], ...]
    by_uid: dict[UUID, SchoolClass]


def post_choices(*, actor: Actor, uid: UUID, today: date) -> PostChoices:
    """Return what a new post at an organization may be.

    :raises NotFound: outside the actor's line.
    :raises Forbidden: to those who add no colleagues there. Cost: 2 queries.
    """
    return _choices(actor, open_place(actor=actor, uid=uid), today)


def more_posts(*, actor: Actor, person: Person, today: date) -> PostChoices:
    """Return what else somebody who works at the actor's organization may be.

    :raises Forbidden: for those who do not work there, and to those who add no posts.
    Cost: 2 queries.
    """
    post = (
        Post.objects.filter(live_q(today), person=person, organization_id=actor.scope_id)
        .select_related("organization")
        .first()
    )
    if post is None:
        raise Forbidden(_("Этот человек здесь не работает"))
    return _choices(actor, post.organization, today)


def _choices(actor: Actor, organization: Organization, today: date) -> PostChoices:
    roles = posts_to_give(actor, organization)
    require(bool(roles), _("Сотрудников добавляет администратор школы или директор"))
    classes = list(
        present_classes(organization, today=today)
        .select_related("organization")
        .order_by("grade", "letter", "pk")
    )
    return PostChoices(
        organization=organization,
        roles=tuple((role.value, str(role.label)) for role in PostRole if role in roles),
        classes=tuple((str(at.uid), class_name(at.grade, at.letter)) for at in classes),
        by_uid={at.uid: at for at in classes},
    )
