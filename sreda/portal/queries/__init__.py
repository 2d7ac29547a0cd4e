"""What the pages of ``portal`` show, put together from the facades of all contexts."""

from sreda.portal.queries.find import find
from sreda.portal.queries.health import database_answers
from sreda.portal.queries.home import home_of
from sreda.portal.queries.kept import kept_as_data, kept_page
from sreda.portal.queries.trail import trail_page, trail_table

__all__ = [
    "database_answers",
    "find",
    "home_of",
    "kept_as_data",
    "kept_page",
    "trail_page",
    "trail_table",
]
