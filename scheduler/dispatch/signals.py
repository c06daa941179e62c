"""Being told to stop: by SIGTERM or Ctrl+C, at any moment."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

LISTEN_SECONDS = 1.0
"""A signal that comes right before the main thread waits for a lock is seen only when that wait is over."""


@contextmanager
def heard_by(stopping: Event) -> Iterator[None]:
    """Sets the event when a signal comes. In the main thread only."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    # By a thread: the handler may interrupt the very wait() that holds the event's lock.
    before = {number: signal.signal(number, lambda *_: Thread(target=stopping.set).start()) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for(stopping: Event, *, or_until: Callable[[], bool] = lambda: False) -> None:
    """Until the event is set; looks up again and again, so that no signal is missed, and asks `or_until`."""
    while not stopping.wait(LISTEN_SECONDS):
        if or_until():
            return
