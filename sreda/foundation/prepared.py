"""Queries that are written with the ORM once and asked many times.

Django puts the same SQL together for every request, and that costs several times what the database
needs to answer it. A ``Prepared`` query is compiled once for each kind of database; from then on
only its values change. What is kept holds no connection: it outlives the thread that asked first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet, ImproperlyConfigured
from django.db import connection
from django.db.models import QuerySet

Maker = Callable[[], tuple["QuerySet[Any, Any]", Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Statement:
    """Compiled SQL: its parameters, which of them are told later, and the columns that do not
    come out of the database as they are, by place.
    """

    sql: str
    params: tuple[Any, ...]
    places: Mapping[str, tuple[int, ...]]
    converted: tuple[tuple[int, Any], ...]


class Prepared:
    """A query whose text does not depend on its values.

    ``make`` returns a queryset (``values_list``) made with *probes*, and the probes by name as the
    database gets them: values that stand nowhere else in the query. ``rows`` puts the present
    values where the probes came out. What decides about the text (None or not, how many, which
    page) is decided by whoever chooses the query.
    """

    def __init__(self, make: Maker) -> None:
        self._make = make
        self._statements: dict[str, _Statement | None] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Return the rows for ``values``, all of them and no others. Cost: 1 query.

        :raises ImproperlyConfigured: when a probe does not come out in the query.
        """
        statement = self._statement()
        if statement is None:
            return []
        params = list(statement.params)
        for name, places in statement.places.items():
            for place in places:
                params[place] = _as_sent(values[name])
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return _converted(rows, statement.converted) if rows and statement.converted else rows

    def _statement(self) -> _Statement | None:
        """Return what was compiled for this kind of database; None where nothing can be found."""
        if connection.vendor not in self._statements:
            self._statements[connection.vendor] = self._compiled()
        return self._statements[connection.vendor]

    def _compiled(self) -> _Statement | None:
        queryset, probes = self._make()
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        columns = [column for column, _sql, _name in compiler.select]
        return _Statement(
            sql=sql,
            params=tuple(params),
            places=dict(_places(params, probes)),
            converted=tuple((place, columns[place]) for place in compiler.get_converters(columns)),
        )


def _converted(
    rows: Sequence[Sequence[Any]], columns: Sequence[tuple[int, Any]]
) -> list[tuple[Any, ...]]:
    """Return the rows as the ORM gives them. Converters belong to the connection of now."""
    ways = [
        (place, converter, column)
        for place, column in columns
        for converter in (
            *connection.ops.get_db_converters(column),
            *column.get_db_converters(connection),
        )
    ]
    changed = [list(row) for row in rows]
    for row in changed:
        for place, converter, column in ways:
            row[place] = converter(row[place], column, connection)
    return [tuple(row) for row in changed]


def _places(
    params: Sequence[Any], probes: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield where each probe came out."""
    for name, probe in probes.items():
        sent = _as_sent(probe)
        places = tuple(place for place, param in enumerate(params) if param == sent)
        if not places:
            raise ImproperlyConfigured(f"The probe «{name}» does not come out in the query")
        yield name, places


def _as_sent(value: Any) -> Any:
    """Return ``value`` as this kind of database gets it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
