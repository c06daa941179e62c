"""Whether the worker runs, as every page says it at its top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.bootstrap import App
from scheduler.dispatch.lock import worker_of
from scheduler.domain.heartbeat import Heartbeat

MOST = 100
LATE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """`at` (UTC) is its last sign of life, None where it never gave one; `overdue` is counted where it stands still."""

    runs: bool
    silent: bool = False
    at: datetime | None = None
    seconds: int = 0
    overdue: int = 0

    @property
    def is_well(self) -> bool:
        """Whether posts go out."""
        return self.runs and not self.silent


def pulse_of(app: App, *, now: datetime) -> Pulse:
    """By its lock, which the kernel lets go when it dies, and by its sign of life."""
    sign, runs = app.store.heartbeat.last(), worker_of(app.folders.lock) is not None
    is_silent = runs and sign is not None and sign.is_old(now)
    overdue = 0 if runs and not is_silent else _overdue(app, now)
    return Pulse(
        runs=runs, silent=is_silent, at=sign.at if sign else None, seconds=_seconds(sign, now), overdue=overdue
    )


def _seconds(sign: Heartbeat | None, now: datetime) -> int:
    return max(int((now - sign.at).total_seconds()), 0) if sign else 0


def _overdue(app: App, now: datetime) -> int:
    paused = app.store.pauses.all()
    names = (name for name in app.settings.channels if name not in paused)
    return sum(app.store.frame_screen.overdue(name, before=now - LATE, most=MOST) for name in names)
