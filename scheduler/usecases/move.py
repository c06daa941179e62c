"""A person gives a delivery another time: now, the next free slot, or a wall-clock time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from scheduler.domain.delivery import LIVE, Delivery
from scheduler.domain.errors import NotAllowedNow, TimeUnusable
from scheduler.domain.slots import HORIZON, SlotTime, instant
from scheduler.domain.transitions import moved
from scheduler.ports import Deliveries
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
    return _slot(now if words == NOW else _instant(words, zone, now), zone)


def move(delivery: Delivery, slot: SlotTime, *, deliveries: Deliveries, who: str, now: datetime) -> Delivery:
    """The delivery at its new time. Raises NotAllowedNow: not scheduled, maybe out there, or the time is taken."""
    for other in deliveries.select(states=LIVE):
        if (other.channel, other.due_at) == (delivery.channel, slot.due_at) and other.code != delivery.code:
            hint = f"Choose another time, or move that one first: `quotidian move {other.code} next`."
            raise NotAllowedNow(f"Delivery {other.code} has this time on {other.channel}.", hint=hint)
    what = f"moved it from {_said(delivery)} to {_said(slot)}"
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


def _slot(due_at: datetime, zone: str) -> SlotTime:
    wall = due_at.astimezone(ZoneInfo(zone))
    precise = f":{wall:%S}" if wall.second else ""
    return SlotTime(due_at=due_at, wall_time=f"{wall:%Y-%m-%dT%H:%M}{precise}", zone=zone)


def _said(time: Delivery | SlotTime) -> str:
    return time.wall_time.replace("T", " ")
