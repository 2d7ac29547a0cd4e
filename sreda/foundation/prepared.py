"""Queries that are written with the ORM once and asked many times.

Django puts the same SQL together for every request, and that costs several times what the database
needs to answer it. A ``Prepared`` query is compiled once for each kind of database; from then on
only its values change.
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
    """Compiled SQL: its parameters, which of them are told later, how columns are read."""

    sql: str
    params: tuple[Any, ...]
    places: Mapping[str, tuple[int, ...]]
    compiler: Any
    converters: Any


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

    def rows(self, **values: Any) -> list[Sequence[Any]]:
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
            rows: list[Sequence[Any]] = cursor.fetchall()
        if statement.converters:
            rows = list(statement.compiler.apply_converters(rows, statement.converters))
        return rows

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
        return _Statement(
            sql=sql,
            params=tuple(params),
            places=dict(_places(params, probes)),
            compiler=compiler,
            converters=compiler.get_converters([column for column, _sql, _name in compiler.select]),
        )


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
