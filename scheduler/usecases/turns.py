"""Whose turn it is: posts of one account that may come again, each resting until its rules let it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import chain

from scheduler.domain.fatigue import Past, Perennial, next_run, why_not
from scheduler.domain.slots import SlotTime
from scheduler.usecases.rotation import Rotation


@dataclass(slots=True, kw_only=True)
class Turn:
    """A post that comes again on one account. `runs` are its own, `says` those of every post that says the same."""

    perennial: Perennial
    rotation: Rotation
    runs: list[datetime]
    says: list[datetime]

    @property
    def category(self) -> str:
        """Whose slots it takes."""
        return (self.rotation.category or self.perennial.category).casefold()

    @property
    def past(self) -> Past:
        """What its rules ask for."""
        return Past(runs=tuple(self.runs), says=tuple(self.says))


class Turns:
    """Posts by when they may run; `over` are those that never may again, and why."""

    def __init__(self, turns: Iterable[Turn], *, zone: str, now: datetime) -> None:
        self.over: list[tuple[Turn, str]] = []
        self._zone = zone
        self._resting: list[tuple[datetime, int, Turn]] = []
        self._rested: dict[str, list[tuple[datetime, int, Turn]]] = defaultdict(list)
        self._last_article = 0
        for turn in turns:
            self._rest(turn, now)

    @property
    def first(self) -> datetime | None:
        """When somebody may run at the earliest, before any turn was taken; None where nobody may."""
        return self._resting[0][0] if self._resting else None

    @property
    def is_empty(self) -> bool:
        """Whether nobody is left."""
        return not self._resting and not any(self._rested.values())

    def take(
        self, slot_time: SlotTime, takes: Callable[[SlotTime, str], bool], fill: Callable[[Turn], str]
    ) -> Turn | None:
        """Whoever rested longest and can `fill` the slot, which says why somebody never can; neighbours are of one
        article only where there is no other."""
        while self._resting and self._resting[0][0] <= slot_time.due_at:
            self._wake(heappop(self._resting)[2])
        same: list[Turn] = []
        tried: set[int] = set()
        for turn in chain(self._ready(slot_time, takes, same), same):
            tried.add(turn.perennial.post_id)
            if reason := fill(turn):
                self.over.append((turn, reason))
                continue
            for other in same:
                if other.perennial.post_id not in tried:
                    self._wake(other)
            self._last_article = turn.perennial.article_id
            turn.runs.append(slot_time.due_at)
            turn.says.append(slot_time.due_at)
            self._rest(turn, slot_time.due_at)
            return turn
        return None

    def _ready(self, slot_time: SlotTime, takes: Callable[[SlotTime, str], bool], same: list[Turn]) -> Iterator[Turn]:
        """Those for this slot, the longest rested first; of the last run's article come into `same`."""
        while best := min(
            (heap[0] for name, heap in self._rested.items() if heap and takes(slot_time, name)), default=None
        ):
            turn = best[2]
            heappop(self._rested[turn.category])
            # Another post may have said the same meanwhile, or the season be over.
            if why_not(turn.rotation.rules, turn.past, slot_time.due_at, self._zone):
                self._rest(turn, slot_time.due_at)
            elif turn.perennial.article_id == self._last_article:
                same.append(turn)
            else:
                yield turn

    def _rest(self, turn: Turn, after: datetime) -> None:
        found = next_run(turn.rotation.rules, turn.past, after=after, zone=self._zone)
        if isinstance(found, str):
            self.over.append((turn, found))
        else:
            heappush(self._resting, (found, turn.perennial.post_id, turn))

    def _wake(self, turn: Turn) -> None:
        heap = self._rested[turn.category]
        heappush(heap, (max(turn.says), turn.perennial.post_id, turn))
