"""Many deliveries changed by one decision, in one transaction: a thousand cost one commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, bindparam, insert, select, update

from scheduler.domain.change import Change
from scheduler.domain.delivery import Delivery
from scheduler.domain.post import Post
from scheduler.store.columns import EPOCH, MICROSECOND
from scheduler.store.database import Database, plain
from scheduler.store.deliveries import slots_kept, to_delivery
from scheduler.store.selection import parts, posts_of
from scheduler.store.tables import audit, deliveries
from scheduler.store.writes import put


class StoredChanges:
    """Keeps ports.Changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, changes: Sequence[Change], *, who: str, now: datetime) -> Collection[str]:
        """Read, compared and written in one transaction that no other writer can enter."""
        with slots_kept(), self._database.write() as connection:
            deliveries_now = _deliveries(connection, [change.before.id for change in changes])
            posts_now = posts_of(connection, {change.post.id for change in changes if change.post})
            good = [change for change in changes if _is_still(change, deliveries_now, posts_now)]
            _park(connection, [change.before for change in good if change.moves])
            for change in good:
                _write(connection, change)
            _tell(connection, good, who, now)
        written = {change.before.code for change in good}
        return [change.before.code for change in changes if change.before.code not in written]


def _is_still(change: Change, rows: Mapping[int, Delivery], posts: Mapping[int, Post]) -> bool:
    post = change.post
    return rows.get(change.before.id) == change.before and (post is None or posts.get(post.id) == post)


def _deliveries(connection: Connection, ids: Collection[int]) -> dict[int, Delivery]:
    found: dict[int, Delivery] = {}
    for part in parts(ids):
        rows = connection.execute(select(deliveries).where(deliveries.c.id.in_(part)))
        found |= {row.id: to_delivery(row) for row in rows}
    return found


def _park(connection: Connection, moving: Sequence[Delivery]) -> None:
    """Out of each other's way, each at an instant of its own long ago: one may go where another was."""
    if len(moving) > 1:
        away = update(deliveries).where(deliveries.c.id == bindparam("known_id")).values(due_at=bindparam("away"))
        connection.execute(away, [{"known_id": one.id, "away": EPOCH + one.id * MICROSECOND} for one in moving])


def _write(connection: Connection, change: Change) -> None:
    # The payload of a failed delivery is fixed, so it is scheduled before it is composed anew.
    for before, after in pairwise((change.before, *change.steps)):
        put(plain(connection.connection), before, after)


def _tell(connection: Connection, changes: Sequence[Change], who: str, now: datetime) -> None:
    entries = [
        {"at": now, "who": who, "what": change.what, "subject": f"delivery {change.before.code}"} for change in changes
    ]
    if entries:
        connection.execute(insert(audit), entries)
