"""A time that a row names goes before what a slot gave: a delivery that stands in its way takes its next free slot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from scheduler.domain.campaign import ANNOUNCED
from scheduler.domain.delivery import Booking, State
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Booked, Timetable
from scheduler.usecases.openings import Openings, has_own_time, own_time
from scheduler.usecases.plan import Candidate, Move

PostOf = Callable[[int], Post]
WORDS = "a post with a time of its own goes first."


def in_the_way(
    fixed: Sequence[Candidate], own: Sequence[Booking], table: Timetable, *, post_of: PostOf, now: datetime
) -> list[Booking]:
    """Deliveries nearer to a time that a post names than the account's spacing allows, which may still move.

    What was announced stays: due within ANNOUNCED, approved, or given its time by a person or a campaign.
    """
    wanted = Booked(slot.due_at for one in fixed if (slot := own_time(one.post, table.zone)))
    near = [one for one in own if fixed and wanted.near(one.due_at, table.spacing)]
    return [one for one in near if _may_move(one, now) and _is_free(post_of(one.post_id))]


def yielded(lifted: Sequence[Booking], openings: Openings, post_of: PostOf) -> Iterator[Move]:
    """Where those that stood in the way go, now that the others have their times; what need not move stays."""
    for booking in lifted:
        if openings.keep(booking.due_at):
            continue
        found = openings.take_next(post_of(booking.post_id))
        if isinstance(found, SlotTime):
            yield Move(booking=booking, slot=found, campaign="", shape="", words=WORDS)


def _may_move(booking: Booking, now: datetime) -> bool:
    is_ours = booking.state is State.SCHEDULED and not booking.pinned and not booking.campaign and booking.run == 1
    return is_ours and booking.due_at - now > ANNOUNCED


def _is_free(post: Post) -> bool:
    return post.status is not PostStatus.APPROVED and not has_own_time(post)
