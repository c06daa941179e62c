"""Keeps workers alive, kills them with -9 where and when a seed says, stops and continues them, and puts time forward.

Workers are forked from a process that has everything loaded, so that a life costs milliseconds. A worker kills itself
at the moment it was given, and at random instants it is killed from outside; either way it is SIGKILL, after which
nothing of it runs any more.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from scheduler.testing.network import Moment
from scheduler.testing.stage import NEVER, POLL_SECONDS, Stage

ANYWHERE = "anywhere"
PATIENCE_SECONDS = 120
"""No trial goes on when nobody has done anything for so long."""
STOPPED_SECONDS = 0.03
OFTEN = 0.03
"""The chance, each time around, that a worker is stopped, or that a clock jumps."""
HEAD_START = 0.1
"""So many of the stops may come before the work has got that far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How a life ends: at the `countdown`-th time that it passes a moment, or `after` seconds anywhere."""

    moment: Moment | None = None
    countdown: int = 0
    after: float = 0.0

    @property
    def name(self) -> str:
        """For counting."""
        return self.moment.name.lower() if self.moment else ANYWHERE


@dataclass(kw_only=True)
class Life:
    """One worker from fork to end."""

    number: int
    seat: int
    fate: Fate | None = None

    def pass_by(self, moment: Moment) -> None:
        """Dies here if it is its time."""
        if self.fate is None or self.fate.moment is not moment:
            return
        if self.fate.countdown == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.fate = Fate(moment=moment, countdown=self.fate.countdown - 1)


def fates(kills: int, *, per_kill: int, seconds: float, chance: Random) -> list[Fate]:
    """Three of four spread evenly over the moments, the rest anywhere; shuffled. Each comes after about `per_kill`
    deliveries, or so many `seconds`."""
    moments = list(Moment)
    aimed = [moments[number % len(moments)] for number in range(kills * 3 // 4)]
    planned = [Fate(moment=moment, countdown=chance.randrange(per_kill)) for moment in aimed]
    planned += [Fate(after=chance.uniform(0, seconds)) for _ in range(kills - len(aimed))]
    chance.shuffle(planned)
    return planned


@dataclass(kw_only=True)
class Herd:
    """The workers of a trial, one a seat. `work(life)` is what each does, in a process of its own, until the stage says
    that it is over. `span` are the seconds that time is put forward while a worker is stopped; `jump` moves clocks.
    `progress`, from 0 to 1, keeps stops in step with the work: otherwise time would run away on a slow machine.
    """

    stage: Stage
    seats: int
    work: Callable[[Life], None]
    fates: list[Fate]
    chance: Random
    stops: int = 0
    span: float = 0.0
    progress: Callable[[], float] = lambda: 1.0
    jumps: int = 0
    jump: Callable[[], None] = lambda: None
    told: Callable[[int], None] = lambda _: None
    kills: Counter[str] = field(default_factory=Counter)
    stopped: int = 0
    jumped: int = 0
    _alive: dict[int, tuple[int, Fate | None, float]] = field(default_factory=dict)
    _lives: int = 0
    _busy_at: float = field(default_factory=time.monotonic)
    _got_to: float = 1.0

    def run(self) -> None:
        """Until all workers have nothing left to do, ever."""
        try:
            while not self._all_done():
                self._fill()
                self._strike()
                self._reap(block=False)
                time.sleep(POLL_SECONDS)
            self.stage.end()
        finally:
            self._clear()

    def _all_done(self) -> bool:
        seats = {seat for seat, *_ in self._alive.values()}
        if len(seats) < self.seats or not all(self.stage.idle(seat) for seat in seats):
            self._refuse_standstill()
            return False
        self._busy_at = time.monotonic()
        wake = self.stage.wake()
        if wake == NEVER:
            return True
        self.stage.forward(wake)
        self.told(self._lives)
        return False

    def _refuse_standstill(self) -> None:
        """Many deliveries take long: only where none came out meanwhile do the workers get nowhere."""
        if time.monotonic() - self._busy_at > PATIENCE_SECONDS:
            before, self._got_to = self._got_to, self.progress()
            if self._got_to == before:
                raise TimeoutError(f"No worker of the trial came to an end within {PATIENCE_SECONDS} seconds.")
            self._busy_at = time.monotonic()

    def _fill(self) -> None:
        taken = {seat for seat, *_ in self._alive.values()}
        for seat in set(range(self.seats)) - taken:
            fate = self.fates.pop() if self.fates else None
            self._lives += 1
            life = Life(number=self._lives, seat=seat, fate=fate)
            self._alive[self._born(life)] = (seat, fate, time.monotonic())

    def _born(self, life: Life) -> int:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            self.work(life)
            code = 0
        finally:
            if code:
                sys.excepthook(*sys.exc_info())
            os._exit(code)

    def _strike(self) -> None:
        """Kills those whose time has come; stops one and moves clocks now and then."""
        for child, (_, fate, born) in self._alive.items():
            if fate and fate.moment is None and time.monotonic() - born >= fate.after:
                os.kill(child, signal.SIGKILL)
        if self.stopped < self.stops and self.chance.random() < OFTEN and self._may_stop():
            self._stop_one()
        if self.jumped < self.jumps and self.chance.random() < OFTEN:
            self.jump()
            self.jumped += 1

    def _may_stop(self) -> bool:
        return self.stopped < self.stops * (self.progress() + HEAD_START)

    def _stop_one(self) -> None:
        """Wherever it stands, for longer than its lease, while the others go on."""
        child = self.chance.choice(list(self._alive))
        os.kill(child, signal.SIGSTOP)
        time.sleep(self.chance.uniform(0, STOPPED_SECONDS))
        self.stage.forward(self.span)
        time.sleep(STOPPED_SECONDS)
        os.kill(child, signal.SIGCONT)
        self.stopped += 1
        self.told(self._lives)

    def _reap(self, *, block: bool) -> None:
        for child, status in list(_ended(self._alive, block=block)):
            seat, fate, _ = self._alive.pop(child)
            self._busy_at = time.monotonic()
            self.stage.leave(seat)
            if os.WIFSIGNALED(status):
                self.kills[fate.name if fate else "unasked"] += 1
                self.told(self._lives)
            elif os.waitstatus_to_exitcode(status):
                raise RuntimeError("A worker of the trial failed.")

    def _clear(self) -> None:
        if self.stage.over:
            self._reap(block=True)
        for child in self._alive:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        self._alive.clear()


def _ended(children: Iterable[int], *, block: bool) -> Iterator[tuple[int, int]]:
    for child in list(children):
        found, status = os.waitpid(child, 0 if block else os.WNOHANG)
        if found:
            yield child, status
