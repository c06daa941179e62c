"""Who carries what is due: each account has a lane of claimed deliveries, carried in their order by its senders."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Protocol

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import DatabaseUnusable

AHEAD = 8
"""So many deliveries a sender are claimed at once; those that are not begun within half the lease go back."""


class Crew(Protocol):
    """How senders run."""

    def start(self, work: Callable[[], None]) -> None:
        """Runs `work`, at once or beside what else runs."""
        ...

    def wait(self, seconds: float) -> None:
        """Until somebody wakes it, or for so many seconds at most."""
        ...

    def wake(self) -> None:
        """Ends a wait, or the next one."""
        ...


class InTurn:
    """Keeps Crew without threads: one after the other, by whoever asks."""

    def start(self, work: Callable[[], None]) -> None:
        """At once."""
        work()

    def wait(self, seconds: float) -> None:
        """Nothing runs beside."""

    def wake(self) -> None:
        """Nobody waits."""


@dataclass(kw_only=True)
class Lane:
    """One account. Once it is closed nothing more is begun; `refusal` is what the network wants to see again later.

    `wake` tells that it runs low, or that a sender left.
    """

    senders: int
    wake: Callable[[], None]
    tried: int = 0
    busy: int = 0
    refusal: Delivery | None = None
    is_closed: bool = False
    _waiting: deque[Delivery] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)

    @property
    def room(self) -> int:
        """How many more may be claimed for it."""
        most, waiting = self.senders * AHEAD, len(self._waiting)
        return 0 if self.is_closed or waiting > most // 2 else most - waiting

    @property
    def is_under_way(self) -> bool:
        """Whether something is claimed and not done."""
        return bool(self.busy or self._waiting)

    def add(self, delivery: Delivery) -> None:
        """Behind the others."""
        self._waiting.append(delivery)

    def next(self) -> Delivery | None:
        """For one sender; None when all are taken."""
        with self._lock:
            if not self._waiting:
                return None
            first = self._waiting.popleft()
            if len(self._waiting) == self.senders * AHEAD // 2:
                self.wake()
            return first

    def rest(self) -> Sequence[Delivery]:
        """All that nobody has begun, which are in the lane no more."""
        with self._lock:
            rest = tuple(self._waiting)
            self._waiting.clear()
        return rest

    def enter(self) -> int:
        """How many more senders find something to do; they are busy from now on, until they leave."""
        with self._lock:
            more = min(self.senders - self.busy, len(self._waiting))
            self.busy += more
        return more

    def leave(self) -> None:
        """One sender less."""
        with self._lock:
            self.busy -= 1
        self.wake()

    def count(self) -> None:
        """One more was tried."""
        with self._lock:
            self.tried += 1

    def close(self, refusal: Delivery | None = None) -> None:
        """Nothing more is begun until all its senders have left."""
        self.is_closed, self.refusal = True, refusal or self.refusal

    def reopen(self) -> None:
        """As it was before."""
        self.is_closed, self.refusal = False, None


@dataclass(kw_only=True)
class Round:
    """Delivering until nothing is due: the lanes by their channel's name, and what went wrong with the database."""

    stop: Callable[[], bool]
    senders: Mapping[str, int]
    wake: Callable[[], None]
    lanes: dict[str, Lane] = field(default_factory=dict)
    troubles: list[DatabaseUnusable] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether nothing more may be begun."""
        return bool(self.troubles) or self.stop()

    @property
    def is_under_way(self) -> bool:
        """Whether a lane is."""
        return any(lane.is_under_way for lane in self.lanes.values())

    def lane(self, channel: str) -> Lane:
        """That of an account, with as many senders as it may have."""
        return self.lanes.setdefault(channel, Lane(senders=self.senders.get(channel, 1), wake=self.wake))

    def room(self, channel: str) -> int:
        """How many more may be claimed for an account."""
        return self.lane(channel).room


def not_begun(left: Sequence[Delivery], senders: Mapping[str, int]) -> frozenset[str]:
    """The codes of those claimed ones of a worker that is gone which can have had no part in its end.

    They are begun in their order, each by a sender that isn't sending another.
    """
    claimed = sorted((one for one in left if one.state is State.CLAIMED), key=lambda one: (one.ticks, *turn(one)))
    sending = Counter(one.channel for one in left if one.state is State.SENDING)
    lanes: dict[str, list[str]] = {}
    for one in claimed:
        lanes.setdefault(one.channel, []).append(one.code)
    free = {channel: max(senders.get(channel, 1) - sending[channel], 0) for channel in lanes}
    return frozenset(code for channel, codes in lanes.items() for code in codes[free[channel] :])


def turn(delivery: Delivery) -> tuple[datetime, int]:
    """By what those are sorted that are claimed at once."""
    return delivery.due_at, delivery.id
