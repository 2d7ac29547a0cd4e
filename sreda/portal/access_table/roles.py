"""Groups of roles that rows of the access table name more than once."""

from sreda.access.facade import Role

ALL = frozenset(Role)
REGION = frozenset({Role.MINISTRY, Role.OPERATOR, Role.OBSERVER})
ABOVE_SCHOOL = REGION | {Role.MUNICIPAL}
HEADS = frozenset({Role.HEAD_TEACHER, Role.DIRECTOR, Role.SCHOOL_ADMIN})
TEACHERS = frozenset({Role.TEACHER, Role.CLASS_TEACHER})
STAFF = HEADS | TEACHERS
FAMILY = frozenset({Role.PUPIL, Role.GUARDIAN})
CONTENT = frozenset({Role.AUTHOR, Role.EXPERT})
