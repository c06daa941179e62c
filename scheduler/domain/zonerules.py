"""When the rules of a zone change after a promise was made: the wall time stays, its instant is computed anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.slots import MINUTE, SlotTime, at_instant, at_wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A delivery as far as its time goes."""

    code: str
    channel: str
    time: SlotTime


Change = tuple[Promise, SlotTime]


def by_todays_rules(promises: Iterable[Promise]) -> Iterator[Change]:
    """Those whose wall time is another instant now, each with its time of today; a promise to the minute is kept."""
    for promise in promises:
        today = at_wall(promise.time.wall_time, promise.time.zone, fold=promise.time.fold)
        if abs(today.due_at - promise.time.due_at) >= MINUTE:
            yield promise, today


def in_order(changes: Iterable[Change], held: set[tuple[str, datetime]]) -> Iterator[Change]:
    """An order in which each finds its new instant free; where it can't be, it goes out a minute later.

    `held` are the channels and instants of everything live; it follows what is yielded.
    """
    waiting = _makes_way_first(changes)
    while waiting:
        blocked = []
        for promise, time in waiting:
            if (promise.channel, time.due_at) in held:
                blocked.append((promise, time))
                continue
            held.remove((promise.channel, promise.time.due_at))
            held.add((promise.channel, time.due_at))
            yield promise, time
        if len(blocked) == len(waiting):
            blocked = [(promise, at_instant(time.due_at + MINUTE, time.zone)) for promise, time in blocked]
        waiting = blocked


def _makes_way_first(changes: Iterable[Change]) -> list[Change]:
    """What moves forward from the last on, then what moves back from the first on."""
    ordered = sorted(changes, key=lambda change: change[1])
    forward = [change for change in ordered if change[1].due_at > change[0].time.due_at]
    back = [change for change in ordered if change[1].due_at < change[0].time.due_at]
    return forward[::-1] + back
