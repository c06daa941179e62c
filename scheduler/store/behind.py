"""What is behind its time: what the worker asks every round, of thousands as of few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.lateness import Late, LateRule, Overdue
from scheduler.domain.retry import GRACE
from scheduler.store.columns import EPOCH, MICROSECOND, to_instant, to_number
from scheduler.store.database import Database
from scheduler.store.deliveries import to_delivery
from scheduler.store.selection import parts
from scheduler.store.tables import deliveries
from scheduler.store.writes import ON_AIR

OVERDUE = timedelta(minutes=15)
LOOKED_FOR = timedelta(days=1)

# Its parent is out: a later part of a thread goes with the one before it until then.
WITH_PARENT = "LEFT JOIN deliveries AS parent ON deliveries.parent <> '' AND parent.code = deliveries.parent"
FOLLOWS = f"(deliveries.parent = '' OR parent.state = '{State.PUBLISHED.value}')"
LATE_SINCE = "max(deliveries.due_at, coalesce(deliveries.not_before, deliveries.due_at)) < :on_time"
IS_DUE = f"deliveries.state = '{State.SCHEDULED.value}' AND deliveries.due_at < :now"
EXPIRES = "coalesce(json_extract(posts.own, '$.expires'), json_extract(posts.ready, '$.expires'), '')"
# An article is looked into once, however many of its posts are late.
LATE = f"""
    WITH asking (id, late) AS MATERIALIZED (
        SELECT id, json_extract(document, '$.wishes.late') FROM articles WHERE id IN (
            SELECT posts.article_id FROM deliveries JOIN posts ON posts.id = deliveries.post_id
            WHERE {IS_DUE} AND {LATE_SINCE} AND posts.ready IS NULL
        )
    )
    SELECT deliveries.code, deliveries.channel, deliveries.campaign, deliveries.zone, deliveries.due_at,
        deliveries.not_before, deliveries.sent_at, {EXPIRES},
        CASE WHEN posts.ready IS NULL THEN asking.late ELSE json_extract(posts.ready, '$.late') END,
        parent.remote_id, parent.sent_at
    FROM deliveries JOIN posts ON posts.id = deliveries.post_id
    LEFT JOIN asking ON asking.id = posts.article_id
    {WITH_PARENT}
    WHERE {IS_DUE} AND {FOLLOWS} AND ({LATE_SINCE} OR parent.remote_id = '' OR {EXPIRES} <> '') AND {ON_AIR}
    ORDER BY deliveries.due_at, deliveries.id
"""  # noqa: S608
OVERDUE_NOW = f"""
    SELECT deliveries.code, deliveries.channel, deliveries.state, deliveries.due_at, deliveries.wall_time
    FROM deliveries {WITH_PARENT}
    WHERE deliveries.state IN ('scheduled', 'claimed', 'sending', 'unknown') AND deliveries.due_at < :before
    AND CASE deliveries.state
        WHEN 'unknown' THEN deliveries.sent_at IS NULL OR deliveries.sent_at <= :given_up
        ELSE coalesce(deliveries.not_before, 0) < :before AND {FOLLOWS}
            AND (deliveries.state <> 'scheduled' OR ({ON_AIR}))
        END
    ORDER BY deliveries.due_at, deliveries.id
"""  # noqa: S608


class StoredBehind:
    """Keeps ports.Behind, by the index on state and due instant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def late(self, *, now: datetime) -> Sequence[Late]:
        """One question."""
        times = {"now": to_number(now), "on_time": to_number(now - GRACE)}
        with self._database.ask() as connection:
            return [_late(row) for row in connection.execute(LATE, times).fetchall()]

    def as_judged(self, late: Sequence[Late]) -> Iterator[tuple[Late, Delivery]]:
        """One question a lot."""
        for lot in parts(late):
            whole = self._whole([one.code for one in lot])
            yield from ((one, whole[one.code]) for one in lot if _is_still(one, whole.get(one.code)))

    def _whole(self, codes: Sequence[str]) -> dict[str, Delivery]:
        with self._database.read() as connection:
            rows = connection.execute(select(deliveries).where(deliveries.c.code.in_(codes)))
            return {row.code: to_delivery(row) for row in rows}

    def overdue(self, *, now: datetime) -> Sequence[Overdue]:
        """One question; five columns a row."""
        before = now - OVERDUE
        times = {"before": to_number(before), "given_up": to_number(before - LOOKED_FOR)}
        with self._database.ask() as connection:
            return [_overdue(row) for row in connection.execute(OVERDUE_NOW, times).fetchall()]

    def in_doubt(self) -> Sequence[Delivery]:
        """Of what is held, only those that were sent."""
        is_open = deliveries.c.state.in_((State.UNKNOWN, State.HELD))
        query = select(deliveries).where(is_open, deliveries.c.sent_at.is_not(None))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(deliveries.c.due_at, deliveries.c.id))
            return [to_delivery(row) for row in rows]


def _is_still(late: Late, now: Delivery | None) -> bool:
    """Whether what the verdict rests on is as it was read."""
    if now is None or now.state is not State.SCHEDULED:
        return False
    return (now.due_at, now.not_before, now.sent_at) == (late.due_at, late.not_before, late.sent_at)


def _late(row: tuple[Any, ...]) -> Late:
    code, channel, campaign, zone, due_at, not_before, sent_at, expires, asked, answers, answered_at = row
    return Late(
        code=code,
        channel=channel,
        campaign=campaign,
        zone=zone,
        due_at=_at(due_at),
        not_before=to_instant(not_before),
        sent_at=to_instant(sent_at),
        expires=expires,
        asked=LateRule(asked) if asked else None,
        answers=answers,
        answered_at=to_instant(answered_at),
    )


def _overdue(row: tuple[Any, ...]) -> Overdue:
    code, channel, state, due_at, wall_time = row
    return Overdue(code=code, channel=channel, state=State(state), due_at=_at(due_at), wall_time=wall_time)


def _at(number: int) -> datetime:
    return EPOCH + number * MICROSECOND
