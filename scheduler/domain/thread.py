"""A thread: a post in several parts, each a delivery of its own that answers the one before it.

What becomes of one part becomes of those after it: they are cancelled, held, released and moved with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import DoesNotFit
from scheduler.domain.slots import SlotTime
from scheduler.domain.transitions import cancel, hold, moved, release

BETWEEN = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
"""A line of three dashes ends a part."""
GAP = timedelta(seconds=1)
Step = tuple[Delivery, Delivery]


def parts_of(words: str) -> tuple[str, ...]:
    """`One.\\n---\\nTwo.` as its two parts; a post in one part is one."""
    return tuple(part for each in BETWEEN.split(words) if (part := each.strip())) or (words,)


def refuse_thread(parts: Sequence[str], *, network: str, takes: bool) -> None:
    """Raises DoesNotFit for a thread where the network takes none, or of which two parts say the same."""
    if len(parts) > 1 and not takes:
        hint = "Take out the lines of three dashes, or leave this channel out."
        raise DoesNotFit(f"It is a thread of {len(parts)} posts, and {network} has none.", hint=hint)
    if len(set(parts)) < len(parts):
        raise DoesNotFit("Two parts of its thread say the same.", hint="Networks refuse the second one.")


def beside(slot: SlotTime, part: int) -> SlotTime:
    """The time of the part so many after the one in this slot."""
    if part == 0:
        return slot
    wall = datetime.fromisoformat(slot.wall_time) + part * GAP
    return replace(slot, due_at=slot.due_at + part * GAP, wall_time=wall.isoformat())


def after_it(one: Delivery, of_post: Iterable[Delivery]) -> Iterator[Delivery]:
    """The parts after this one, in order, among the deliveries of its post."""
    answers = {other.parent: other for other in of_post if other.parent}
    following = answers.get(one.code)
    while following is not None:
        yield following
        following = answers.get(following.code)


def along(before: Delivery, after: Delivery, of_post: Iterable[Delivery]) -> tuple[Step, ...]:
    """The steps of the parts after one that moves from `before` to `after`; those that may be out stay as they are."""
    steps = ((one, _with_it(one, before, after)) for one in after_it(before, of_post) if one.sent_at is None)
    return tuple((one, moved_on) for one, moved_on in steps if moved_on != one)


def _with_it(one: Delivery, before: Delivery, after: Delivery) -> Delivery:
    is_held_with_it = one.state is State.HELD and before.state is State.HELD and one.words == before.words
    slot = beside(after.promise, one.part - after.part)
    if after.state is State.CANCELLED and one.state in (State.SCHEDULED, State.HELD):
        return cancel(one, after.words)
    if after.state is State.HELD and one.state is before.state and one.state in (State.SCHEDULED, State.CANCELLED):
        return hold(one, after.words)
    if after.state is State.SCHEDULED and is_held_with_it:
        return release(one, slot)
    if after.state is State.SCHEDULED and one.state is State.SCHEDULED and one.promise != slot:
        return moved(one, slot)
    return one
