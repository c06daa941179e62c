"""The one place that reads the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one Clock

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()
