"""When to try again, and where what is late finds its place: decisions about times, as data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

# After the first refusal wait the first delay, and so on; after the last one the delivery has failed.
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
LONGEST_PAUSE = timedelta(days=1)

# What a worker that was off may still do by itself.
ON_TIME = timedelta(seconds=5)
GRACE = timedelta(minutes=15)
GIVE_UP = timedelta(hours=24)
SMALLEST_GAP = timedelta(minutes=20)
LONGEST_WAIT = timedelta(days=14)
CATCH_UPS_A_DAY = 6
WHILE_CLOSED = timedelta(minutes=5)
"""How far ahead a place for catching up is looked for, how many there are in a day, and in what steps is looked where
nothing may go out."""

# A delivery that stops the worker twice while it is prepared is not tried a third time; others go first in between.
CRASHES = 2
CRASH_DELAY = timedelta(minutes=1)


def next_try(*, attempt: int, now: datetime, asked: datetime | None) -> datetime | None:
    """When to try again after the `attempt`-th refusal for now; None: give up.

    A network that names a time is taken at its word, within bounds.
    """
    if asked is not None:
        return min(max(asked, now + DELAYS[0]), now + LONGEST_PAUSE)
    return now + DELAYS[max(attempt, 1) - 1] if attempt <= len(DELAYS) else None


def gap_between(instants: Collection[datetime]) -> timedelta:
    """The channel's normal gap: the smallest between its own instants, and never under SMALLEST_GAP."""
    gaps = (later - earlier for earlier, later in pairwise(sorted(set(instants))))
    return max(min(gaps, default=SMALLEST_GAP), SMALLEST_GAP)


def spread(
    *,
    now: datetime,
    taken: Collection[datetime],
    gap: timedelta,
    apart: timedelta | None = None,
    is_open: Callable[[datetime], bool] = lambda _: True,
) -> Iterator[datetime]:
    """Instants from `now` on, each at least `gap` from the others and `apart` from those taken, none closed.

    `apart` is `gap` unless it is given. It ends with LONGEST_WAIT, as what is closed for longer is for a person to
    decide.
    """
    kept, apart = sorted(taken), gap if apart is None else apart
    at = now
    while at - now <= LONGEST_WAIT:
        around = kept[bisect_right(kept, at - apart) : bisect_left(kept, at + apart)]
        if around:
            at = around[-1] + apart
        elif not is_open(at):
            at += WHILE_CLOSED
        else:
            yield at
            at += gap
