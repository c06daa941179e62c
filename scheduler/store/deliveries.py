"""The delivery table: the only truth about what is planned and what went out."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery, State
from scheduler.domain.errors import NotAllowedNow, NotFound
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.post import Post
from scheduler.domain.wording import wording
from scheduler.store.database import Database, plain
from scheduler.store.posts import is_still
from scheduler.store.records import add_audit
from scheduler.store.said import said
from scheduler.store.tables import deliveries
from scheduler.store.writes import DELIVERY, StoredWrites, move


class StoredDeliveries:
    """Keeps ports.Deliveries."""

    def __init__(self, database: Database, writes: StoredWrites) -> None:
        self._database = database
        self._writes = writes

    def get(self, code: str) -> Delivery:
        """By the code's unique index."""
        with self._database.read() as connection:
            row = connection.execute(select(deliveries).where(deliveries.c.code == code)).one_or_none()
        if row is None:
            raise NotFound(f"There is no delivery {code}.")
        return to_delivery(row)

    def select(
        self, *, states: Collection[State] = (), post_id: int | None = None, due_before: datetime | None = None
    ) -> Sequence[Delivery]:
        """By the index on state and due instant."""
        query = select(deliveries).order_by(deliveries.c.due_at, deliveries.c.id)
        if states:
            query = query.where(deliveries.c.state.in_(states))
        if post_id is not None:
            query = query.where(deliveries.c.post_id == post_id)
        if due_before is not None:
            query = query.where(deliveries.c.due_at < due_before)
        with self._database.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]

    def add(self, deliveries: Sequence[Delivery], entry: AuditEntry, *, of: Sequence[Post] = ()) -> None:
        """One transaction; the ids of `deliveries` are given by the database."""
        with slots_kept(), self._database.write() as connection:
            if not all(is_still(connection, post) for post in of):
                raise NotAllowedNow("A post changed while it was planned.", hint="Plan again.")
            _refuse_said(connection, deliveries)
            _insert(connection, deliveries)
            add_audit(connection, entry)

    def write(
        self,
        before: Delivery,
        after: Delivery,
        *,
        attempt: Attempt | None = None,
        entry: AuditEntry | None = None,
        along: Sequence[tuple[Delivery, Delivery]] = (),
    ) -> bool:
        """Read, compared and written in one transaction that no other writer can enter."""
        change = FencedWrite(before=before, after=after, attempt=attempt, entry=entry, along=tuple(along))
        with slots_kept():
            return self._writes.write([change])[0]


def compare_and_set(connection: Connection, before: Delivery, after: Delivery) -> bool:
    """Inside a writer's transaction: whether the row was still `before`, and is now `after`."""
    return move(plain(connection.connection), ((before, after),))


def to_delivery(row: Row[Any]) -> Delivery:
    """The columns are named as the fields are."""
    values = dict(row._mapping)
    del values["body"]
    return Delivery(**values)


def _insert(connection: Connection, new: Sequence[Delivery]) -> None:
    rows = [{name: getattr(delivery, name) for name in DELIVERY.names} | _body(delivery) for delivery in new]
    for values in rows:
        del values["id"]
    if rows:
        connection.execute(insert(deliveries), rows)


def _refuse_said(connection: Connection, new: Sequence[Delivery]) -> None:
    """What comes again by itself says what nobody said on its channel. Raises NotAllowedNow."""
    later: dict[str, list[int]] = defaultdict(list)
    for one in new:
        if one.run > 1:
            later[one.channel].append(wording(one.text, one.link))
    for channel, bodies in later.items():
        if len(set(bodies)) < len(bodies) or said(connection, channel, bodies):
            raise NotAllowedNow(f"A later run says what was said on {channel} before.", hint="Plan again.")


def _body(delivery: Delivery) -> dict[str, Any]:
    return {"body": wording(delivery.text, delivery.link)}


@contextmanager
def slots_kept() -> Iterator[None]:
    """Tells a slot or a code that is taken in words."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError) as error:
        cause = error.orig if isinstance(error, IntegrityError) else error
        if getattr(cause, "sqlite_errorcode", 0) != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise NotAllowedNow(
            "Another delivery already has this channel and time, or this code.", hint="Choose another time."
        ) from None
