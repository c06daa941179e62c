"""A person gives a delivery another time: now, the next free slot, or a wall-clock time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import NotAllowedNow, TimeUnusable
from scheduler.domain.slots import HORIZON, SlotTime, at_instant, instant
from scheduler.domain.thread import after_it
from scheduler.domain.timetable import Booked, Timetable
from scheduler.domain.transitions import moved
from scheduler.ports import Calendar, Deliveries
from scheduler.usecases.decide import change

NOW, NEXT = "now", "next"
WALL_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})", re.ASCII)
NextFree = Callable[[datetime], SlotTime | None]


def slot_at(words: str, *, zone: str, now: datetime, next_free: NextFree) -> SlotTime:
    """What `now`, `next` or `2026-12-01 08:30` in `zone` means. Raises TimeUnusable.

    A wall time that a clock change skips is shifted forward by the gap; one that happens twice means the first.
    """
    if words == NEXT:
        slot = next_free(now)
        if slot is None:
            raise NotAllowedNow("No slot of its channel is free.", hint="Give the channel more slots, or name a time.")
        return slot
    return at_instant(now if words == NOW else _instant(words, zone, now), zone)


def move(
    delivery: Delivery,
    slot: SlotTime,
    *,
    deliveries: Deliveries,
    calendar: Calendar,
    timetable: Timetable,
    who: str,
    now: datetime,
) -> Delivery:
    """The delivery at its new time. Raises NotAllowedNow: not scheduled, maybe out there, or its account's calendar
    has something against it."""
    held = calendar.held(delivery.channel, since=slot.due_at - timetable.spacing)
    own = {delivery.due_at, *(part.due_at for part in after_it(delivery, deliveries.select(post_id=delivery.post_id)))}
    others = Booked(at for at in held if at not in own)
    if why_not := timetable.why_not(slot, others):
        near = others.near(slot.due_at, timetable.spacing)
        codes = [one.code for one in calendar.bookings(channel=delivery.channel) if one.due_at == near]
        move_that = f", or move that one first: `quotidian move {codes[0]} next`" if codes else ""
        raise NotAllowedNow(why_not, hint=f"Choose another time{move_that}.")
    what = f"moved it from {delivery.promise.said} to {slot.said}"
    return change(delivery, partial(moved, slot=slot), deliveries=deliveries, who=who, what=what, now=now)


def _instant(words: str, zone: str, now: datetime) -> datetime:
    found = WALL_TIME.fullmatch(words.strip())
    try:
        wall = datetime.fromisoformat(f"{found[1]}T{found[2]}") if found else None
    except ValueError:
        wall = None
    if wall is None:
        raise TimeUnusable(f"'{words}' is not a time.")
    # Before it is turned into an instant, which the first and the last year of the calendar may not have.
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if wall - local > HORIZON:
        raise TimeUnusable(f"{words} is over {HORIZON.days // 365} years ahead.", hint="Name an earlier time.")
    due_at = instant(wall.date(), wall.time(), zone) if wall.year >= local.year - 1 else now - HORIZON
    if due_at < now:
        raise TimeUnusable(f"{words} has passed.", hint="To send it at once, say `now`.")
    return due_at
