"""Objects named in addresses: whoever may not know of them gets 404, whoever may not open them a
reason.
"""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sreda.access.facade import Actor, line_q
from sreda.foundation.errors import Forbidden, NotFound, require
from sreda.organizations.facade import Organization, can_see_people, open_organization
from sreda.people.facade import Person, names
from sreda.roster.models import Post, SchoolClass
from sreda.roster.policies import can_see_class, live_q, visible_persons

NAMES_ARE_CLOSED = gettext_lazy("Имена открываются только сотрудникам внутри организации")


def open_place(*, actor: Actor, uid: UUID) -> Organization:
    """Return an organization whose people the actor may see.

    :raises NotFound: outside the actor's line. :raises Forbidden: inside it, in words.
    Cost: 1 query.
    """
    organization = open_organization(actor=actor, uid=uid)
    require(
        can_see_people(actor, organization),
        str(NAMES_ARE_CLOSED),
    )
    return organization


def open_class(*, actor: Actor, uid: UUID, today: date) -> SchoolClass:
    """Return a class that the actor may see, with its organization and year.

    :raises NotFound: outside the actor's line.
    :raises Forbidden: inside it; a colleague reads who leads the class. Cost: 2 or 3 queries.
    """
    school_class = (
        SchoolClass.objects.filter(line_q(actor, "organization__"), uid=uid)
        .select_related("organization__region", "organization__municipality", "academic_year")
        .first()
    )
    if school_class is None:
        raise NotFound
    if not can_see_class(actor, school_class, today=today):
        raise Forbidden(_why_closed(actor, school_class, today))
    return school_class


def _why_closed(actor: Actor, school_class: SchoolClass, today: date) -> str:
    if not can_see_people(actor, school_class.organization):
        return str(NAMES_ARE_CLOSED)
    leaders = class_teachers([school_class.pk], today=today).get(school_class.pk)
    if not leaders:
        return _("Список класса открыт классному руководителю, завучу и директору")
    return _("Этот класс ведёт %(name)s") % {"name": ", ".join(leaders)}


def class_teachers(class_ids: list[int], *, today: date) -> dict[int, list[str]]:
    """Return the names of class teachers, «Ирина Селянинова», by class id. Cost: 1 query."""
    found: dict[int, list[str]] = {}
    posts = Post.objects.filter(live_q(today), school_class_id__in=class_ids)
    for post in posts.select_related("person").order_by("person__sort_name", "pk"):
        name = names.friendly(post.person.last_name, post.person.first_name)
        found.setdefault(post.school_class_id or 0, []).append(name)
    return found


def open_person(*, actor: Actor, uid: UUID, today: date) -> Person:
    """Return a person whose name opens to the actor.

    :raises NotFound: for anybody else. Cost: 1 query.
    """
    person = visible_persons(actor, today=today).filter(uid=uid).first()
    if person is None:
        raise NotFound
    return person


def open_post(*, actor: Actor, uid: UUID, today: date) -> Post:
    """Return a post that lasts, at an organization whose people the actor may see, with its
    person, place and class.

    :raises NotFound: outside the actor's line. :raises Forbidden: inside it, where names do not
    open. Cost: 1 query.
    """
    post = (
        Post.objects.filter(live_q(today), line_q(actor, "organization__"), uid=uid)
        .select_related("person", "organization", "school_class")
        .first()
    )
    if post is None:
        raise NotFound
    require(can_see_people(actor, post.organization), str(NAMES_ARE_CLOSED))
    return post
