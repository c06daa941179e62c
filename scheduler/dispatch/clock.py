"""The one place that reads the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from scheduler.domain.moment import Mark

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one Clock

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    def mark(self) -> Mark:
        """The same, with the machine's boot where the system names it."""
        return Mark(boot=self._boot, ticks=self.monotonic())

    @cached_property
    def _boot(self) -> str:
        return BOOT_ID.read_text().strip() if BOOT_ID.exists() else ""
