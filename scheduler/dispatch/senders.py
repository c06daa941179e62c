"""Senders as threads: each waits for its network, and none for another's."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread


class Threads:
    """Keeps the courier's Crew: one thread for each sender, for as long as it has something to do."""

    def __init__(self) -> None:
        self._woken = Event()

    def start(self, work: Callable[[], None]) -> None:
        """Beside what else runs."""
        Thread(target=work, name="sender", daemon=True).start()

    def wait(self, seconds: float) -> None:
        """Until somebody wakes it, or for so many seconds at most."""
        self._woken.wait(seconds)
        self._woken.clear()

    def wake(self) -> None:
        """Ends a wait, or the next one."""
        self._woken.set()
