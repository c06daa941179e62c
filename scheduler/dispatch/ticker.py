"""APScheduler, kept to what it does well: waking us every so many seconds."""

from __future__ import annotations

from collections.abc import Callable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler


class Ticker:
    """Calls functions at intervals, each in one thread at a time; a tick missed while busy is dropped, not queued."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(4)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(self, seconds: int, name: str, function: Callable[[], None]) -> None:
        """Adds a function; it first runs `seconds` after `start`."""
        self._scheduler.add_job(function, "interval", seconds=seconds, id=name, name=name)

    def start(self) -> None:
        """Begins ticking in the background."""
        self._scheduler.start()

    def stop(self) -> None:
        """Ends ticking and waits for the functions under way."""
        self._scheduler.shutdown(wait=True)
