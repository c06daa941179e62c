"""The posts of one article in one campaign on one channel: which stand where they are, which are to be placed, and when
each of those would best go out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from scheduler.domain.campaign import WEEK, Campaign
from scheduler.domain.delivery import Booking, State
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Timetable
from scheduler.domain.variety import Face, next_of
from scheduler.usecases.plan import Candidate, Planned

EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A post that has a place or seeks one: a `candidate` for a first delivery, or one that has a `booking`."""

    post: Post
    face: Face
    category: str
    expiry: datetime | None
    candidate: Candidate | None = None
    booking: Booking | None = None
    is_movable: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """When a post would best go out, `at` the earliest and `ideal` by the rhythm, and how long until the next one."""

    at: datetime
    gap: timedelta
    ideal: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Strand:
    """`rest` are the pieces without a place, for as many `wishes`; `count` says how often it was served while a plan is
    made, `served` when last."""

    campaign: Campaign
    order: int
    rest: list[Piece] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    count: int = 0
    served: datetime = EARLIEST
    _times: list[datetime] = field(default_factory=list)
    _faces: list[Face] = field(default_factory=list)

    def stand(self, at: datetime, piece: Piece) -> None:
        """A piece has its place."""
        index = bisect_left(self._times, at)
        self._times.insert(index, at)
        self._faces.insert(index, piece.face)

    def lift(self, at: datetime, piece: Piece) -> None:
        """A piece gives its place to another strand's, and seeks a later one."""
        index = bisect_left(self._times, at)
        del self._times[index], self._faces[index]
        self.rest.append(piece)
        insort(self.wishes, Wish(at, self.campaign.weeks * WEEK / self.campaign.wanted, at))

    def choose(self, slot: SlotTime, timetable: Timetable) -> Piece | None:
        """The piece that differs most from its neighbours there; None when it has none for such a slot, or stands too
        near already. One that was there before comes back."""
        index = bisect_right(self._times, slot.due_at)
        around = self._times[max(index - 1, 0) : index + 1]
        if any(abs(at - slot.due_at) < self.wishes[0].gap / 2 for at in around):
            return None
        able = [piece for piece in self.rest if timetable.takes(slot, piece.category) and not _is_over(piece, slot)]
        if not able:
            return None
        if same := [piece for piece in able if piece.booking and piece.booking.due_at == slot.due_at]:
            return same[0]
        before = self._faces[index - 1] if index else None
        after = self._faces[index] if index < len(self._faces) else None
        return able[next_of([piece.face for piece in able], [before, after])]

    def expired(self, slot: SlotTime) -> Iterator[Piece]:
        """Takes out what must not go out so late."""
        for piece in [piece for piece in self.rest if _is_over(piece, slot)]:
            self.drop(piece)
            yield piece

    def serve(self, piece: Piece, at: datetime) -> Wish:
        """A piece gets its place; the wish that this was."""
        self.rest.remove(piece)
        wish = self.wishes.pop(0)
        self.stand(at, piece)
        self.count += 1
        self.served = at
        if self.wishes and self.wishes[0].at < at + wish.gap / 2:
            following = self.wishes.pop(0)
            insort(self.wishes, Wish(at + wish.gap / 2, following.gap, following.ideal))
        return wish

    def stamped(self, planned: Planned) -> Planned:
        """A delivery that knows its campaign."""
        delivery = replace(planned.delivery, campaign=self.campaign.name, shape=self.campaign.shape)
        return replace(planned, delivery=delivery)

    def drop(self, piece: Piece) -> None:
        """A piece gets none."""
        self.rest.remove(piece)
        self.wishes.pop()


def _is_over(piece: Piece, slot: SlotTime) -> bool:
    return piece.expiry is not None and piece.expiry < slot.due_at


def settle(strand: Strand, standing: Sequence[Piece], first: datetime) -> list[Piece]:
    """Gives the strand's `rest` its wishes; the pieces that stand in the wrong places by now, which join the rest.

    `standing` have a booking, in order; those that may not move take the first places of the rhythm, whatever they are.
    What stands about right stays, and so does all that was planned by the rhythm as it is.
    """
    times = strand.campaign.times(len(standing) + len(strand.rest), first)
    gaps = [later - sooner for sooner, later in pairwise(times)] or [strand.campaign.weeks * WEEK]
    wishes = [Wish(at, gap, at) for at, gap in zip(times, (*gaps, gaps[-1]), strict=False)]
    movable = [piece for piece in standing if piece.is_movable]
    wishes = wishes[len(standing) - len(movable) :]
    astray: list[Piece] = []
    for piece in movable:
        wish = min(wishes, key=lambda wish: abs(wish.ideal - _at(piece)))
        if _is_right(piece, strand.campaign) or abs(wish.ideal - _at(piece)) <= max(wish.gap / 2, WEEK / 2):
            wishes.remove(wish)
        else:
            astray.append(piece)
    strand.rest += astray
    strand.wishes = wishes
    for piece in standing:
        if piece not in astray:
            strand.stand(_at(piece), piece)
    return astray


def is_astray(piece: Piece, campaign: Campaign) -> bool:
    """Whether a delivery that is to come was planned by another rhythm or campaign, or by none."""
    return piece.booking is not None and piece.booking.state is State.SCHEDULED and not _is_right(piece, campaign)


def unserved(strands: Iterable[Strand]) -> int:
    """How many pieces seek a place."""
    return sum(len(strand.rest) for strand in strands)


def _is_right(piece: Piece, campaign: Campaign) -> bool:
    booking = piece.booking
    return booking is not None and (booking.campaign, booking.shape) == (campaign.name, campaign.shape)


def _at(piece: Piece) -> datetime:
    return piece.booking.due_at if piece.booking else EARLIEST
