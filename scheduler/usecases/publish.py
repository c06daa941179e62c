"""The second walk: a delivery falls due, is claimed, prepared, sent and told of; never lost, never knowingly twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import DatabaseUnusable
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.retry import gap_between, spread
from scheduler.domain.transitions import postponed
from scheduler.usecases.lanes import Crew, InTurn, Lane, Round, turn
from scheduler.usecases.sending import Kit, Sender

LOOK_SECONDS = 1.0
"""So often is looked what else fell due while something is being sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier(Kit):
    """Delivers what is due; `senders` by the name of their channel, one where nothing is said."""

    senders: Mapping[str, int] = field(default_factory=dict)
    crew: Crew = field(default_factory=InTurn)

    def deliver_due(self, *, stop: Callable[[], bool] = lambda: False) -> int:
        """Until nothing is due or `stop` says so; then what is not begun is given back. How many were tried.

        Raises DatabaseUnusable.
        """
        self.store(self.unsaved)
        current = Round(stop=stop, senders=self.senders, wake=self.crew.wake)
        is_under_way = False
        while self._fill(current) or is_under_way:
            for lane in current.lanes.values():
                for _ in range(lane.enter()):
                    self.crew.start(Sender(kit=self, lane=lane, current=current).work)
            self.crew.wait(LOOK_SECONDS)
            # Asked before it is filled again: then nothing that a sender did last is overlooked.
            is_under_way = current.is_under_way
        if current.troubles:
            raise current.troubles[0]
        return sum(lane.tried for lane in current.lanes.values())

    def _fill(self, current: Round) -> bool:
        """Claims what is due, as far as there is room; whether there was any."""
        try:
            for lane in current.lanes.values():
                self._reopen(lane)
            if current.is_over:
                return False
            now, mark = self.clock.now(), self.clock.mark()
            claimed = self.due.claim(now=now, lease_seconds=self.lease_seconds, mark=mark, room=current.room)
        except DatabaseUnusable as error:
            current.troubles.append(error)
            return False
        for delivery in sorted(claimed, key=turn):
            current.lane(delivery.channel).add(delivery)
        return bool(claimed)

    def _reopen(self, lane: Lane) -> None:
        """A network that asks for time asks the account: its other deliveries wait too, and don't burst afterwards."""
        if lane.is_closed and not lane.is_under_way:
            if lane.refusal is not None:
                self.writes.write(list(self._spread(lane.refusal)))
            lane.reopen()

    def _spread(self, refused: Delivery) -> Iterable[FencedWrite]:
        start = refused.not_before or refused.due_at
        coming = self.deliveries.select(states={State.SCHEDULED}, due_before=start)
        others = [other for other in coming if other.channel == refused.channel and other.code != refused.code]
        gap = gap_between([refused.due_at, *(other.due_at for other in others)])
        waiting = [other for other in others if (other.not_before or other.due_at) <= start]
        later = [other.not_before for other in others if other.not_before and other.not_before > start]
        for other, at in zip(waiting, spread(now=start, taken=[start, *later], gap=gap), strict=False):
            yield FencedWrite(before=other, after=postponed(other, at, refused.words))
