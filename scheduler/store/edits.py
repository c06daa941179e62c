"""A post and its deliveries changed as one: no yes to new words ever meets old ones."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from scheduler.domain.audit import AuditEntry
from scheduler.domain.change import Edit
from scheduler.domain.delivery import Delivery
from scheduler.domain.post import Post
from scheduler.store.database import Database
from scheduler.store.deliveries import compare_and_set, slots_kept
from scheduler.store.posts import replace_post
from scheduler.store.records import add_audit


class StoredEdits:
    """Keeps ports.Edits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, before: Post, after: Post, steps: Sequence[tuple[Delivery, Delivery]], entry: AuditEntry) -> bool:
        """One transaction, rolled back when anything is not as it was read."""
        return self.write_all([Edit(before=before, after=after, steps=tuple(steps), entry=entry)])[0]

    def write_all(self, edits: Sequence[Edit]) -> Sequence[bool]:
        """A savepoint each."""
        with slots_kept(), self._database.write() as connection:
            return [_write(connection, edit) for edit in edits]


def _write(connection: Connection, edit: Edit) -> bool:
    with connection.begin_nested() as savepoint:
        written = replace_post(connection, edit.before, edit.after) and all(
            compare_and_set(connection, *step) for step in edit.steps
        )
        if written:
            add_audit(connection, edit.entry)
        else:
            savepoint.rollback()
    return written
