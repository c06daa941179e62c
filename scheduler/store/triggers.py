"""What the database itself refuses, whoever asks: history is only added to, and a claimed payload never changes."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

from scheduler.store.indices import metadata
from scheduler.store.tables import attempts, audit, deliveries

__all__ = ["PAYLOAD", "metadata"]


def _keep(table: Table, name: str, moment: str, sentence: str) -> None:
    trigger = f"CREATE TRIGGER {table.name}_{name} BEFORE {moment} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    event.listen(table, "after_create", DDL(trigger))  # type: ignore[no-untyped-call]


for _history in (attempts, audit):
    for _act in ("UPDATE", "DELETE"):
        _keep(_history, f"no_{_act.lower()}", f"{_act} ON {_history.name}", f"{_history.name} is only ever added to")

PAYLOAD = (
    *("code", "post_id", "channel", "text", "link", "alt_text", "card_path", "card_sha256", "created_at", "key"),
    *("parent", "part", "reply_to"),
)
_keep(
    deliveries,
    "payload",
    f"UPDATE OF {', '.join(PAYLOAD)} ON deliveries WHEN OLD.state NOT IN ('scheduled', 'held') AND "
    f"({' OR '.join(f'NEW.{name} IS NOT OLD.{name}' for name in PAYLOAD)})",
    "the payload of a claimed delivery never changes",
)
