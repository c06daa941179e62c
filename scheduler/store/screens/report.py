"""A month's deliveries: counted for the page, one by one for whoever wants them all."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, text, type_coerce
from sqlalchemy import String as Text

from scheduler.domain.delivery import Attempt, Delivery, State
from scheduler.domain.findings import Finding
from scheduler.domain.revision import SOURCE
from scheduler.store.columns import to_number
from scheduler.store.database import Database
from scheduler.store.deliveries import to_delivery
from scheduler.store.indices import IS_OUT
from scheduler.store.selection import parts
from scheduler.store.tables import articles, attempts, audit, deliveries, posts

LOT = 500
TROUBLED = (State.FAILED, State.HELD, State.UNKNOWN, State.CANCELLED)
COMING = (State.SCHEDULED, State.CLAIMED, State.SENDING)


OUT_BY_DAY = text("""
    SELECT day.key, channel, 'published', count(*), sum(cost_usd) FROM json_each(:edges) AS day
    JOIN deliveries INDEXED BY ix_deliveries_published
      ON state = 'published' AND sent_at >= day.value ->> 0 AND sent_at < day.value ->> 1
    GROUP BY day.key, channel
""")
REST_BY_DAY = text("""
    SELECT day.key, channel, state, count(*), 0.0 FROM json_each(:edges) AS day
    JOIN deliveries INDEXED BY ix_deliveries_due_at ON due_at >= day.value ->> 0 AND due_at < day.value ->> 1
    WHERE state <> 'published' GROUP BY day.key, channel, state
""")
OUT_BY_ARTICLE = text("""
    SELECT article_id, sum(number) FROM (
      SELECT post_id, count(*) AS number FROM deliveries INDEXED BY ix_deliveries_published
      WHERE state = 'published' AND sent_at >= :since AND sent_at < :until GROUP BY post_id
    ) JOIN posts ON posts.id = post_id GROUP BY article_id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many of one channel and state on one day of the month, from 0, with what they cost."""

    day: int
    channel: str
    state: State
    number: int
    cost_usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounts:
    """What went out on the day it was sent, everything else on the day it is due; `articles` is what went out."""

    counts: tuple[Count, ...]
    articles: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A delivery that went out."""

    code: str
    channel: str
    article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One delivery with its last try, where that tells why, and what was found of its article."""

    delivery: Delivery
    last: Attempt | None
    findings: tuple[Finding, ...]


class StoredReportScreen:
    """Questions of the report."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted = lru_cache(maxsize=6)(self._count)

    def counted(self, edges: Sequence[datetime]) -> MonthCounts:
        """Of the days between `edges`, the first instant of each and the end of the last.

        Counted again only when something was tried, changed or planned meanwhile.
        """
        newest = [select(func.max(table.c.id)).scalar_subquery() for table in (attempts, audit, deliveries)]
        with self._database.read() as connection:
            stand = tuple(connection.execute(select(*newest)).one())
        return self._counted(tuple(edges), stand)

    def out_of(self, codes: Collection[str], since: datetime, until: datetime) -> Iterator[Out]:
        """Those of `codes` that were sent in this span."""
        c = deliveries.c
        query = select(c.code, c.channel, posts.c.article_id).join(posts, posts.c.id == c.post_id)
        query = query.where(c.state == State.PUBLISHED, c.sent_at >= since, c.sent_at < until)
        for some in parts(sorted(codes)):
            with self._database.read() as connection:
                found = connection.execute(query.where(c.code.in_(some))).all()
            yield from (Out(**row._mapping) for row in found)

    def overdue(self, since: datetime, until: datetime) -> int:
        """What may go out, was due in this span and is still to come."""
        due = (deliveries.c.state.in_(COMING), deliveries.c.due_at >= since, deliveries.c.due_at < until)
        query = select(func.count()).select_from(deliveries.join(posts, posts.c.id == deliveries.c.post_id))
        with self._database.read() as connection:
            return connection.scalar(query.where(*due, posts.c.may_go_out)) or 0

    def first_at(self) -> datetime | None:
        """When the first delivery of all is or was due."""
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(select(func.min(deliveries.c.due_at)))
        return found

    def titles(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """Of articles."""
        with self._database.read() as connection:
            query = select(articles.c.id, articles.c.title)
            found = [row for some in parts(numbers) for row in connection.execute(query.where(articles.c.id.in_(some)))]
        return {row.id: row.title for row in found}

    def rows(
        self, since: datetime, until: datetime, *, states: Sequence[State] = (), most: int | None = None
    ) -> Iterator[MonthRow]:
        """By state and instant, read lot by lot; at most `most`."""
        with self._database.read() as connection:
            numbers = connection.scalars(
                _numbers(since, until, states or (State.PUBLISHED, *TROUBLED, *COMING), most)
            ).all()
        for some in parts(numbers):
            with self._database.read() as connection:
                found = _rows(connection, some)
            yield from found

    def _count(self, edges: tuple[datetime, ...], _stand: tuple[int | None, ...]) -> MonthCounts:
        instants = [to_number(edge) for edge in edges]
        days = {"edges": json.dumps(list(pairwise(instants)))}
        with self._database.read() as connection:
            rows = [*connection.execute(OUT_BY_DAY, days), *connection.execute(REST_BY_DAY, days)]
            span = {"since": instants[0], "until": instants[-1]}
            by_article = {row[0]: row[1] for row in connection.execute(OUT_BY_ARTICLE, span)}
        counts = (
            Count(day=day, channel=channel, state=State(state), number=number, cost_usd=cost or 0.0)
            for day, channel, state, number, cost in rows
        )
        return MonthCounts(counts=tuple(counts), articles=by_article)


def _numbers(since: datetime, until: datetime, states: Sequence[State], most: int | None) -> Select[Any]:
    """Ids by instant: what is out counts when it was sent, everything else when it is due."""
    c = deliveries.c
    late = [state for state in states if state is not State.PUBLISHED]
    due = select(c.id, c.due_at.label("at")).where(c.state.in_(late), c.due_at >= since, c.due_at < until)
    sent = select(c.id, c.sent_at.label("at")).where(IS_OUT, c.sent_at >= since, c.sent_at < until)
    both = (sent.union_all(due) if State.PUBLISHED in states else due).subquery()
    return select(both.c.id).order_by(both.c.at, both.c.id).limit(most)


def _rows(connection: Connection, numbers: Sequence[int]) -> list[MonthRow]:
    found = {
        row.id: to_delivery(row) for row in connection.execute(select(deliveries).where(deliveries.c.id.in_(numbers)))
    }
    codes = [one.code for one in found.values() if one.state is not State.PUBLISHED]
    last = _last_tries(connection, codes)
    findings = _findings(connection, [one.post_id for one in found.values()])
    return [
        MonthRow(delivery=one, last=last.get(one.code), findings=findings.get(one.post_id, ()))
        for one in (found[number] for number in numbers)
    ]


def _last_tries(connection: Connection, codes: Sequence[str]) -> Mapping[str, Attempt]:
    query = select(attempts).where(attempts.c.code.in_(codes)).order_by(attempts.c.code, attempts.c.id)
    tries: list[Row[Any]] = list(connection.execute(query)) if codes else []
    return {code: Attempt(**list(some)[-1]._mapping) for code, some in groupby(tries, key=lambda row: row.code)}


def _findings(connection: Connection, numbers: Sequence[int]) -> Mapping[int, tuple[Finding, ...]]:
    """Of posts whose article changed: few."""
    changed = func.instr(type_coerce(posts.c.findings, Text), f'"check":"{SOURCE}"') > 0
    query = select(posts.c.id, posts.c.findings).where(posts.c.id.in_(set(numbers)), changed)
    return {row.id: row.findings for row in connection.execute(query)}
