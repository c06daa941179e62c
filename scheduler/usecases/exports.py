"""The log as rows for other programs: what went out, every try, every change; times on the workspace's clocks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt

Record = dict[str, str | int]
"""Names and values in the order of the columns. Times are ISO 8601 with their offset."""


def try_record(one: Attempt, zone: ZoneInfo) -> Record:
    """One try."""
    return {
        "at": told(one.started_at, zone),
        "code": one.code,
        "channel": one.channel,
        "article": one.article,
        "outcome": one.outcome.value,
        "remote_url": one.remote_url,
        "words": one.words,
        "hint": one.hint,
    }


def change_record(one: AuditEntry, zone: ZoneInfo) -> Record:
    """One decision."""
    return {"at": told(one.at, zone), "who": one.who, "subject": one.subject, "what": one.what}


def told(at: datetime, zone: ZoneInfo) -> str:
    """`2026-11-23T08:30:00-08:00`."""
    return at.astimezone(zone).isoformat(timespec="seconds")
