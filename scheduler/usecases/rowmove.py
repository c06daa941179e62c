"""Deliveries of ready-made posts go to the times that their rows name now; two of them may change places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NotFound
from scheduler.domain.readymade import Cell, Complaint
from scheduler.domain.revision import Effect, PostRevision, Revision, waits
from scheduler.domain.slots import SlotTime
from scheduler.domain.thread import along
from scheduler.domain.transitions import promised
from scheduler.ports import Calendar
from scheduler.usecases.openings import Openings, booked
from scheduler.usecases.plan import Outlet, outlet_of

PARKING = timedelta(microseconds=1)
"""So near to its new time that no slot and no person's time is there."""
Moving = tuple[PostRevision, Delivery]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """What moving needs."""

    outlets: Sequence[Outlet]
    calendar: Calendar

    def moved(self, revision: Revision, *, now: datetime) -> tuple[Revision, list[Complaint]]:
        """With the steps to the new times, and what speaks against some: then post and delivery keep their time."""
        movings = [moving for change in revision.posts for moving in _movings(change)]
        if not movings:
            return revision, []
        placed, reasons = self._placed(movings, now)
        parked = tuple(_parked([delivery for _, delivery in movings if delivery.code in placed], placed))
        rooms = dict(parked) if len(parked) > 1 else {}
        posts = tuple(_timed(change, placed, reasons, rooms) for change in revision.posts)
        complaints = [_complaint(change, *reasons[one.code]) for change, one in movings if one.code in reasons]
        return replace(revision, posts=posts, parked=parked if rooms else ()), complaints

    def _placed(
        self, movings: Sequence[Moving], now: datetime
    ) -> tuple[Mapping[str, SlotTime], Mapping[str, tuple[str, str]]]:
        """Where each delivery goes, by its code, and why others can't; what can't keeps its place from the others."""
        stuck: dict[str, tuple[str, str]] = {}
        while True:
            moving = {delivery.code for _, delivery in movings} - stuck.keys()
            openings: dict[str, Openings] = {}
            placed: dict[str, SlotTime] = {}
            before = len(stuck)
            for change, delivery in movings:
                if delivery.code in stuck:
                    continue
                try:
                    left = openings.get(delivery.channel) or self._openings(delivery.channel, moving, now)
                except NotFound as error:
                    stuck[delivery.code] = error.message, error.hint
                    continue
                openings[delivery.channel] = left
                found = left.take(change.after)
                if isinstance(found, SlotTime):
                    placed[delivery.code] = found
                else:
                    stuck[delivery.code] = found
            if len(stuck) == before:
                return placed, stuck

    def _openings(self, channel: str, moving: set[str], now: datetime) -> Openings:
        outlet = outlet_of(self.outlets, channel)
        others = [one for one in self.calendar.bookings(channel=channel) if one.code not in moving]
        return Openings(outlet.timetable, booked(others), now, others=others)


def _movings(change: PostRevision) -> Iterator[Moving]:
    before, after = change.before.ready, change.after.ready
    if before is None or after is None or before.when == after.when or change.effect is Effect.CANCELLED:
        return
    for delivery in change.deliveries:
        is_to_come = waits(delivery) and not delivery.parent
        if is_to_come and _last(change, delivery).state in (State.SCHEDULED, State.HELD):
            yield change, delivery


def _last(change: PostRevision, delivery: Delivery) -> Delivery:
    """What the steps make of a delivery."""
    return next((after for before, after in change.steps if before == delivery), delivery)


def _parked(deliveries: Sequence[Delivery], placed: Mapping[str, SlotTime]) -> Iterator[tuple[Delivery, Delivery]]:
    for index, delivery in enumerate(deliveries, 1):
        slot = placed[delivery.code]
        yield delivery, promised(delivery, replace(slot, due_at=slot.due_at + index * PARKING))


def _timed(
    change: PostRevision,
    placed: Mapping[str, SlotTime],
    reasons: Mapping[str, tuple[str, str]],
    rooms: Mapping[Delivery, Delivery],
) -> PostRevision:
    steps = {before.code: (before, after) for before, after in change.steps}
    lasts = {delivery.code: _last(change, delivery) for delivery in change.deliveries}
    for delivery in change.deliveries:
        if delivery.code in placed:
            after = promised(lasts[delivery.code], placed[delivery.code])
            steps[delivery.code] = rooms.get(delivery, delivery), after
            for part, part_after in along(lasts[delivery.code], after, lasts.values()):
                steps[part.code] = next(one for one in change.deliveries if one.code == part.code), part_after
    was = change.before.ready
    if was and change.after.ready and any(one.code in reasons for one in change.deliveries):
        kept = replace(change.after, ready=replace(change.after.ready, when=was.when))
        return replace(change, after=kept, steps=tuple(steps.values()))
    effect = Effect.MOVED if change.effect is Effect.KEPT and len(steps) > len(change.steps) else change.effect
    return replace(change, steps=tuple(steps.values()), effect=effect)


def _complaint(change: PostRevision, reason: str, hint: str) -> Complaint:
    row = change.after.ready.row if change.after.ready else 0
    value = change.after.ready.when.wall_time.replace("T", " ") if change.after.ready else ""
    return Complaint(cell=Cell(row=row, value=value), message=f"{reason} The post keeps its time.", hint=hint)
