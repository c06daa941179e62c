"""Other times for deliveries that are taken out of their calendars together: none takes another's, none is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.domain.delivery import LIVE, Delivery
from scheduler.domain.errors import NotAllowedNow, QuotidianError
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime
from scheduler.domain.thread import GAP
from scheduler.domain.timetable import Booked, Timetable
from scheduler.ports import Calendar
from scheduler.usecases.change import placed
from scheduler.usecases.openings import Openings, expires_at, has_own_time

TimetableOf = Callable[[str], Timetable]
Pick = Callable[["Seats", Delivery, Post], SlotTime]
"""Chooses a time among what is left. Raises QuotidianError."""


@dataclass(slots=True, kw_only=True)
class Seats:
    """What is left of the calendars; `freed` are the channels and instants that are given back."""

    calendar: Calendar
    timetable_of: TimetableOf
    freed: Collection[tuple[str, datetime]]
    now: datetime
    _tables: dict[str, tuple[Timetable, Booked, Openings]] = field(default_factory=dict)
    _taken: dict[tuple[str, datetime], Delivery] = field(default_factory=dict)

    def next(self, delivery: Delivery, post: Post) -> SlotTime:
        """The next free slot of its channel for a post. Raises NotAllowedNow."""
        _, _, openings = self._of(delivery.channel)
        found = openings.take_next(post)
        if not isinstance(found, SlotTime):
            reason, hint = found
            raise NotAllowedNow(reason, hint=hint)
        return self._keep(found, delivery)

    def again(self, delivery: Delivery, post: Post) -> SlotTime:
        """The time that a post names, while that is to come and free, else as `next`. Raises NotAllowedNow."""
        found = self._of(delivery.channel)[2].take(post) if has_own_time(post) else None
        return self._keep(found, delivery) if isinstance(found, SlotTime) else self.next(delivery, post)

    def own(self, delivery: Delivery, post: Post) -> SlotTime:
        """The time that it was promised, while that is to come. Raises NotAllowedNow."""
        if delivery.due_at <= self.now:
            raise NotAllowedNow(f"{delivery.promise.said} has passed.", hint="Give it another time.")
        return self.take(delivery.promise, delivery, post)

    def take(self, slot: SlotTime, delivery: Delivery, post: Post) -> SlotTime:
        """A time of one's own choice. Raises NotAllowedNow with what its account's calendar has against it."""
        timetable, booked, _ = self._of(delivery.channel)
        expiry = expires_at(post, timetable.zone)
        if expiry and slot.due_at > expiry:
            raise NotAllowedNow(f"Post {post.id} expires before {slot.said}.", hint="Choose an earlier time.")
        if why_not := timetable.why_not(slot, booked):
            near = booked.near(slot.due_at, timetable.spacing)
            raise NotAllowedNow(why_not, hint=f"Choose another time{self._way_out(delivery.channel, near)}.")
        booked.add(slot.due_at)
        return self._keep(slot, delivery)

    def _keep(self, slot: SlotTime, delivery: Delivery) -> SlotTime:
        self._taken[delivery.channel, slot.due_at] = delivery
        return slot

    def _way_out(self, channel: str, near: datetime | None) -> str:
        if near is None:
            return ""
        other = self._taken.get((channel, near)) or next(
            (one for one in self.calendar.bookings(channel=channel) if one.due_at == near and one.state in LIVE), None
        )
        return f", or move post {other.post_id} first: `quotidian move {other.code} next`" if other else ""

    def _of(self, channel: str) -> tuple[Timetable, Booked, Openings]:
        if channel not in self._tables:
            timetable = self.timetable_of(channel)
            held = self.calendar.held(channel, since=self.now - timetable.spacing)
            booked = Booked(at for at in held if (channel, at) not in self.freed)
            self._tables[channel] = timetable, booked, Openings(timetable, booked, self.now)
        return self._tables[channel]


def seated(
    deliveries: Sequence[Delivery],
    posts: Mapping[int, Post],
    pick: Pick,
    *,
    calendar: Calendar,
    timetable_of: TimetableOf,
    now: datetime,
) -> tuple[Mapping[str, SlotTime], Mapping[str, QuotidianError]]:
    """The times of deliveries by their codes, picked in this order, and why others get none.

    What gets none keeps its place from the others, so they are asked again without it.
    """
    stuck: dict[str, QuotidianError] = {}
    while True:
        moving = [one for one in deliveries if one.code not in stuck]
        seats = Seats(calendar=calendar, timetable_of=timetable_of, freed=set(_freed(moving, posts)), now=now)
        found: dict[str, SlotTime] = {}
        for delivery in moving:
            try:
                found[delivery.code] = pick(seats, delivery, posts[delivery.post_id])
            except QuotidianError as error:
                stuck[delivery.code] = placed(error, delivery)
        if len(found) == len(moving):
            return found, stuck


def _freed(moving: Sequence[Delivery], posts: Mapping[int, Post]) -> Iterator[tuple[str, datetime]]:
    """The times of what moves, and of the later parts of its thread."""
    for one in moving:
        if one.state in LIVE:
            for part in range(len(posts[one.post_id].parts)):
                yield one.channel, one.due_at + part * GAP
