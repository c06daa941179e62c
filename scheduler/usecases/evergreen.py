"""Posts that come again: which run takes which slot that is left, and which of those to come may not go out any more.

A later run never takes a slot that a first one has, and stays where it is planned: none is planned farther ahead than
what counts as announced. It is never composed anew: what it says changes only by calling it off and planning another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial

from scheduler.domain.delivery import Booking, State
from scheduler.domain.fatigue import Airing, Past, Perennial, why_not
from scheduler.domain.slots import MINUTE
from scheduler.domain.timetable import Booked
from scheduler.domain.wording import wording
from scheduler.ports import Evergreens, Library, Posts
from scheduler.usecases.comeback import Filling
from scheduler.usecases.openings import booked
from scheduler.usecases.plan import Offices, Outlet, Plan, Planned
from scheduler.usecases.rotation import Over, Rotation, Withdrawn
from scheduler.usecases.turns import Turn, Turns

NO_YES = "its post has no valid yes."
NOT_ASKED = "nothing asks for it any more."
GONE = "its article's file is gone."


@dataclass(slots=True, kw_only=True)
class History:
    """What ran and what is to come: the `rotations` of posts that come again, and every run that counts, in order, by
    its channel and what it says."""

    rotations: Mapping[int, tuple[Perennial, Rotation]]
    runs: Mapping[tuple[str, int], Sequence[Airing]]

    def without(self, codes: Collection[str]) -> History:
        """As if these had never been planned."""
        runs = {key: [one for one in airings if one.code not in codes] for key, airings in self.runs.items()}
        return replace(self, runs=runs)

    def past(self, airing: Airing) -> Past:
        """What came before a run."""
        before = [one for one in self.runs[airing.channel, airing.saying] if one.due_at < airing.due_at]
        own = tuple(one.due_at for one in before if one.post_id == airing.post_id)
        return Past(runs=own, says=tuple(one.due_at for one in before))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How one post stands on one channel: the run that it waits for, if it does, and why it never comes again."""

    turn: Turn
    waits_for: Airing | None
    why_never: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comebacks:
    """Everything that later runs need. `rotation_of` is None for a post that doesn't come again; `is_gone` says
    whether there is no file of this name any more; `horizon` is how far ahead runs are planned."""

    evergreens: Evergreens
    posts: Posts
    library: Library
    outlets: Sequence[Outlet]
    offices: Offices
    rotation_of: Callable[[Perennial], Rotation | None]
    is_gone: Callable[[str], bool]
    horizon: timedelta

    def extended(self, plan: Plan, bookings: Callable[[], Sequence[Booking]], *, now: datetime) -> Plan:
        """A plan of first runs with the later ones in what it leaves free, and with those that are called off."""
        history = self.history()
        withdrawn = self.withdrawn(history, now=now)
        if not history.rotations:
            return replace(plan, withdrawn=tuple(withdrawn))
        before = bookings()
        codes = {one.code for one in before} | {one.delivery.code for one in plan.planned}
        gone = {one.airing.code for one in withdrawn}
        history = history.without(gone)
        moves = {move.booking.code: move.slot for move in plan.moves if move.slot}
        there: list[Booking] = [one for one in before if one.code not in gone]
        there += [one.delivery for one in plan.planned]
        planned, over = list(plan.planned), list[Over]()
        for outlet in self.outlets:
            own = [one for one in there if one.channel == outlet.name]
            stay = [one for one in own if one.code not in moves]
            goes = [moves[one.code].due_at for one in own if one.code in moves]

            def free(stay: Sequence[Booking] = stay, goes: Sequence[datetime] = goes) -> Booked:
                taken = booked(stay)
                for at in goes:
                    taken.add(at)
                return taken

            more, through = self._unsaid(history, outlet, free, number=len(own), codes=codes, now=now)
            codes |= {one.delivery.code for one in more}
            planned += more
            over += through
        return replace(plan, planned=tuple(planned), withdrawn=tuple(withdrawn), over=tuple(over))

    def history(self, post_id: int = 0) -> History:
        """As it is in the store, of all posts or of one."""
        known = self.evergreens.perennials(post_id)
        rotations = {one.post_id: (one, found) for one in known if (found := self.rotation_of(one))}
        runs: dict[tuple[str, int], list[Airing]] = defaultdict(list)
        if post_id and not rotations:
            return History(rotations=rotations, runs=runs)
        for airing in self.evergreens.airings({one.saying for one, _ in rotations.values()}):
            if airing.counts:
                runs[airing.channel, airing.saying].append(airing)
        return History(rotations=rotations, runs=runs)

    def withdrawn(self, history: History, *, now: datetime) -> list[Withdrawn]:
        """Later runs to come that may not go out any more. One that a person put where it is needn't rest."""
        to_come = (
            airing
            for airings in history.runs.values()
            for airing in airings
            if airing.run > 1 and airing.state is State.SCHEDULED and airing.due_at > now
        )
        return [Withdrawn(airing=one, reason=reason) for one in to_come if (reason := self._why_off(one, history))]

    def _why_off(self, airing: Airing, history: History) -> str:
        if airing.post_id not in history.rotations:
            return NOT_ASKED
        perennial, rotation = history.rotations[airing.post_id]
        if not perennial.may_go_out:
            return NO_YES
        if self.is_gone(perennial.source):
            return GONE
        outlet = next((one for one in self.outlets if one.name == airing.channel), None)
        if airing.pinned or outlet is None:
            return ""
        reason = why_not(rotation.rules, history.past(airing), airing.due_at, outlet.timetable.zone)
        return reason[:1].lower() + reason[1:]

    def _unsaid(
        self,
        history: History,
        outlet: Outlet,
        free: Callable[[], Booked],
        *,
        number: int,
        codes: Collection[str],
        now: datetime,
    ) -> tuple[list[Planned], list[Over]]:
        """The runs in the slots that one channel has left within the horizon, and the posts that are through with it.

        `number` counts the channel's deliveries, for its link rule. What other posts said is asked for afterwards, of
        the planned texts alone, as they hardly ever say the same.
        """
        said: set[int] = set()
        while True:
            filling = self._filling(history, outlet, codes=codes, number=number)
            filling.said |= said
            over = self._filled(filling, history, outlet, free(), now)
            bodies = {wording(one.delivery.text, one.delivery.link) for one in filling.planned}
            found = self.evergreens.said(outlet.name, bodies) if bodies else {}
            if not found:
                return filling.planned, over
            said |= found.keys()

    def _filled(self, filling: Filling, history: History, outlet: Outlet, taken: Booked, now: datetime) -> list[Over]:
        turns = Turns(self._turns(history, outlet.name, now), zone=outlet.timetable.zone, now=now)
        after = max(now, (turns.first or now) - MINUTE)
        for slot_time in outlet.timetable.times(after=after):
            if turns.is_empty or slot_time.due_at > now + self.horizon:
                break
            if taken.near(slot_time.due_at, outlet.timetable.spacing) is None and turns.take(
                slot_time, outlet.timetable.takes, partial(filling.fill, slot_time)
            ):
                taken.add(slot_time.due_at)
        return [Over(post_id=turn.perennial.post_id, channel=outlet.name, reason=why) for turn, why in turns.over]

    def outlook(self, history: History, outlet: Outlet, post_id: int) -> Outlook | None:
        """How a post stands on a channel; None where it never ran there."""
        perennial, rotation = history.rotations[post_id]
        runs = history.runs.get((outlet.name, perennial.saying), ())
        own = [one for one in runs if one.post_id == post_id]
        if not own:
            return None
        turn = Turn(
            perennial=perennial,
            rotation=rotation,
            runs=[one.due_at for one in own],
            says=[one.due_at for one in runs],
        )
        waits_for = next((one for one in own if one.state not in (State.PUBLISHED, State.CANCELLED)), None)
        return Outlook(turn=turn, waits_for=waits_for, why_never=self._filling(history, outlet).why_never(turn))

    def _filling(self, history: History, outlet: Outlet, *, codes: Collection[str] = (), number: int = 0) -> Filling:
        runs = (airings for (channel, _), airings in history.runs.items() if channel == outlet.name)
        return Filling(
            said={one.body for airings in runs for one in airings},
            posts=self.posts,
            library=self.library,
            offices=self.offices,
            outlet=outlet,
            codes=set(codes),
            number=number,
        )

    def _turns(self, history: History, channel: str, now: datetime) -> Iterator[Turn]:
        """Those whose runs so far are out: then what is planned twice is planned the same."""
        is_gone = cache(self.is_gone)
        says: dict[int, list[datetime]] = {}
        for number, (perennial, rotation) in history.rotations.items():
            runs = history.runs.get((channel, perennial.saying), ())
            own = [one for one in runs if one.post_id == number]
            is_due = own and all(one.is_over(now) for one in own) and perennial.may_go_out
            if not is_due or is_gone(perennial.source):
                continue
            said = says.setdefault(perennial.saying, [one.due_at for one in runs])
            yield Turn(perennial=perennial, rotation=rotation, runs=[one.due_at for one in own], says=said)
