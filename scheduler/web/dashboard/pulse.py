"""Whether the worker runs, as every page says it at its top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.bootstrap import App
from scheduler.dispatch.lock import worker_of
from scheduler.domain.heartbeat import about

MOST = 100
LATE, NONE = timedelta(minutes=2), timedelta(0)
MINUTE, HOUR = 60, 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """`at` (UTC) is its last sign of life, None where it never gave one; `overdue` is counted where it stands still.

    Of one that doesn't stay `about` says how often it comes, as `about every 5 minutes`; it is `late` where it should
    have come again.
    """

    runs: bool
    silent: bool = False
    at: datetime | None = None
    seconds: int = 0
    overdue: int = 0
    about: str = ""
    late: bool = False

    @property
    def by_cron(self) -> bool:
        """Whether it doesn't stay, and needn't."""
        return not self.runs and bool(self.about)

    @property
    def is_well(self) -> bool:
        """Whether posts go out."""
        if self.by_cron:
            return not self.late and not self.overdue
        return self.runs and not self.silent

    @property
    def ago(self) -> str:
        """How long the last sign of life is ago: `40 s`, `4 min`, `3 h`."""
        if self.seconds < 2 * MINUTE:
            return f"{self.seconds} s"
        return f"{self.seconds // MINUTE} min" if self.seconds < 2 * HOUR else f"{self.seconds // HOUR} h"


def pulse_of(app: App, *, now: datetime) -> Pulse:
    """By its lock, which the kernel lets go when it dies, and by its sign of life."""
    sign, runs = app.store.heartbeat.last(), worker_of(app.folders.lock) is not None
    if sign is None:
        return Pulse(runs=runs, overdue=0 if runs else _overdue(app, now - LATE))
    is_silent, rhythm = runs and sign.is_old(now), sign.rhythm
    return Pulse(
        runs=runs,
        silent=is_silent,
        at=sign.at,
        seconds=max(int((now - sign.at).total_seconds()), 0),
        overdue=0 if runs and not is_silent else _overdue(app, now - LATE - (rhythm or NONE)),
        about=about(rhythm) if rhythm else "",
        late=sign.is_late(now),
    )


def _overdue(app: App, before: datetime) -> int:
    paused = app.store.pauses.all()
    names = (name for name in app.settings.channels if name not in paused)
    return sum(app.store.frame_screen.overdue(name, before=before, most=MOST) for name in names)
