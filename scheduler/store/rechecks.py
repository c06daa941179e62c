"""Which posts the claim rules as they are now were asked of: whatever changes a post forgets it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import func, select, union, update

from scheduler.domain.delivery import State
from scheduler.domain.post import Post
from scheduler.store.database import Database
from scheduler.store.selection import parts, posts_of
from scheduler.store.tables import deliveries, posts

OPEN = set(State) - {State.PUBLISHED, State.CANCELLED}


class StoredRechecks:
    """Keeps usecases.recheck.Memory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unasked(self, version: str, channels: Collection[str]) -> Iterator[Sequence[Post]]:
        """By the index on the state, and by that on deliveries a post."""
        is_old = posts.c.asked != version
        mine = (deliveries.c.post_id == posts.c.id, deliveries.c.channel.in_(channels))
        served = select(func.count(deliveries.c.channel.distinct())).where(*mine).scalar_subquery()
        live = select(deliveries.c.post_id).where(deliveries.c.state.in_(OPEN))
        to_come = union(
            select(posts.c.id).where(is_old, posts.c.id.in_(live)),
            select(posts.c.id).where(is_old, served < len(channels)),
        )
        with self._database.read() as connection:
            numbers = sorted(connection.scalars(to_come))
        for part in parts(numbers):
            with self._database.read() as connection:
                found = posts_of(connection, part)
            yield [found[number] for number in part if number in found]

    def mark(self, version: str, asked: Sequence[Post]) -> None:
        """Those that are still as they were asked."""
        if not asked:
            return
        with self._database.write() as connection:
            now = posts_of(connection, [one.id for one in asked])
            still = [one.id for one in asked if now.get(one.id) == one]
            for part in parts(still):
                connection.execute(update(posts).where(posts.c.id.in_(part)).values(asked=version))
