"""What went out and what did not, newest first, a page at a time: no question reads more than it shows or scans."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, exists, func, or_, select

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Outcome, State
from scheduler.store.database import Database
from scheduler.store.indices import IS_TROUBLE
from scheduler.store.screens.leafing import Leaf, Place, leaf_of, newer_than, older_than
from scheduler.store.selection import parts
from scheduler.store.tables import attempts, audit, deliveries, posts

COUNTED = 30_000
MOST_SPANS = 50
"""So many spans of time are remembered for the count of posts that went out twice."""
LOT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Whatever is not empty has to fit. `since` is inclusive, `until` exclusive (UTC); what is merely planned for
    after `now` has not happened. `words` stand in the text or in the title, in capitals or not."""

    since: datetime | None = None
    until: datetime | None = None
    now: datetime | None = None
    channel: str = ""
    state: State | None = None
    outcome: Outcome | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One delivery, with its tries, oldest first."""

    id: int
    code: str
    post_id: int
    channel: str
    due_at: datetime
    sent_at: datetime | None
    state: State
    text: str
    link: str
    article: str
    url: str
    words: str
    card_path: str
    may_go_out: bool
    approved_by: str
    tries: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Deliveries by state, counted up to COUNTED; `twice` is how many went out more than once."""

    states: Mapping[State, int]
    twice: int

    @property
    def all(self) -> int:
        """Of any state."""
        return sum(self.states.values())

    @property
    def is_all(self) -> bool:
        """Whether there are no more."""
        return self.all < COUNTED


class StoredLogScreen:
    """Questions of the log's pages and exports."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._twice: dict[tuple[datetime | None, datetime | None], tuple[int, frozenset[str]]] = {}

    def deliveries(self, wanted: LogFilter, *, before: Place | None = None, most: int) -> Leaf[LogRow]:
        """By the instant that was promised."""
        with self._database.read() as connection:
            leaf = leaf_of(connection, _deliveries(wanted, before), wanted.words, most)
            rows = _rows(connection, [row.id for row in leaf.rows])
        return Leaf(rows=rows, after=leaf.after, looked_back_to=leaf.looked_back_to)

    def tries(self, wanted: LogFilter, *, before: Place | None = None, most: int) -> Leaf[Attempt]:
        """Every try by its begin."""
        with self._database.read() as connection:
            leaf = leaf_of(connection, _tries(wanted, before), wanted.words, most)
            found = _by_id(connection, attempts, [row.id for row in leaf.rows])
        rows = tuple(Attempt(**row._mapping) for row in found)
        return Leaf(rows=rows, after=leaf.after, looked_back_to=leaf.looked_back_to)

    def tries_so_far(self, wanted: LogFilter, *, after: Place | None = None, most: int) -> Leaf[Attempt]:
        """The same, oldest first, those `after` a place."""
        with self._database.read() as connection:
            leaf = leaf_of(connection, _tries(wanted, after, oldest_first=True), wanted.words, most)
            found = _by_id(connection, attempts, [row.id for row in leaf.rows])
        return Leaf(rows=tuple(Attempt(**row._mapping) for row in found), after=leaf.after)

    def newest(self) -> int:
        """The id of the try that was stored last; 0 where there is none."""
        with self._database.read() as connection:
            return connection.scalar(select(func.max(attempts.c.id))) or 0

    def tries_after(self, last: int, wanted: LogFilter, *, most: int) -> Sequence[Attempt]:
        """What was stored after the try of an id, in the order of storing."""
        query = _tries(wanted, None).order_by(None).where(attempts.c.id > last).order_by(attempts.c.id)
        with self._database.read() as connection:
            leaf = leaf_of(connection, query, wanted.words, most)
            found = _by_id(connection, attempts, [row.id for row in leaf.rows])
        return [Attempt(**row._mapping) for row in found]

    def changes(
        self, wanted: LogFilter, *, but: Collection[str] = (), before: Place | None = None, most: int
    ) -> Leaf[AuditEntry]:
        """The audit log, without what some did."""
        with self._database.read() as connection:
            leaf = leaf_of(connection, _changes(wanted, before), wanted.words, most, but)
            found = _by_id(connection, audit, [row.id for row in leaf.rows])
        rows = tuple(AuditEntry(at=row.at, who=row.who, what=row.what, subject=row.subject) for row in found)
        return Leaf(rows=rows, after=leaf.after, looked_back_to=leaf.looked_back_to)

    def counts(self, wanted: LogFilter) -> Counts:
        """Of a stretch of time and a channel; words and states are not asked for."""
        query = select(deliveries.c.state).where(*_so_far(wanted), *_on(deliveries, wanted))
        some = query.order_by(deliveries.c.due_at.desc()).limit(COUNTED).subquery()
        with self._database.read() as connection:
            counted = connection.execute(select(some.c.state, func.count()).group_by(some.c.state))
            states = {row[0]: row[1] for row in counted}
        return Counts(states=states, twice=self.twice(wanted.since, wanted.until) if wanted.since else 0)

    def next_at(self, after: datetime) -> datetime | None:
        """When the next one that is scheduled was promised."""
        query = select(func.min(deliveries.c.due_at))
        query = query.where(deliveries.c.state == State.SCHEDULED, deliveries.c.due_at > after)
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(query)
        return found

    def channels(self) -> Sequence[str]:
        """All that ever had a delivery, by a jump through the index from one to the next."""
        found: list[str] = []
        with self._database.read() as connection:
            while True:
                after = deliveries.c.channel > (found[-1] if found else "")
                name = connection.scalar(select(func.min(deliveries.c.channel)).where(after))
                if name is None:
                    return found
                found.append(name)

    def twice(self, since: datetime | None, until: datetime | None) -> int:
        """How many have two receipts that differ. What was stored since it was asked last is looked at alone."""
        last, found = self._twice.get((since, until), (0, frozenset()))
        c, other = attempts.c, attempts.alias()
        of = LogFilter(since=since, until=until)
        again = (other.c.code == c.code, other.c.outcome == Outcome.PUBLISHED, other.c.remote_id != c.remote_id)
        where = (c.id > last, c.number > 1, c.outcome == Outcome.PUBLISHED, *_between(c.started_at, of))
        with self._database.read() as connection:
            newest = connection.scalar(select(func.max(c.id))) or 0
            fresh = (
                connection.scalars(select(c.code).where(*where, exists().where(*again))).all() if newest > last else ()
            )
        if len(self._twice) >= MOST_SPANS:
            self._twice.clear()
        self._twice[since, until] = newest, found.union(fresh)
        return len(self._twice[since, until][1])


def _deliveries(wanted: LogFilter, before: Place | None) -> Select[Any]:
    c = deliveries.c
    query = (
        select(c.id, c.due_at.label("at"), c.text, c.article, c.code)
        if wanted.words
        else select(c.id, c.due_at.label("at"), c.code)
    )
    where = [*_so_far(wanted), *_on(deliveries, wanted), *older_than(c.due_at, c.id, before)]
    if wanted.state:
        where.append(c.state == wanted.state)
    return query.where(*where).order_by(c.due_at.desc(), c.id.desc())


def _tries(wanted: LogFilter, place: Place | None, *, oldest_first: bool = False) -> Select[Any]:
    c = attempts.c
    query = select(c.id, c.started_at.label("at"), c.article, c.words, c.code)
    if wanted.words:
        query = query.add_columns(deliveries.c.text).join(deliveries, deliveries.c.code == c.code)
    bounds = newer_than(c.started_at, c.id, place) if oldest_first else older_than(c.started_at, c.id, place)
    where: list[Any] = [*_between(c.started_at, wanted), *_on(attempts, wanted), *bounds]
    if wanted.outcome:
        where.append(c.outcome == wanted.outcome)
        where += [IS_TROUBLE] if wanted.outcome is not Outcome.PUBLISHED else []
    order = (c.started_at, c.id) if oldest_first else (c.started_at.desc(), c.id.desc())
    return query.where(*where).order_by(*order)


def _changes(wanted: LogFilter, before: Place | None) -> Select[Any]:
    c = audit.c
    query = select(c.id, c.at.label("at"), c.who, c.what, c.subject)
    return query.where(*_between(c.at, wanted), *older_than(c.at, c.id, before)).order_by(c.at.desc(), c.id.desc())


def _between(column: ColumnElement[Any], wanted: LogFilter) -> list[ColumnElement[bool]]:
    where = [] if wanted.since is None else [column >= wanted.since]
    return where if wanted.until is None else [*where, column < wanted.until]


def _so_far(wanted: LogFilter) -> list[ColumnElement[bool]]:
    c = deliveries.c
    is_over = [] if wanted.now is None else [or_(c.state != State.SCHEDULED, c.due_at <= wanted.now)]
    return [*_between(c.due_at, wanted), *is_over]


def _on(table: Table, wanted: LogFilter) -> list[ColumnElement[bool]]:
    """Where few rows are of a state, the index on that is the better one: nothing is added to keep off the other."""
    if not wanted.channel:
        return []
    is_rare = wanted.state not in (None, State.PUBLISHED) or wanted.outcome not in (None, Outcome.PUBLISHED)
    return [(table.c.channel + "" if is_rare else table.c.channel) == wanted.channel]


def _by_id(connection: Connection, table: Table, numbers: Sequence[int]) -> list[Row[Any]]:
    rows = [row for some in parts(numbers) for row in connection.execute(select(table).where(table.c.id.in_(some)))]
    order = {number: at for at, number in enumerate(numbers)}
    return sorted(rows, key=lambda row: order[row.id])


COLUMNS = (
    *("id", "code", "post_id", "channel", "due_at", "sent_at", "state", "text", "link", "article", "url", "words"),
    "card_path",
)


def _rows(connection: Connection, numbers: Sequence[int]) -> tuple[LogRow, ...]:
    """Deliveries in this order, with their tries and who said yes."""
    who = func.json_extract(posts.c.approval, "$.by").label("approved_by")
    columns = (
        *(deliveries.c[name] for name in COLUMNS),
        posts.c.may_go_out,
        func.coalesce(who, "").label("approved_by"),
    )
    query = select(*columns).join(posts, posts.c.id == deliveries.c.post_id)
    rows = {
        row.id: row for some in parts(numbers) for row in connection.execute(query.where(deliveries.c.id.in_(some)))
    }
    tries = _tries_of(connection, [row.code for row in rows.values()])
    return tuple(LogRow(**rows[number]._mapping, tries=tries.get(rows[number].code, ())) for number in numbers)


def _tries_of(connection: Connection, codes: Sequence[str]) -> Mapping[str, tuple[Attempt, ...]]:
    query = select(attempts).order_by(attempts.c.code, attempts.c.id)
    rows = [row for some in parts(codes) for row in connection.execute(query.where(attempts.c.code.in_(some)))]
    found = (Attempt(**row._mapping) for row in rows)
    return {code: tuple(some) for code, some in groupby(found, key=lambda one: one.code)}
