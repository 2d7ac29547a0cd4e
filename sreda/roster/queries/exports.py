"""«Что о нас хранится»: the person's own facts."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from sreda.people.facade import full_name
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import Enrollment, Guardianship, Post

Record = tuple[str, dict[str, str]]


def export_person(person_id: int) -> list[Record]:
    """Return the posts, enrollments and guardianships of one person. Cost: 4 queries."""
    return [
        *_posts(person_id),
        *_enrollments(person_id),
        *_as_guardian(person_id),
        *_as_child(person_id),
    ]


def _posts(person_id: int) -> Iterator[Record]:
    posts = Post.objects.filter(person_id=person_id).select_related("organization")
    for post in posts.order_by("-pk"):
        yield (
            "Post",
            {
                _("должность"): post.title,
                _("где"): post.organization.name,
                **_days(post.starts_on, post.ends_on),
            },
        )


def _enrollments(person_id: int) -> Iterator[Record]:
    enrollments = Enrollment.objects.filter(person_id=person_id)
    for enrollment in enrollments.select_related("organization", "school_class").order_by("-pk"):
        at = enrollment.school_class
        yield (
            "Enrollment",
            {
                _("где"): enrollment.organization.name,
                _("класс"): class_name(at.grade, at.letter) if at else "",
                **_days(enrollment.starts_on, enrollment.ends_on),
            },
        )


def _as_guardian(person_id: int) -> Iterator[Record]:
    own = Guardianship.objects.filter(guardian_id=person_id).select_related("child")
    for guardianship in own.order_by("-pk"):
        yield "Guardianship", {_("ребёнок"): full_name(guardianship.child), **_rights(guardianship)}


def _as_child(person_id: int) -> Iterator[Record]:
    own = Guardianship.objects.filter(child_id=person_id).select_related("guardian")
    for guardianship in own.order_by("-pk"):
        yield (
            "Guardianship",
            {_("представитель"): full_name(guardianship.guardian), **_rights(guardianship)},
        )


def _rights(guardianship: Guardianship) -> dict[str, str]:
    return {
        _("кем приходится"): str(guardianship.get_kinship_display()),
        _("подписывает за ребёнка"): _("да") if guardianship.may_sign else _("нет"),
        **_days(guardianship.starts_on, guardianship.ends_on),
    }


def _days(starts_on: date, ends_on: date | None) -> dict[str, str]:
    return {_("с"): starts_on.isoformat(), _("по"): ends_on.isoformat() if ends_on else ""}
