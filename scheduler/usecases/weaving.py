"""Slot after slot, the article whose turn it is: what several campaigns have to place on one channel, fairly mixed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush, merge

from scheduler.domain.campaign import WEEK
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Booked, Timetable
from scheduler.usecases.openings import TOO_LATE
from scheduler.usecases.placing import Placer, left_out
from scheduler.usecases.plan import LeftOut, Outlet, Planned
from scheduler.usecases.strands import Piece, Strand, Wish


@dataclass(frozen=True, slots=True)
class Stop:
    """A slot, or the time of a delivery of a campaign that stands (with its strand), or both."""

    at: datetime
    slot: SlotTime | None = None
    strand: Strand | None = None
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """Which wish of a strand came true, and when."""

    strand: Strand
    wish: Wish
    at: datetime


@dataclass(slots=True, kw_only=True)
class Weaver:
    """`stops` are in order; `booked` what keeps its distance. The plan is `begun` now; from `open_from` on deliveries
    may make way.

    Of the strands that are ready the one comes next that was served least often, and of those the one that waits
    longest. A delivery makes way when its strand would be two ahead of one for which there is no free slot in time.
    """

    outlet: Outlet
    placer: Placer | None
    strands: Sequence[Strand]
    stops: Stops
    booked: Booked
    begun: datetime
    open_from: datetime
    planned: list[Planned] = field(default_factory=list)
    moved: list[tuple[Piece, SlotTime, Strand]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    served: list[Served] = field(default_factory=list)
    free: list[datetime] = field(default_factory=list)
    _ready: list[tuple[int, datetime, int, Strand]] = field(default_factory=list)
    _waiting: list[tuple[datetime, int, Strand]] = field(default_factory=list)

    def weave(self) -> None:
        """Until nothing is left to place, or no slot."""
        self._waiting = [(strand.wishes[0].at, strand.order, strand) for strand in self.strands if strand.rest]
        heapify(self._waiting)
        is_open = False
        for stop in self.stops:
            if not self._ready and not self._waiting:
                return
            if not is_open and stop.at > self.open_from:
                is_open = True
                self._begin_anew()
            self._wake(stop.at)
            if stop.strand:
                if not self._makes_way(stop):
                    stop.strand.count += 1
                    stop.strand.served = stop.at
            elif stop.slot and self._is_free(stop.slot):
                self.free.append(stop.at)
                self._give(stop.slot)
        self._give_up()

    def _begin_anew(self) -> None:
        """Nobody is owed for what was announced already."""
        for strand in self.strands:
            strand.count = 0
        self._ready = [(0, strand.served, strand.order, strand) for *_, strand in self._ready]
        heapify(self._ready)

    def _wake(self, at: datetime) -> None:
        while self._waiting and self._waiting[0][0] <= at:
            self._push(heappop(self._waiting)[2])

    def _push(self, strand: Strand) -> None:
        heappush(self._ready, (strand.count, strand.served, strand.order, strand))

    def _next(self) -> Strand | None:
        """Takes out whose turn it is; places in the heap from before it was served elsewhere are put right."""
        while self._ready:
            count, served, _, strand = heappop(self._ready)
            if not strand.rest:
                continue
            if (count, served) == (strand.count, strand.served):
                return strand
            self._push(strand)
        return None

    def _give(self, slot: SlotTime) -> bool:
        aside: list[Strand] = []
        given = False
        while not given and (strand := self._next()):
            given = self._place(strand, slot)
            if given and strand.rest:
                heappush(self._waiting, (strand.wishes[0].at, strand.order, strand))
            elif strand.rest:
                aside.append(strand)
        for strand in aside:
            self._push(strand)
        return given

    def _place(self, strand: Strand, slot: SlotTime) -> bool:
        for late in strand.expired(slot):
            self.left_out.append(left_out(late.post, self.outlet, TOO_LATE, "Give it a later expiry."))
        while strand.rest and (piece := strand.choose(slot, self.outlet.timetable)):
            if piece.candidate and self.placer:
                result = self.placer.place(piece.candidate, lambda _: slot)
                if isinstance(result, LeftOut):
                    self.left_out.append(result)
                    strand.drop(piece)
                    continue
                self.planned.append(strand.stamped(result))
            else:
                self.moved.append((piece, slot, strand))
            self.booked.add(slot.due_at)
            self.served.append(Served(strand, strand.serve(piece, slot.due_at), slot.due_at))
            return True
        return False

    def _makes_way(self, stop: Stop) -> bool:
        owner, piece, slot = stop.strand, stop.piece, stop.slot
        if not (owner and piece and piece.is_movable and slot):
            return False
        needy = self._next()
        if needy is None:
            return False
        wish = needy.wishes[0]
        in_time = wish.at + min(wish.gap, WEEK)
        is_owed = needy is not owner and owner.count > needy.count and not self._free_until(in_time)
        given = is_owed and self._place(needy, slot)
        if needy.rest:
            heappush(self._waiting, (needy.wishes[0].at, needy.order, needy))
        if given:
            owner.lift(stop.at, piece)
            self._push(owner)
        return given

    def _free_until(self, limit: datetime) -> bool:
        for stop in self.stops.ahead():
            if stop.at > limit:
                return False
            if stop.slot and not stop.strand and self._is_free(stop.slot):
                return True
        return False

    def _is_free(self, slot: SlotTime) -> bool:
        return self.booked.near(slot.due_at, self.outlet.timetable.spacing) is None

    def _give_up(self) -> None:
        for strand in self.strands:
            for piece in strand.rest:
                if piece.candidate:
                    self.left_out.append(
                        left_out(piece.post, self.outlet, "No slot is free.", "Give the channel more slots.")
                    )


class Stops:
    """Slots and standing deliveries in one order, with a look ahead."""

    def __init__(self, timetable: Timetable, standing: Sequence[Stop], *, after: datetime) -> None:
        slots = (Stop(slot.due_at, slot=slot) for slot in timetable.times(after=after))
        mine = sorted((stop for stop in standing if stop.at > after), key=_at)
        self._coming = merge(mine, slots, key=_at)
        self._buffer: deque[Stop] = deque()

    def __iter__(self) -> Iterator[Stop]:
        while self._fill():
            yield self._buffer.popleft()

    def ahead(self) -> Iterator[Stop]:
        """Those to come, without going there."""
        index = 0
        while index < len(self._buffer) or self._fill(index + 1):
            yield self._buffer[index]
            index += 1

    def _fill(self, count: int = 1) -> bool:
        """A standing delivery and the slot that it stands in are one stop."""
        while len(self._buffer) < count + 1:
            stop = next(self._coming, None)
            if stop is None:
                break
            last = self._buffer[-1] if self._buffer else None
            if last and last.at == stop.at and last.strand and not last.slot:
                self._buffer[-1] = Stop(last.at, slot=stop.slot, strand=last.strand, piece=last.piece)
            else:
                self._buffer.append(stop)
        return len(self._buffer) >= count


def _at(stop: Stop) -> datetime:
    return stop.at
