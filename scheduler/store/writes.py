"""Steps of deliveries, with what is told of them: compared and written in as few transactions as the moment allows."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache, partial
from typing import Any

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery, State
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.wording import wording
from scheduler.store.commits import Commits
from scheduler.store.shapes import Shape
from scheduler.store.tables import attempts, audit, deliveries

DELIVERY = Shape(deliveries, Delivery)
ATTEMPT = Shape(attempts, Attempt, given_by_database="id")
ENTRY = Shape(audit, AuditEntry)
GUARD = "WHERE id = ? AND fence = ? AND state = ?"
ROW = f"SELECT {DELIVERY.columns} FROM deliveries {GUARD}"  # noqa: S608
IN_CAMPAIGN = "deliveries.campaign NOT IN (SELECT campaign FROM pauses WHERE channel = '')"
"""Its campaign doesn't stand still."""
ON_AIR = f"deliveries.channel NOT IN (SELECT channel FROM pauses) AND {IN_CAMPAIGN}"  # noqa: S608
"""Nor does its account; a pause whose time is over is taken out of the table."""
GUARDED = frozenset({State.CLAIMED, State.SENDING})
"""Every event leads out of these states, and what they hold is fixed: id, fence and state say that nothing changed."""

Steps = Sequence[tuple[Delivery, Delivery]]


class StoredWrites:
    """Keeps ports.FencedWrites."""

    def __init__(self, commits: Commits) -> None:
        self._commits = commits

    def write(self, changes: Sequence[FencedWrite]) -> Sequence[bool]:
        """In the next transaction, together with what others have to write."""
        return self._commits.run(partial(_write, changes)) if changes else ()


def _write(changes: Sequence[FencedWrite], connection: sqlite3.Connection) -> list[bool]:
    return [_write_one(connection, change) for change in changes]


def _write_one(connection: sqlite3.Connection, change: FencedWrite) -> bool:
    written = move(connection, ((change.before, change.after), *change.along))
    if change.attempt is not None:
        connection.execute(ATTEMPT.insert, ATTEMPT.added(change.attempt))
    if change.entry is not None and written:
        connection.execute(ENTRY.insert, ENTRY.added(change.entry))
    return written


def move(connection: sqlite3.Connection, steps: Steps) -> bool:
    """Inside a writer's transaction: whether the rows were still what each step begins with; then all are moved."""
    return all(_is_still(connection, before) for before, _ in steps) and all(put(connection, *step) for step in steps)


def _is_still(connection: sqlite3.Connection, before: Delivery) -> bool:
    if before.state in GUARDED:
        return True
    row = connection.execute(ROW, _guard(before)).fetchone()
    return row is not None and DELIVERY.read(row) == before


def move_what_was_read(connection: sqlite3.Connection, steps: Steps) -> None:
    """The same where each step begins with what was read in this very transaction."""
    moves: dict[str, list[list[Any]]] = {}
    for before, after in steps:
        update, values = _statement(before, after)
        moves.setdefault(update, []).append(values)
    for update, rows in moves.items():
        connection.executemany(update, rows)


def put(connection: sqlite3.Connection, before: Delivery, after: Delivery) -> bool:
    """Inside a writer's transaction that has seen that the row is `before`."""
    return connection.execute(*_statement(before, after)).rowcount == 1


def _statement(before: Delivery, after: Delivery) -> tuple[str, list[Any]]:
    """Only what differs is written, so that no index is touched without need."""
    changed = DELIVERY.changed(before, after) or {"state": after.state.value}
    if changed.keys() & {"text", "link"}:
        changed["body"] = wording(after.text, after.link)
    update = _update(tuple(changed), is_intent=after.state is State.SENDING)
    return update, [*changed.values(), *_guard(before)]


def _guard(before: Delivery) -> tuple[int, int, str]:
    return before.id, before.fence, before.state.value


@cache
def _update(names: tuple[str, ...], *, is_intent: bool) -> str:
    settings = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE deliveries SET {settings} {GUARD}" + f" AND {ON_AIR}" * is_intent  # noqa: S608
