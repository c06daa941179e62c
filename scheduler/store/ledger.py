"""What deliveries cost, summed up where the rows are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from scheduler.domain.delivery import Delivery, State
from scheduler.store.database import Database
from scheduler.store.deliveries import to_delivery
from scheduler.store.tables import COSTS, deliveries


class StoredLedger:
    """Keeps usecases.budget.Ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spent(self, channel: str, *, since: datetime, until: datetime) -> float:
        """By an index over what costs; a proof of refusal has taken `sent_at` away."""
        sent = (deliveries.c.sent_at >= since, deliveries.c.sent_at < until)
        query = select(func.sum(deliveries.c.cost_usd)).where(COSTS, deliveries.c.channel == channel, *sent)
        with self._database.read() as connection:
            return round(connection.scalar(query) or 0.0, 4)

    def begun(self, channel: str) -> Sequence[Delivery]:
        """By the index on the state: few are claimed at any time."""
        return list(self._of(channel, State.CLAIMED))

    def rest(self, delivery: Delivery) -> Sequence[Delivery]:
        """By the index on deliveries a post."""
        own = (deliveries.c.post_id == delivery.post_id, deliveries.c.channel == delivery.channel)
        query = select(deliveries).where(*own, deliveries.c.part > 0, deliveries.c.state == State.SCHEDULED)
        with self._database.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]

    def coming(self, channel: str) -> Iterator[Delivery]:
        """By the same index, row by row."""
        return self._of(channel, State.SCHEDULED)

    def _of(self, channel: str, state: State) -> Iterator[Delivery]:
        mine = (deliveries.c.state == state, deliveries.c.channel == channel)
        with self._database.read() as connection:
            rows = connection.execute(select(deliveries).where(*mine).order_by(deliveries.c.due_at, deliveries.c.id))
            yield from map(to_delivery, rows)
