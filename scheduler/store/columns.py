"""How our values are kept in columns: instants, words of an enumeration, whole documents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_number(at: datetime | None) -> int | None:
    """Whole microseconds since 1970."""
    return None if at is None else (at - EPOCH) // MICROSECOND


def to_instant(number: int | None) -> datetime | None:
    """The same, back."""
    return None if number is None else EPOCH + number * MICROSECOND


class Instant(TypeDecorator[datetime]):
    """A UTC instant as whole microseconds since 1970: exact, and it sorts."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """A time without a zone is a programming error: subtracting raises TypeError."""
        return to_number(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        return to_instant(value)


class Document(TypeDecorator[Any]):
    """A value object as one JSON text, checked when it is read back."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self._adapter: TypeAdapter[Any] = TypeAdapter(shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """None stays NULL."""
        return None if value is None else self._adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """NULL stays None."""
        return None if value is None else self._adapter.validate_json(value)


def word_of(kind: type[StrEnum]) -> Enum:
    """A column that takes the words of `kind` and no others."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=20,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
