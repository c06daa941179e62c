"""The worker hears a signal at any moment, also in the one in which it begins to wait for one."""

from __future__ import annotations

import signal
from threading import Event

from scheduler.service import _signals


def test_a_signal_that_comes_while_its_event_is_locked_stops_the_worker() -> None:
    stopping = Event()
    with _signals(stopping):
        with stopping._cond:  # type: ignore[attr-defined]
            signal.raise_signal(signal.SIGTERM)
        assert stopping.wait(5)
