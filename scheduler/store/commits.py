"""One commit for all who want to write at the same moment: a durable commit costs several syncs, whatever is in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from scheduler.domain.errors import DatabaseUnusable
from scheduler.store.database import Database

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]


class Commits:
    """Whoever gets the writer's turn first does the work of all who wait for it; each returns when it is durable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Ticket[Any]] = []

    def run(self, work: Work[Result]) -> Result:
        """What `work` returns, once its transaction is on disk. `work` may be run twice, and does nothing but SQL.

        Raises DatabaseUnusable; a constraint that is broken is told to the one who broke it, as sqlite3.IntegrityError.
        """
        ticket = _Ticket(work)
        self._waiting.append(ticket)
        with self._database.turn:
            if not ticket.is_done:
                self._lead(ticket)
        return ticket.outcome()

    def _lead(self, own: _Ticket[Any]) -> None:
        group = list(self._waiting)
        try:
            self._commit(group)
        finally:
            # What is not done when this thread is interrupted stays for the next to lead.
            for ticket in group:
                if ticket is own or ticket.is_done:
                    self._waiting.remove(ticket)

    def _commit(self, group: Sequence[_Ticket[Any]]) -> None:
        try:
            with self._database.durable() as connection:
                results = [ticket.work(connection) for ticket in group]
        except sqlite3.IntegrityError as error:
            if len(group) == 1:
                group[0].fail(error)
            else:
                for ticket in group:
                    self._commit([ticket])
        except DatabaseUnusable as error:
            for ticket in group:
                ticket.fail(error)
        else:
            for ticket, result in zip(group, results, strict=True):
                ticket.succeed(result)


class _Ticket(Generic[Result]):
    """One caller's work, and what became of it."""

    def __init__(self, work: Work[Result]) -> None:
        self.work = work
        self.is_done = False
        self._results: list[Result] = []
        self._error: Exception | None = None

    def succeed(self, result: Result) -> None:
        self._results.append(result)
        self.is_done = True

    def fail(self, error: Exception) -> None:
        self._error = error
        self.is_done = True

    def outcome(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._results[0]
