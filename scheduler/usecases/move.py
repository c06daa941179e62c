"""A person gives deliveries another time: now, the next free slot, a wall-clock time, or some days later or earlier."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.change import Change
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import QuotidianError, TimeUnusable
from scheduler.domain.post import Post
from scheduler.domain.slots import HORIZON, SlotTime, at_instant, at_wall, instant
from scheduler.domain.transitions import moved
from scheduler.ports import Calendar
from scheduler.usecases.change import Verdict, each
from scheduler.usecases.seats import Pick, Seats, TimetableOf, seated
from scheduler.usecases.select import Chosen

NOW, NEXT = "now", "next"
WALL_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})", re.ASCII)
SHIFT = re.compile(r"([+\-\u2212])(\d{1,4}) ?(min|h|d|w)", re.ASCII)
UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(days=7)}
Aim = Callable[[Delivery], SlotTime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to: `at` is None for the next free slot. `shift` is by how much, zero where it is no shift."""

    at: Aim | None
    shift: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movers:
    """Everything that moving needs."""

    calendar: Calendar
    timetable_of: TimetableOf
    zone: str

    def moved(self, words: str, chosen: Chosen, *, now: datetime) -> Verdict:
        """Each delivery at its new time. Raises TimeUnusable for words that name none.

        Those that can't be moved keep their place: they aren't scheduled, may be out there, or their account's
        calendar has something against it.
        """
        target = target_of(words, zone=self.zone, now=now)
        probed = each(lambda one, _: Change(before=one, steps=(moved(one, one.promise),), what=""))(chosen)
        movable = [change.before for change in probed.changes]
        # The foremost first, so that each finds the place free that the one before it left.
        movable.sort(key=lambda one: one.due_at, reverse=target.shift > timedelta(0))
        slots, stuck = seated(
            movable,
            chosen.posts,
            _picking(target),
            calendar=self.calendar,
            timetable_of=self.timetable_of,
            now=now,
        )
        changes = [_change(one, slots[one.code]) for one in chosen.deliveries if one.code in slots]
        refused: list[QuotidianError] = [stuck[one.code] for one in chosen.deliveries if one.code in stuck]
        return Verdict(changes=tuple(changes), refused=(*probed.refused, *refused))


def target_of(words: str, *, zone: str, now: datetime) -> Target:
    """What `now`, `next`, `2026-12-01 08:30` in `zone`, or `+2d` means. Raises TimeUnusable.

    A wall time that a clock change skips is shifted forward by the gap; one that happens twice means the first.
    """
    words = words.strip()
    if words == NEXT:
        return Target(at=None)
    if shift := SHIFT.fullmatch(words):
        amount = int(shift[2]) * UNITS[shift[3]] * (1 if shift[1] == "+" else -1)
        return Target(
            at=lambda delivery: _shifted(delivery, amount, keeps_wall=shift[3] in "dw", now=now), shift=amount
        )
    slot = at_instant(now if words == NOW else _instant(words, zone, now), zone)
    return Target(at=lambda _: slot)


def _picking(target: Target) -> Pick:
    def pick(seats: Seats, delivery: Delivery, post: Post) -> SlotTime:
        if target.at is None:
            return seats.next(delivery, post)
        return seats.take(target.at(delivery), delivery, post)

    return pick


def _change(delivery: Delivery, slot: SlotTime) -> Change:
    what = f"moved it from {delivery.promise.said} to {slot.said}"
    return Change(before=delivery, steps=(replace(moved(delivery, slot), pinned=True),), what=what)


def _shifted(delivery: Delivery, amount: timedelta, *, keeps_wall: bool, now: datetime) -> SlotTime:
    """Days and weeks keep what the clock on the wall says; hours and minutes are those that pass."""
    if keeps_wall:
        wall = datetime.fromisoformat(delivery.wall_time) + amount
        precise = f":{wall:%S}" if wall.second else ""
        slot = at_wall(f"{wall:%Y-%m-%dT%H:%M}{precise}", delivery.zone)
    else:
        slot = at_instant(delivery.due_at + amount, delivery.zone)
    if slot.due_at < now:
        raise TimeUnusable(f"{slot.said} has passed.", hint="To send it at once, say `now`.")
    if slot.due_at - now > HORIZON:
        raise TimeUnusable(f"{slot.said} is over {HORIZON.days // 365} years ahead.", hint="Name an earlier time.")
    return slot


def _instant(words: str, zone: str, now: datetime) -> datetime:
    found = WALL_TIME.fullmatch(words)
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
