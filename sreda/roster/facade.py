"""The door of ``roster``."""

from sreda.roster.actions.classes import add_class, open_class
from sreda.roster.actions.enrollments import (
    add_enrollment,
    close_enrollment,
    end_enrollment,
    enroll,
)
from sreda.roster.actions.erasing import erase_person
from sreda.roster.actions.guardianships import (
    add_guardianship,
    close_guardianship,
    end_guardianship,
    write_guardianship,
)
from sreda.roster.actions.posts import add_post, appoint, close_post, end_post
from sreda.roster.bulk import add_classes, add_enrollments, add_guardianships, add_posts
from sreda.roster.calculations.naming import class_name
from sreda.roster.models import Enrollment, Guardianship, Kinship, Post, PostRole, SchoolClass
from sreda.roster.policies import (
    can_appoint,
    can_manage_roll,
    can_manage_sign_in,
    can_see_class,
    visible_classes,
    visible_persons,
)
from sreda.roster.queries.counting import PeopleCount, people_counts
from sreda.roster.queries.exports import export_person

__all__ = [
    "Enrollment",
    "Guardianship",
    "Kinship",
    "PeopleCount",
    "Post",
    "PostRole",
    "SchoolClass",
    "add_class",
    "add_classes",
    "add_enrollment",
    "add_enrollments",
    "add_guardianship",
    "add_guardianships",
    "add_post",
    "add_posts",
    "appoint",
    "can_appoint",
    "can_manage_roll",
    "can_manage_sign_in",
    "can_see_class",
    "class_name",
    "close_enrollment",
    "close_guardianship",
    "close_post",
    "end_enrollment",
    "end_guardianship",
    "end_post",
    "enroll",
    "erase_person",
    "export_person",
    "open_class",
    "people_counts",
    "visible_classes",
    "visible_persons",
    "write_guardianship",
]
