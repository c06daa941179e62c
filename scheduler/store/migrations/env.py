"""Alembic's entry: runs the steps on the connection that `upgrade` has opened, inside its transaction."""

from __future__ import annotations

from alembic import context

from scheduler.store.triggers import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
