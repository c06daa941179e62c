"""The worker's sign of life in the database: who it is, and when the database last took it.

A worker stays, or it passes by again and again, as cron calls it; then its last runs tell when the next one is late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

BEAT = timedelta(seconds=10)
SILENT = timedelta(minutes=2)
"""A worker that lets so much time go by hangs, or can't write."""
RUNS, LEAST = 6, 3
"""So many runs of a worker that passes by are remembered, and so few tell a rhythm."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """At an instant (UTC), by a process, within one boot of its machine.

    `runs` are when one that passes by began its last runs, oldest first; empty for one that stays.
    """

    at: datetime
    boot: str
    pid: int
    runs: tuple[datetime, ...] = ()

    def is_old(self, now: datetime) -> bool:
        """Whether it is so long ago that something is wrong with one that stays."""
        return now - self.at > SILENT

    @property
    def rhythm(self) -> timedelta | None:
        """The usual time between two runs of one that passes by; None where nobody can tell yet."""
        gaps = sorted(later - earlier for earlier, later in pairwise(self.runs))
        return gaps[len(gaps) // 2] if len(self.runs) >= LEAST else None

    def is_late(self, now: datetime) -> bool:
        """Whether one that passes by should have come again: it is twice its usual time away."""
        return self.rhythm is not None and now - self.at > 2 * self.rhythm + SILENT


def with_runs(sign: Heartbeat, last: Heartbeat | None) -> Heartbeat:
    """The sign of one that passes by, with its runs: those of the `last` sign, and this one if it only begins."""
    before = last.runs if last else ()
    has_begun = last is not None and before and (last.boot, last.pid) == (sign.boot, sign.pid)
    return replace(sign, runs=before if has_begun else (*before, sign.at)[-RUNS:])


def about(rhythm: timedelta) -> str:
    """`about every 5 minutes`."""
    number, unit = (round(rhythm / HOUR), "hour") if rhythm >= 2 * HOUR else (max(round(rhythm / MINUTE), 1), "minute")
    return f"about every {unit if number == 1 else f'{number} {unit}s'}"
