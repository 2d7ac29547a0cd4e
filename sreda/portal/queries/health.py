"""Whether the installation can work."""

from django.db import DatabaseError, connection


def database_answers() -> bool:
    """Say whether the database answers. Cost: 1 query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False
