"""The outbox of notices: what was seen, what was put into messages, and what became of each message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Text, exists, func, insert, literal_column, select, update

from scheduler.domain.delivery import State
from scheduler.domain.notice import Fate, Message, Notice, Trouble
from scheduler.domain.post import PostStatus
from scheduler.store.database import Database
from scheduler.store.tables import deliveries, messages, notices, posts

KEY = literal_column("deliveries.state || ' ' || deliveries.code || ' ' || deliveries.due_at", Text)
"""One that was put right and fails again at another time is told again."""
COLUMNS = tuple(notices.c[name] for name in Notice.__slots__)


class StoredNotices:
    """Keeps usecases.notices.Outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def troubles(self, state: State, *, most: int) -> Sequence[Trouble]:
        """By the index on the state; what was told before is left out where the rows are."""
        told = exists().where(notices.c.key == KEY)
        by_hand = exists().where(posts.c.id == deliveries.c.post_id, posts.c.status == PostStatus.HELD)
        columns = (deliveries.c[name] for name in ("code", "channel", "article", "due_at", "wall_time", "words"))
        query = select(KEY.label("key"), *columns).where(deliveries.c.state == state, ~told, ~by_hand)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(deliveries.c.due_at, deliveries.c.id).limit(most))
            return [Trouble(**row._mapping) for row in rows]

    def see(self, seen: Sequence[Notice], *, told_by: Sequence[Notice] = (), now: datetime) -> None:
        """A key that is known stays as it was. Nothing is written where nothing is new."""
        rows = [asdict(one) | {"told_at": None} for one in seen] + [asdict(one) | {"told_at": now} for one in told_by]
        with self._database.read() as connection:
            keys = [row["key"] for row in rows]
            known = set(connection.scalars(select(notices.c.key).where(notices.c.key.in_(keys))))
        if new := [row for row in rows if row["key"] not in known]:
            with self._database.write() as connection:
                connection.execute(insert(notices).prefix_with("OR IGNORE"), new)

    def pending(self) -> Sequence[Notice]:
        """By the index over what waits."""
        query = select(*COLUMNS).where(notices.c.told_at.is_(None)).order_by(notices.c.id)
        with self._database.read() as connection:
            return [Notice(**row._mapping) for row in connection.execute(query)]

    def post(self, new: Sequence[Message], of: Sequence[Notice], *, now: datetime) -> None:
        """Messages and the mark of their notices, in one transaction."""
        keys = [notice.key for notice in of]
        with self._database.write() as connection:
            if new:
                connection.execute(insert(messages), [_values(message) for message in new])
            for start in range(0, len(keys), 500):
                part = keys[start : start + 500]
                connection.execute(update(notices).where(notices.c.key.in_(part)).values(told_at=now))

    def last_at(self, *, digest: bool) -> datetime | None:
        """By the index on when they were made."""
        query = select(func.max(messages.c.made_at, type_=messages.c.made_at.type)).where(messages.c.digest == digest)
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(query)
        return found

    def messages(self, fate: Fate) -> Sequence[Message]:
        """By the index on what became of them."""
        query = select(messages).where(messages.c.fate == fate).order_by(messages.c.id)
        with self._database.read() as connection:
            return [Message(**row._mapping) for row in connection.execute(query)]

    def change(self, before: Message, after: Message) -> bool:
        """Whether it still was `before`."""
        same = (messages.c.id == before.id, messages.c.fate == before.fate, messages.c.tries == before.tries)
        with self._database.write() as connection:
            return connection.execute(update(messages).where(*same).values(**_values(after))).rowcount == 1


def _values(message: Message) -> dict[str, Any]:
    values = asdict(message)
    del values["id"]
    return values
