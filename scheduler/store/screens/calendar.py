"""What the calendar's pages ask: some deliveries of each day, how many there are, which times are taken."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    FromClause,
    Row,
    Select,
    Subquery,
    Text,
    exists,
    func,
    select,
    text,
    tuple_,
    type_coerce,
)

from scheduler.domain.delivery import BOOKED, State
from scheduler.domain.standing import Standing, standing
from scheduler.store.columns import Instant, to_number
from scheduler.store.database import Database
from scheduler.store.screens.standing import CONFIRM, STANDING
from scheduler.store.tables import deliveries, posts

# For a list of states SQLite would read and sort all there is, instead of going through the index on due instants.
IS_SHOWN = deliveries.c.state != State.CANCELLED
MICROSECOND = timedelta(microseconds=1)
MOST_LETTERS = 400
"""Of a text in a list."""
Span = tuple[datetime, datetime]
"""From an instant (UTC) to another, which is outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTile:
    """One delivery as a calendar shows it; `said` is the beginning of its text."""

    id: int
    code: str
    post_id: int
    channel: str
    due_at: datetime
    wall_time: str
    zone: str
    standing: Standing
    said: str
    link: str
    card_path: str
    article: str
    part: int


class StoredCalendarScreen:
    """Questions of the calendar's pages. `channels` empty means all; what was cancelled is not in a calendar."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tiles(self, spans: Sequence[Span], *, channels: Sequence[str], most: int) -> Sequence[Sequence[PlannedTile]]:
        """The first of each span, by due instant: by the index on that, once a span."""
        days, inside = _days(spans), deliveries.alias("inside")
        within = inside.c.due_at.between(days.c.start, days.c.end), inside.c.state != State.CANCELLED
        first = select(inside.c.id).where(*within).order_by(inside.c.due_at, inside.c.id).limit(most)
        if channels:
            first = first.where(inside.c.channel.in_(channels))
        of = days.join(deliveries, deliveries.c.id.in_(first.correlate(days)))
        query = _tiles(of).add_columns(days.c.day).order_by(days.c.day, deliveries.c.due_at, deliveries.c.id)
        found: list[list[PlannedTile]] = [[] for _ in spans]
        with self._database.read() as connection:
            for row in connection.execute(query):
                found[row.day].append(_tile(row))
        return found

    def counts(self, spans: Sequence[Span], *, channels: Sequence[str]) -> Sequence[Mapping[Standing, int]]:
        """How many of each standing lie in each of some spans that follow each other.

        By the indexes on due instants, each span by itself, and on the posts that lack a yes.
        """
        days = _days(spans)
        of = days.join(deliveries, deliveries.c.due_at.between(days.c.start, days.c.end))
        query = _of(select(days.c.day, deliveries.c.state, func.count()).select_from(of), channels)
        starts = [to_number(start) or 0 for start, _ in spans]
        found = [Counter[Standing]() for _ in spans]
        span = {"start": starts[0], "end": to_number(spans[-1][1])}
        with self._database.read() as connection:
            for day, state, number in connection.execute(query.group_by(days.c.day, deliveries.c.state)):
                found[day][standing(state, may_go_out=True, asks=False)] += number
            has_planned = any(counts[Standing.SCHEDULED] for counts in found)
            rows = connection.execute(_DRAFTS, {**span, **_WORDS}).all() if has_planned else ()
        drafts = Counter(
            (bisect_right(starts, at) - 1, asks) for at, name, asks in rows if name in channels or not channels
        )
        for (day, asks), number in drafts.items():
            found[day].update({Standing.CONFIRM if asks else Standing.DRAFT: number, Standing.SCHEDULED: -number})
        return [+counts for counts in found]

    def page(
        self, *, channels: Sequence[str], since: datetime, after: tuple[datetime, int] | None, most: int
    ) -> Sequence[PlannedTile]:
        """At most `most` from an instant on, or those after one of that due instant and id."""
        query = _of(_tiles(), channels).where(deliveries.c.due_at >= (after[0] if after else since))
        if after:
            query = query.where(tuple_(deliveries.c.due_at, deliveries.c.id) > after)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(deliveries.c.due_at, deliveries.c.id).limit(most))
            return [_tile(row) for row in rows]

    def before(self, *, channels: Sequence[str], until: datetime, most: int) -> datetime | None:
        """The due instant of the `most`-th delivery before an instant, or of the first there is; None without one."""
        query = _of(select(deliveries.c.due_at), channels).where(deliveries.c.due_at < until)
        with self._database.read() as connection:
            return min(connection.scalars(query.order_by(deliveries.c.due_at.desc()).limit(most)), default=None)

    def taken(self, channel: str, instants: Sequence[datetime], *, spacing: timedelta) -> Collection[datetime]:
        """Which of these are taken by something nearer than `spacing`, or at the very same time."""
        wanted = func.json_each(json.dumps([to_number(at) for at in instants])).table_valued("value")
        reach = max(spacing // MICROSECOND - 1, 0)
        due_at = type_coerce(deliveries.c.due_at, BigInteger)
        is_near = due_at.between(wanted.c.value - reach, wanted.c.value + reach)
        near = exists().where(deliveries.c.channel == channel, is_near, deliveries.c.state.in_(BOOKED))
        with self._database.read() as connection:
            found = connection.scalars(select(type_coerce(wanted.c.value, Instant)).where(near))
            return frozenset(at for at in found if at is not None)

    def later(self, channel: str, *, after: datetime, most: int) -> Sequence[PlannedTile]:
        """What could be brought forward into a slot: the next ones that are scheduled on its channel."""
        mine = (deliveries.c.state == State.SCHEDULED, deliveries.c.channel == channel, deliveries.c.part == 0)
        query = _tiles().where(*mine, deliveries.c.due_at > after).order_by(deliveries.c.due_at).limit(most)
        with self._database.read() as connection:
            return [_tile(row) for row in connection.execute(query)]

    def in_slots(self, channel: str, *, after: datetime, most: int) -> Sequence[datetime]:
        """The due instants of what is scheduled next, but for what a row or a person gave a time of its own."""
        own = func.coalesce(func.json_extract(posts.c.ready, "$.when.wall_time"), "")
        mine = (deliveries.c.state == State.SCHEDULED, deliveries.c.channel == channel, deliveries.c.part == 0)
        query = select(deliveries.c.due_at).join(posts, posts.c.id == deliveries.c.post_id).where(*mine, own == "")
        query = query.where(deliveries.c.due_at > after, deliveries.c.pinned.is_(False))
        with self._database.read() as connection:
            return connection.scalars(query.order_by(deliveries.c.due_at).limit(most)).all()

    def tile(self, code: str) -> PlannedTile | None:
        """One delivery."""
        with self._database.read() as connection:
            row = connection.execute(_tiles().where(deliveries.c.code == code)).one_or_none()
        return _tile(row) if row else None


_PLAIN = ("id", "code", "post_id", "channel", "due_at", "wall_time", "zone", "link", "card_path", "article", "part")
_NAMES = (*_PLAIN, "said")


# Begins with the posts that lack a yes, which are fewer than what lies in a month. A cross join keeps SQLite to this
# order, the plus from an index that would read the month all the same.
_DRAFTS = text(
    "SELECT deliveries.due_at, deliveries.channel, instr(posts.findings, :confirm) > 0 AS asks "
    "FROM posts CROSS JOIN deliveries ON deliveries.post_id = posts.id AND deliveries.state = :planned "
    "WHERE posts.may_go_out = 0 AND +deliveries.due_at >= :start AND +deliveries.due_at < :end"
).columns(due_at=BigInteger, channel=Text, asks=BigInteger)
_WORDS = {"planned": State.SCHEDULED.value, "confirm": CONFIRM}


def _days(spans: Sequence[Span]) -> Subquery:
    """A row for each span, with its place in the order; its end is its last microsecond."""
    listed = func.json_each(json.dumps([[to_number(start), to_number(end - MICROSECOND)] for start, end in spans]))
    each = listed.table_valued("key", "value")
    start, end = (type_coerce(func.json_extract(each.c.value, f"$[{at}]"), BigInteger) for at in (0, 1))
    return select(each.c.key.label("day"), start.label("start"), end.label("end")).subquery("days")


def _tiles(of: FromClause = deliveries) -> Select[Any]:
    said = func.substr(deliveries.c.text, 1, MOST_LETTERS).label("said")
    columns = (*(deliveries.c[name] for name in _PLAIN), said, STANDING.label("standing"))
    return select(*columns).select_from(of.join(posts, posts.c.id == deliveries.c.post_id))


def _of(query: Select[Any], channels: Sequence[str]) -> Select[Any]:
    query = query.where(IS_SHOWN)
    return query.where(deliveries.c.channel.in_(channels)) if channels else query


def _tile(row: Row[Any]) -> PlannedTile:
    return PlannedTile(**dict(zip(_NAMES, row, strict=False)), standing=Standing(row.standing))
