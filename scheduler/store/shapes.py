"""Values to rows and back in plain SQL, made once from the tables: what the worker says a hundred times a tick.

Building and binding a statement of SQLAlchemy costs ten times what SQLite needs to run it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Enum, Table
from sqlalchemy.dialects import sqlite

from scheduler.store.columns import Instant, to_instant, to_number

Value = TypeVar("Value")
Convert = Callable[[Any], Any]
DIALECT = sqlite.dialect()


class Shape(Generic[Value]):
    """A dataclass whose fields are columns of a table, with what turns each into a value of SQLite and back."""

    def __init__(self, table: Table, kind: Callable[..., Value], *, given_by_database: str = "") -> None:
        columns = [table.c[field.name] for field in fields(kind)]  # type: ignore[arg-type]
        self._kind = kind
        self.names = tuple(column.name for column in columns)
        self._to_sql: Mapping[str, Convert] = {column.name: _to_sql(column) for column in columns}
        self._from_sql = [(n, convert) for n, column in enumerate(columns) if (convert := _from_sql(column))]
        self._values = attrgetter(*self.names)
        added = tuple(name for name in self.names if name != given_by_database)
        self._added = [(name, self._to_sql[name]) for name in added]
        marks = ", ".join("?" * len(added))
        self.columns = ", ".join(f"{table.name}.{name}" for name in self.names)
        self.insert = f"INSERT INTO {table.name} ({', '.join(added)}) VALUES ({marks})"  # noqa: S608

    def read(self, row: Iterable[Any]) -> Value:
        """From a row whose first columns are `columns`."""
        values = list(row)
        for number, convert in self._from_sql:
            values[number] = convert(values[number])
        return self._kind(**dict(zip(self.names, values, strict=False)))

    def added(self, value: Value) -> list[Any]:
        """What `insert` takes."""
        return [convert(getattr(value, name)) for name, convert in self._added]

    def changed(self, before: Value, after: Value) -> dict[str, Any]:
        """The columns in which they differ."""
        pairs = zip(self.names, self._values(after), self._values(before), strict=True)
        return {name: self._to_sql[name](new) for name, new, old in pairs if new is not old and new != old}


def _to_sql(column: Column[Any]) -> Convert:
    if isinstance(column.type, Instant):
        return to_number
    return column.type.dialect_impl(DIALECT).bind_processor(DIALECT) or _as_it_is


def _from_sql(column: Column[Any]) -> Convert | None:
    if isinstance(column.type, Instant):
        return to_instant
    if isinstance(column.type, Enum):
        # A column takes no other words than these.
        return {word.value: word for word in column.type.enum_class or ()}.get
    return column.type.dialect_impl(DIALECT).result_processor(DIALECT, None)


def _as_it_is(value: Any) -> Any:
    return value
