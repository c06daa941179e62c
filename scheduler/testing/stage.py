"""What the processes of one trial share: a clock that can be put forward, and who has nothing left to do.

Waiting for hours takes no time here: when all workers are idle, the clock goes forward to what comes next. Forks keep
the memory in common.
"""

from __future__ import annotations

import mmap
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler.domain.moment import Mark

PER_SEAT = 2
AHEAD, EPOCH, OVER = range(3)
FIRST_SEAT = 3
POLL_SECONDS = 0.001
NEVER = float("inf")


class Stage:
    """Keeps ports.Clock for all processes that are forked after it was made.

    Wall time and monotonic time go forward together, beside real time. `wall` is asked for the wall time that is not
    put forward, where somebody plays with it; otherwise it begins at `origin` and never jumps.
    """

    def __init__(
        self, origin: datetime, *, seats: int, boot: str = "trial", wall: Callable[[], datetime] | None = None
    ) -> None:
        self._memory = memoryview(mmap.mmap(-1, 8 * (FIRST_SEAT + PER_SEAT * seats))).cast("d")
        self.origin = origin
        self._wall = wall
        self._boot = boot
        self._started = time.monotonic()
        self._seats = range(seats)
        self._keeper = os.getpid()

    def monotonic(self) -> float:
        """Seconds since the trial began, with those that were skipped."""
        return time.monotonic() - self._started + self._memory[AHEAD]

    def now(self) -> datetime:
        """The wall clock of this process."""
        return self._wall() + timedelta(seconds=self._memory[AHEAD]) if self._wall else self.elsewhere()

    def elsewhere(self) -> datetime:
        """The time as everybody else has it, above all the networks: it never jumps."""
        return self.origin + timedelta(seconds=self.monotonic())

    def mark(self) -> Mark:
        """Of the one machine that a trial is."""
        return Mark(boot=self._boot, ticks=self.monotonic())

    def forward(self, seconds: float) -> None:
        """For everybody; whoever was idle looks again."""
        self._memory[AHEAD] += seconds
        self._memory[EPOCH] += 1

    @property
    def epoch(self) -> float:
        """Rises whenever time is put forward."""
        return self._memory[EPOCH]

    @property
    def over(self) -> bool:
        """Whether workers shall end: they are told to, or the process that keeps them is gone."""
        return bool(self._memory[OVER]) or self._keeper not in (os.getpid(), os.getppid())

    def end(self) -> None:
        """The trial is over."""
        self._memory[OVER] = 1

    def rest(self, seat: int, *, since: float, wake: float) -> None:
        """A worker has nothing to do at this epoch, until `wake` seconds from now; waits for another epoch."""
        place = FIRST_SEAT + PER_SEAT * seat
        self._memory[place + 1] = wake
        self._memory[place] = since + 1
        while self.epoch == since and not self.over:
            time.sleep(POLL_SECONDS)

    def leave(self, seat: int) -> None:
        """Nobody sits here now; the next one has not looked yet."""
        self._memory[FIRST_SEAT + PER_SEAT * seat] = 0

    def idle(self, seat: int) -> bool:
        """Whether its worker found nothing to do at this epoch."""
        return self._memory[FIRST_SEAT + PER_SEAT * seat] == self.epoch + 1

    def wake(self) -> float:
        """Seconds until the first of the idle ones has something to do; NEVER when all is done."""
        return min(self._memory[FIRST_SEAT + PER_SEAT * seat + 1] for seat in self._seats if self.idle(seat))
