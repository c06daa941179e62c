"""The worker hears a signal at any moment, also in the one in which it begins to wait for one."""

from __future__ import annotations

import signal
from threading import Event

from scheduler.dispatch.signals import heard_by, wait_for


def test_a_signal_that_comes_while_its_event_is_locked_stops_the_worker() -> None:
    stopping = Event()
    with heard_by(stopping):
        with stopping._cond:  # type: ignore[attr-defined]
            signal.raise_signal(signal.SIGTERM)
        assert stopping.wait(5)


def test_a_signal_that_nothing_wakes_for_is_heard_all_the_same() -> None:
    class Deaf(Event):
        """As a lock is to a signal that came right before it was waited for."""

        def wait(self, timeout: float | None = None) -> bool:
            assert timeout is not None
            assert timeout <= 5
            self.set()
            return super().wait(0) and self.looked()

        def looked(self) -> bool:
            self.looks = getattr(self, "looks", 0) + 1
            return self.looks > 2

    stopping = Deaf()
    wait_for(stopping)
    assert stopping.looks == 3
