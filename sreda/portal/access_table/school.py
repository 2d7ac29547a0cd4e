"""Rows of ``roster``: the people and classes of one organization."""

from django.utils.translation import gettext_lazy as _

from sreda.access.facade import Role
from sreda.portal.access_table.door import Door, MenuEntry
from sreda.portal.access_table.roles import ALL, HEADS, STAFF

GET_POST = ("GET", "POST")
# Who lets people in: one's own class, or the whole school.
LET_IN = frozenset({Role.CLASS_TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN})
APPOINT_HERE = frozenset({Role.DIRECTOR, Role.SCHOOL_ADMIN})
# To whom the name of the sample pupil, who is among the actors herself, opens.
KNOW_PUPIL = HEADS | {Role.CLASS_TEACHER, Role.GUARDIAN, Role.PUPIL}
CLASS = ("class",)
PUPIL = ("pupil",)
NO_PUPIL = ALL - KNOW_PUPIL

DOORS = (
    Door(
        "roster:people",
        STAFF,
        samples=("organization",),
        menu=MenuEntry(
            _("Люди"),
            "people",
            20,
            words=_("классы сотрудники учителя ученики родители класс коды карточки"),
            at_own_place=True,
            covers=("roster:",),
        ),
    ),
    Door("roster:colleague", APPOINT_HERE, GET_POST, ("organization",)),
    Door("roster:school_class", HEADS | {Role.CLASS_TEACHER}, samples=CLASS),
    Door("roster:cards", LET_IN, GET_POST, CLASS),
    Door("roster:codes", LET_IN, GET_POST, CLASS),
    Door("roster:person", KNOW_PUPIL, samples=PUPIL, unknown_to=NO_PUPIL),
    Door("roster:code", LET_IN, GET_POST, PUPIL, unknown_to=NO_PUPIL),
    Door("roster:reset", LET_IN, GET_POST, PUPIL, unknown_to=NO_PUPIL),
    Door("roster:card_end", LET_IN, GET_POST, PUPIL, unknown_to=NO_PUPIL),
    Door("roster:post_new", APPOINT_HERE, GET_POST, ("colleague",), unknown_to=ALL - STAFF),
    Door("roster:post_end", APPOINT_HERE, GET_POST, ("post",)),
)
