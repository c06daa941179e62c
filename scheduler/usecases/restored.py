"""What a workspace from a backup must not do: send what went out after the backup was made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import State
from scheduler.domain.errors import Unknown
from scheduler.domain.retry import ON_TIME
from scheduler.domain.transitions import forgotten
from scheduler.ports import Deliveries, Pauses
from scheduler.usecases.attempts import attempt_of
from scheduler.usecases.pause import pause

ON_THE_WAY = frozenset({State.CLAIMED, State.SENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """What was done: the codes of which nobody knows now, and the channels that wait for a person."""

    unknown: tuple[str, ...]
    paused: tuple[str, ...]


def be_careful(
    *, made_at: datetime, channels: Collection[str], deliveries: Deliveries, pauses: Pauses, who: str, now: datetime
) -> Caution:
    """Everything stands still until somebody resumes it, as the workspace that was backed up may still run. Whatever
    fell due since, or was on its way, may be out there: it is looked for, and a person is asked. `made_at` is UTC.
    """
    why = f"Restored from a backup of {made_at:%Y-%m-%d %H:%M} UTC: resume when no other worker serves its accounts"
    stop = partial(pause, channels=channels, pauses=pauses, who=who, now=now, why=why)
    paused = tuple(name for name in channels if stop(name))
    lost = f"The backup of {made_at:%Y-%m-%d %H:%M} UTC doesn't know whether it went out since."
    unknown = []
    due = deliveries.select(states={State.SCHEDULED}, due_before=now + ON_TIME)
    for delivery in (*due, *deliveries.select(states=ON_THE_WAY)):
        look = f"{lost} Look whether it is there, then say so: `quotidian resolve {delivery.code}`."
        after = forgotten(delivery, look)
        attempt = attempt_of(after, Unknown(lost), started=delivery.due_at, ended=now)
        entry = AuditEntry(at=now, who=who, what=f"held it: {lost}", subject=f"delivery {delivery.code}")
        if deliveries.write(delivery, after, attempt=attempt, entry=entry):
            unknown.append(delivery.code)
    return Caution(unknown=tuple(unknown), paused=paused)
