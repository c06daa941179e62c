"""A clock that stands still until it is told otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scheduler.domain.moment import Mark


class FakeClock:
    """Keeps ports.Clock; wall time and monotonic time move together by `pass_by`, wall time alone by `jump`."""

    def __init__(self, now: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC), *, boot: str = "first boot") -> None:
        self._now = now
        self._monotonic = 0.0
        self._boot = boot

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since it was made."""
        return self._monotonic

    def mark(self) -> Mark:
        """The same, of its present boot."""
        return Mark(boot=self._boot, ticks=self._monotonic)

    def restart(self, boot: str) -> None:
        """As after the machine was started anew: the seconds begin again."""
        self._boot, self._monotonic = boot, 0.0

    def pass_by(self, **parts: float) -> datetime:
        """Lets time pass: `pass_by(minutes=5)`; the new instant."""
        passed = timedelta(**parts)
        self._monotonic += passed.total_seconds()
        return self.jump(passed)

    def jump(self, by: timedelta) -> datetime:
        """Sets the wall clock forward or back, as an administrator or a bad battery does."""
        self._now += by
        return self._now
