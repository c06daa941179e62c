"""Work that outlasts its interval, such as many posts at once, is nothing that the log need warn of."""

from __future__ import annotations

import io
from threading import Event

from scheduler import logs
from scheduler.dispatch.ticker import Ticker

PATIENCE_SECONDS = 30


def test_work_that_outlasts_its_interval_is_no_warning_and_a_mistake_is_told() -> None:
    stream, ticker = io.StringIO(), Ticker()
    may_end, ticked, failed = Event(), Event(), Event()
    logs.configure(stream)
    ticks = iter(range(3))

    def deliver() -> None:
        may_end.wait(PATIENCE_SECONDS)

    def count() -> None:
        if next(ticks, None) is None:
            ticked.set()

    def fail() -> None:
        failed.set()
        raise RuntimeError("a mistake of ours")

    ticker.every(1, "deliver", deliver)
    ticker.every(1, "count", count)
    ticker.every(60, "fail", fail)
    ticker.start()
    assert ticked.wait(PATIENCE_SECONDS)
    assert failed.wait(PATIENCE_SECONDS)
    may_end.set()
    assert ticker.stop(within_seconds=PATIENCE_SECONDS)
    assert "a mistake of ours" in stream.getvalue()
    assert "skipped" not in stream.getvalue()
