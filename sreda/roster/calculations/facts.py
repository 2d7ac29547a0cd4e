"""The names under which grants remember the facts they follow from."""

from uuid import UUID


def post_fact(post: UUID) -> str:
    """Return the name of a post."""
    return f"roster.Post:{post}"


def enrollment_fact(enrollment: UUID) -> str:
    """Return the name of an enrollment."""
    return f"roster.Enrollment:{enrollment}"


def guardian_fact(guardianship: UUID, enrollment: UUID) -> str:
    """Return the name of a guardianship where the child is enrolled.

    The last twelve digits tell apart the few enrollments of one child.
    """
    return f"roster.Guardianship:{guardianship}:{enrollment.hex[-12:]}"
