"""What waits for a yes, in the order in which people decide: blocked posts, then by slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    type_coerce,
)

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.post import PostStatus
from scheduler.domain.revision import SourceRule
from scheduler.store.database import Database
from scheduler.store.deliveries import to_delivery
from scheduler.store.tables import audit, deliveries, posts

# An index over some rows is used only by a query that repeats its words.
NO_YES = text("posts.may_go_out = 0")
IS_BLOCKED = text('instr(posts.findings, \'"severity":"block"\') > 0')
IS_FREE = text('instr(posts.findings, \'"severity":"block"\') = 0')
COMING = (State.SCHEDULED, State.HELD)
MOST_COMING = 500
FEW = 2_000
MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One post's place in the queue: `due_at` (UTC) is its soonest slot's, None where it has none."""

    post_id: int
    due_at: datetime | None = None


class StoredReviewScreen:
    """Questions of the review pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, *, after: Turn | None = None, most: int) -> Sequence[Turn]:
        """At most `most` that come after one, or the first ones."""
        with self._database.read() as connection:
            found: list[Turn] = []
            if after is None or after.due_at is None:
                rows = connection.execute(_blocked(after.post_id if after else 0, most))
                found = [Turn(post_id=row.id) for row in rows]
            if len(found) < most:
                rows = connection.execute(_by_slot(after, most - len(found), from_posts=_are_few(connection)))
                found += [_turn(row) for row in rows]
        return found

    def count(self, *, most: int) -> int:
        """How many wait, counted up to `most`."""
        with self._database.read() as connection:
            blocked = _number(connection.scalar(_counted(_blocked(0, most))))
            by_slot = _number(connection.scalar(_counted(_coming(most))))
        return min(blocked + by_slot, most)

    def turn(self, post_id: int) -> Turn | None:
        """The place of a post, None when it doesn't wait."""
        with self._database.read() as connection:
            if connection.execute(_blocked(0, 1).where(posts.c.id == post_id)).first():
                return Turn(post_id=post_id)
            row = connection.execute(_by_slot(None, 1, from_posts=True).where(posts.c.id == post_id)).first()
        return _turn(row) if row else None

    def last_yes(self) -> AuditEntry | None:
        """Who said yes last, as far as it is among the newest entries."""
        newest = select(audit.c.at, audit.c.who, audit.c.what, audit.c.subject).order_by(audit.c.id.desc())
        recent = newest.limit(MOST_ENTRIES).subquery()
        query = select(recent).where(recent.c.what.startswith("approved"), recent.c.subject.startswith("post "))
        with self._database.read() as connection:
            row = connection.execute(query.limit(1)).first()
        return AuditEntry(**row._mapping) if row else None

    def coming(self, numbers: Sequence[int]) -> Sequence[Delivery]:
        """What of these posts is under way or planned, by due instant, as far as a page has room for."""
        where = deliveries.c.post_id.in_(numbers) & deliveries.c.state.in_(LIVE)
        query = select(deliveries).where(where).order_by(deliveries.c.due_at, deliveries.c.id).limit(MOST_COMING)
        with self._database.read() as connection:
            return [to_delivery(row) for row in connection.execute(query)]


def _blocked(after: int, most: int) -> Select[Any]:
    """Without those that somebody left out, whose article is another by now, or whose deliveries are all over."""
    own = deliveries.c.post_id == posts.c.id
    is_coming = exists().where(own, deliveries.c.state.in_(COMING)) | ~exists().where(own)
    where = (NO_YES, IS_BLOCKED, posts.c.id > after, _is_open(), is_coming)
    return select(posts.c.id).where(*where).order_by(posts.c.id).limit(most)


def _coming(most: int) -> Select[Any]:
    """Those that have a slot, in no order."""
    has_slot = exists().where(deliveries.c.post_id == posts.c.id, deliveries.c.state == State.SCHEDULED)
    return select(posts.c.id).where(NO_YES, IS_FREE, _is_open(), has_slot).limit(most)


def _are_few(connection: Connection) -> bool:
    """Whether it is quicker to ask each post for its slots than to walk through the slots of all."""
    return _number(connection.scalar(_counted(select(posts.c.id).where(NO_YES).limit(FEW)))) < FEW


def _by_slot(after: Turn | None, most: int, *, from_posts: bool) -> Select[Any]:
    """Each post once, at its soonest slot. Unless read `from_posts`, in the order of the slots and no further than
    asked. A plus keeps SQLite from the index on the state."""
    sooner = deliveries.alias("sooner")
    place = tuple_(deliveries.c.due_at, deliveries.c.id)
    is_second = exists().where(
        sooner.c.post_id == deliveries.c.post_id,
        text("+sooner.state = 'scheduled'"),
        tuple_(sooner.c.due_at, sooner.c.id) < place,
    )
    is_scheduled = text("+deliveries.state = 'scheduled'") if from_posts else deliveries.c.state == State.SCHEDULED
    where: list[ColumnElement[bool] | Any] = [is_scheduled, NO_YES, IS_FREE, _is_open()]
    if after and after.due_at:
        is_later = or_(deliveries.c.due_at > after.due_at, deliveries.c.post_id > after.post_id)
        where += [deliveries.c.due_at >= after.due_at, is_later]
    columns = (deliveries.c.post_id, deliveries.c.due_at)
    joined = select(*columns).join(posts, posts.c.id == deliveries.c.post_id).where(*where, ~is_second)
    return joined.order_by(deliveries.c.due_at, deliveries.c.post_id).limit(most)


def _is_open() -> ColumnElement[bool]:
    findings = type_coerce(posts.c.findings, String)
    gone = (SourceRule.GONE, SourceRule.OUT)
    fresh = [func.instr(findings, f'"rule":"{rule.value}"') == 0 for rule in gone]
    return (posts.c.status != PostStatus.HELD) & fresh[0] & fresh[1]


def _counted(query: Select[Any]) -> Select[Any]:
    return select(func.count()).select_from(query.order_by(None).subquery())


def _number(found: int | None) -> int:
    return found or 0


def _turn(row: Row[Any]) -> Turn:
    return Turn(post_id=row.post_id, due_at=row.due_at)
