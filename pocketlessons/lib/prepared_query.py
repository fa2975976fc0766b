"""A queryset compiled once and asked often: building its SQL anew costs ten times what the database does."""

import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


class PreparedQuery(Generic[Row]):
    """The first row of a queryset that differs from one call to the next only in the ids that go into it.

    `build` makes the queryset from ids; it must use each of them, and must not depend on anything else.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], ids: int) -> None:
        self._build = build
        self._stand_ins = [uuid.uuid4() for _ in range(ids)]
        self._compiled: dict[str, _Compiled[Row]] = {}

    def first(self, *ids: uuid.UUID) -> Row | None:
        """What `build(*ids).first()` would return."""
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            compiled = _Compiled(self._build(*self._stand_ins)[:1], self._stand_ins)
            self._compiled[connection.vendor] = compiled
        return compiled.first(ids)


class _Compiled(Generic[Row]):
    """The SQL, and where in its parameters each id goes."""

    def __init__(self, queryset: models.QuerySet[Row], stand_ins: list[uuid.UUID]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self._model = queryset.model
        self._sql, self._params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        self._names = [column.target.attname for column in columns]
        self._converters = {
            index: (converters, expression)
            for index, (converters, expression) in compiler.get_converters(columns).items()
        }
        places = {_stored(stand_in): index for index, stand_in in enumerate(stand_ins)}
        self._places = [(at, places[param]) for at, param in enumerate(self._params) if param in places]
        if {which for _, which in self._places} != set(range(len(stand_ins))):
            raise ValueError("each id must go into the query")

    def first(self, ids: tuple[uuid.UUID, ...]) -> Row | None:
        params = list(self._params)
        for at, which in self._places:
            params[at] = _stored(ids[which])
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            row = cursor.fetchone()
        if row is None:
            return None
        values: list[Any] = list(row)
        for index, (converters, expression) in self._converters.items():
            for convert in converters:
                values[index] = convert(values[index], expression, connection)
        return self._model.from_db(connection.alias, self._names, values)


def _stored(each: uuid.UUID) -> Any:
    """An id as this database takes it."""
    return each if connection.features.has_native_uuid_field else each.hex
