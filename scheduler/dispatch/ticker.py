"""APScheduler, kept to what it does well: waking us every so many seconds."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.dispatch.clock import SystemClock

THREADS = 9
"""One for each function that is added, so that none that hangs keeps another waiting; made when they are needed."""


class Ticker:
    """Calls functions at intervals, each in one thread at a time; a tick missed while busy is dropped, not queued."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(THREADS)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(self, seconds: int, name: str, function: Callable[[], None]) -> None:
        """Adds a function; it first runs at once, when `start` is called."""
        now = SystemClock().now()
        self._scheduler.add_job(function, "interval", seconds=seconds, id=name, name=name, next_run_time=now)

    def start(self) -> None:
        """Begins ticking in the background."""
        self._scheduler.start()

    def stop(self, *, within_seconds: int) -> bool:
        """Ends ticking and waits for the functions under way; False when they took longer."""
        ending = Thread(target=self._scheduler.shutdown, daemon=True)
        ending.start()
        ending.join(within_seconds)
        return not ending.is_alive()
