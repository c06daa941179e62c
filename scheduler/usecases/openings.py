"""What is left of a channel's calendar: the time that a post names, or the next free slot for its category."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain

from scheduler.domain.delivery import BOOKED, LIVE, Booking
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.post import Post
from scheduler.domain.readymade import ReadyMade
from scheduler.domain.slots import SlotTime, at_instant, at_wall
from scheduler.domain.timetable import Booked, Timetable

TOO_LATE = "It expires before a slot is free."
Reason = tuple[str, str]
"""Why not, and a way out."""


class Openings:
    """What is left of a channel's calendar while a plan fills it."""

    def __init__(self, timetable: Timetable, booked: Booked, now: datetime, *, others: Sequence[Booking] = ()) -> None:
        """`others` are those whose instants are booked, to be named where they stand in the way."""
        self._others = others
        self._timetable = timetable
        self._booked = booked
        self._now = now
        self._free: dict[str, Iterator[SlotTime]] = {}

    def take(self, post: Post) -> SlotTime | Reason:
        """The time that a post asks for, else the next free slot for its category; or why there is none."""
        wanted = own_time(post, self._timetable.zone)
        found = self._next(post) if wanted is None else self._checked(wanted)
        if isinstance(found, SlotTime):
            self._booked.add(found.due_at)
        return found

    def take_next(self, post: Post) -> SlotTime | Reason:
        """The next free slot for a post's category, whatever time it asks for; or why there is none."""
        found = self._next(post)
        if isinstance(found, SlotTime):
            self._booked.add(found.due_at)
        return found

    def _checked(self, wanted: SlotTime) -> SlotTime | Reason:
        if wanted.due_at <= self._now:
            return f"{wanted.said} has passed.", "Give it a later time."
        why_not = self._timetable.why_not(wanted, self._booked)
        return (why_not, f"Give it another time{self._way_out(wanted)}.") if why_not else wanted

    def _way_out(self, wanted: SlotTime) -> str:
        near = self._booked.near(wanted.due_at, self._timetable.spacing)
        found = (one for one in self._others if one.due_at == near and one.state in LIVE)
        other = next(found, None) if near else None
        return f", or move post {other.post_id} first: `quotidian move {other.code} next`" if other else ""

    def keep(self, due_at: datetime) -> bool:
        """Whether a time that was given back is still free; then it is taken again."""
        is_free = self._booked.near(due_at, self._timetable.spacing) is None
        if is_free:
            self._booked.add(due_at)
        return is_free

    def _next(self, post: Post) -> SlotTime | Reason:
        category, expiry = category_of(post), expires_at(post, self._timetable.zone)
        if category not in self._free:
            times = self._timetable.free(after=self._now, booked=self._booked, category=category)
            self._free[category] = times
        found = next((slot for slot in self._free[category] if not self._is_taken(slot)), None)
        if found is None:
            return "No slot is free.", "Give the channel more slots."
        if expiry and found.due_at > expiry:
            # The slot is another's.
            self._free[category] = chain((found,), self._free[category])
            return TOO_LATE, "Give it a time of its own, or a later expiry."
        return found

    def _is_taken(self, slot: SlotTime) -> bool:
        """One that was given back may have got a neighbour meanwhile."""
        return self._booked.near(slot.due_at, self._timetable.spacing) is not None


def own_time(post: Post, zone: str) -> SlotTime | None:
    """The time that a ready-made post names, on the clocks of `zone` unless it says which."""
    return asked_time(post.ready, zone) if post.ready else None


def asked_time(asks: ReadyMade, zone: str) -> SlotTime | None:
    """The time that a row names."""
    when = asks.when
    if not when.wall_time:
        return None
    if when.offset is None:
        return at_wall(when.wall_time, zone)
    wall = datetime.fromisoformat(when.wall_time).replace(tzinfo=UTC)
    return at_instant(wall - timedelta(minutes=when.offset), zone)


def expires_at(post: Post, zone: str) -> datetime | None:
    """The instant after which a ready-made post must not go out, where it names one."""
    return at_wall(post.expires, zone).due_at if post.expires else None


def asked_end(asks: ReadyMade, zone: str) -> datetime | None:
    """The instant after which a row's post must not go out, where it names one."""
    return at_wall(asks.expires, zone).due_at if asks.expires else None


def has_own_time(post: Post) -> bool:
    """Whether it names a time."""
    return post.ready is not None and bool(post.ready.when.wall_time)


def category_of(post: Post) -> str:
    """What slots know a post by: the category of its row, or the kind of its excerpt."""
    return post.ready.category if post.ready else str(post.excerpt.kind)


def booked(deliveries: Iterable[Booking]) -> Booked:
    """The instants from which a channel's next posts keep their distance: of what may go out, and of what is out."""
    return Booked(delivery.due_at for delivery in deliveries if delivery.state in BOOKED)


def next_free(timetable: Timetable, post: Post, *, booked: Booked, after: datetime) -> SlotTime:
    """The next slot for a post beside what is booked on the channel. Raises NotAllowedNow when there is none."""
    times = timetable.free(after=after, booked=booked, category=category_of(post))
    slot_time, expiry = next(times, None), expires_at(post, timetable.zone)
    if slot_time and expiry and slot_time.due_at > expiry:
        raise NotAllowedNow(TOO_LATE, hint="Name a time before.")
    if slot_time is None:
        raise NotAllowedNow(f"No slot of {timetable.account} is free.", hint="Give the channel more slots.")
    return slot_time
