"""What the worker asks at every tick: what may go out now, what waits, what was left behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import or_, select, text

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.moment import UNMARKED, Mark
from scheduler.domain.retry import GIVE_UP, GRACE
from scheduler.domain.transitions import claimed
from scheduler.store.columns import EPOCH, MICROSECOND, to_instant, to_number
from scheduler.store.commits import Commits
from scheduler.store.database import Database
from scheduler.store.deliveries import to_delivery
from scheduler.store.tables import IS_SCHEDULED, READY_AT, deliveries, posts
from scheduler.store.writes import DELIVERY, IN_CAMPAIGN, ON_AIR, move_what_was_read

PARENT = "SELECT {} FROM deliveries AS parent WHERE parent.code = deliveries.parent"
IS_OUT = f"parent.state = '{State.PUBLISHED.value}' AND parent.remote_id <> ''"
IS_NEXT = f"(deliveries.parent = '' OR EXISTS ({PARENT.format(1)} AND {IS_OUT}))"
"""The first part of a thread, or one whose parent is out and can be answered."""
MAY_BE_FIRST = f"{IS_NEXT} AND {IN_CAMPAIGN}"

# Each account's first, by the index: it costs the same however long the calendar is, and whatever is paused.
_FIRST = f"SELECT id FROM deliveries WHERE {IS_SCHEDULED} AND {{}} ORDER BY channel, {READY_AT} LIMIT 1"  # noqa: S608
FIRSTS = f"""
    WITH RECURSIVE firsts (id) AS (
        SELECT ({_FIRST.format(MAY_BE_FIRST)})
        UNION ALL
        SELECT ({_FIRST.format(f"channel > last.channel AND {MAY_BE_FIRST}")})
        FROM firsts JOIN deliveries AS last USING (id)
    )
    SELECT channel, {READY_AT} FROM firsts JOIN deliveries USING (id) WHERE {ON_AIR}
"""  # noqa: S608
# On time is what a reader would not call late; a part of a thread goes by when its parent went out.
CLAIMABLE = f"""
    SELECT {DELIVERY.columns}, ({PARENT.format("remote_id")})
    FROM deliveries JOIN posts ON posts.id = deliveries.post_id
    WHERE deliveries.channel = :channel AND {IS_SCHEDULED} AND {READY_AT} <= :now
    AND posts.may_go_out AND {ON_AIR} AND {IS_NEXT}
    AND ({READY_AT} >= :on_time OR (deliveries.parent <> '' AND ({PARENT.format("sent_at")}) >= :still))
    ORDER BY deliveries.channel, {READY_AT}, deliveries.id LIMIT :room
"""  # noqa: S608


def _one(_: str) -> int:
    return 1


class DueDeliveries:
    """Keeps ports.Due."""

    def __init__(self, database: Database, commits: Commits) -> None:
        self._database = database
        self._commits = commits

    def claim(
        self, *, now: datetime, lease_seconds: int, mark: Mark = UNMARKED, room: Callable[[str], int] = _one
    ) -> Sequence[Delivery]:
        """Chosen and claimed in one transaction, so that two workers never get the same one; pauses hold at once."""
        present = (now - EPOCH) // MICROSECOND
        with self._database.ask() as connection:
            firsts = _firsts(connection)
        rooms = {channel: most for channel, at in firsts if at <= present and (most := room(channel)) > 0}
        if not rooms:
            return ()
        claim = partial(claimed, now=now, lease_seconds=lease_seconds, mark=mark)
        return self._commits.run(partial(_claim, rooms, now, claim))

    def waiting(self, *, now: datetime) -> Sequence[Delivery]:
        """Due, but the post lacks a yes."""
        ready = or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now)
        query = (
            select(deliveries)
            .join(posts, posts.c.id == deliveries.c.post_id)
            .where(deliveries.c.state == State.SCHEDULED, deliveries.c.due_at <= now, ready, text(ON_AIR))
            .where(~posts.c.may_go_out)
            .order_by(deliveries.c.due_at, deliveries.c.id)
        )
        with self._database.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]

    def next_at(self) -> datetime | None:
        """The earliest instant at which something scheduled could go out, approved or not; none of a paused channel."""
        with self._database.ask() as connection:
            first = min((ready_at for _, ready_at in _firsts(connection)), default=None)
        return to_instant(first)


def _firsts(connection: sqlite3.Connection) -> Sequence[tuple[str, int]]:
    """Each account that is not paused, with the instant at which its first may go out."""
    return connection.execute(FIRSTS).fetchall()


def _claim(
    rooms: Mapping[str, int], now: datetime, claim: Callable[..., Delivery], connection: sqlite3.Connection
) -> Sequence[Delivery]:
    steps = [(before, claim(before, reply_to=id_there)) for before, id_there in _claimable(connection, rooms, now)]
    move_what_was_read(connection, steps)
    return [after for _, after in steps]


def _claimable(
    connection: sqlite3.Connection, rooms: Mapping[str, int], now: datetime
) -> Iterator[tuple[Delivery, str]]:
    """At most so many of each account, each with the id there of what it answers."""
    times = {"now": to_number(now), "on_time": to_number(now - GRACE), "still": to_number(now - GIVE_UP)}
    for channel, room in rooms.items():
        for row in connection.execute(CLAIMABLE, {"channel": channel, "room": room, **times}):
            yield DELIVERY.read(row), row[-1] or ""
