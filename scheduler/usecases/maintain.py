"""What every tick does before it delivers: takes up what was left behind, finds out what is unknown, minds the late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from scheduler.domain.catchup import catch_up
from scheduler.domain.delivery import Delivery, Outcome, State
from scheduler.domain.errors import Unknown
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.lateness import Late, Lateness, LateRule, verdict
from scheduler.domain.lease import lease_is_over
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.retry import GIVE_UP, LONGEST_WAIT
from scheduler.domain.slots import SlotTime
from scheduler.domain.thread import Step, along
from scheduler.domain.timetable import Timetable
from scheduler.domain.transitions import (
    cancel,
    expired,
    given_back,
    hold,
    moved,
    postponed,
)
from scheduler.ports import Behind, Calendar, Journal, Pauses, Posts
from scheduler.usecases.attempts import attempt_of
from scheduler.usecases.findout import FindingOut
from scheduler.usecases.lanes import not_begun
from scheduler.usecases.pause import lift
from scheduler.usecases.publish import Courier

TO_DECIDE = "Release it, or cancel it."
TOO_LATE = Outcome.TOO_LATE
Judged = TypeVar("Judged")
NextFree = Callable[[Delivery, datetime], SlotTime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caretaker:
    """Everything that maintenance needs. `next_free(delivery, after)` names a slot that no live delivery holds;
    `late_rule(late)` says what is to become of one that is late; `take_up(now)` gives what fell due in
    campaigns whose pause is over its place in the calendar.

    What is due on a paused channel is left alone. What catches up keeps to the rules of its account's
    `timetable(channel)`. `alarmed` are the codes that were told of.
    """

    courier: Courier
    behind: Behind
    posts: Posts
    journal: Journal
    pauses: Pauses
    calendar: Calendar
    next_free: NextFree
    timetable: Callable[[str], Timetable]
    late_rule: Callable[[Late], LateRule]
    take_up: Callable[[datetime], object] = lambda _: None
    alarmed: set[str] = field(default_factory=set)

    def tidy(self) -> None:
        """All of it, in the order in which one prepares the next."""
        self.take_up(self.courier.clock.now())
        for name in lift(pauses=self.pauses, now=self.courier.clock.now()):
            self.courier.log("resumed", name=name)
        self.recover([delivery for delivery in self._in_between() if self._is_left(delivery)])
        self.reconcile()
        self.move_unapproved()
        self.mind_the_late()
        self.alarm()

    def start(self, *, alone: bool = True) -> None:
        """When this is the workspace's only worker, whatever is claimed or sending was left by one that is gone.

        If another should be alive although there may be one only, its leases count.
        """
        if alone:
            self.recover(self._in_between())
        self.tidy()

    def _in_between(self) -> Sequence[Delivery]:
        return self.courier.deliveries.select(states={State.CLAIMED, State.SENDING})

    def _is_left(self, delivery: Delivery) -> bool:
        clock, seconds = self.courier.clock, self.courier.lease_seconds
        return lease_is_over(delivery, now=clock.now(), mark=clock.mark(), lease_seconds=seconds)

    def recover(self, left: Sequence[Delivery]) -> None:
        """Claimed ones go back to their slot or, after two crashes, have failed; sending ones are unknown."""
        now, waited = self.courier.clock.now(), not_begun(left, self.courier.senders)
        backs = [FencedWrite(before=one, after=given_back(one)) for one in left if one.code in waited]
        self.courier.writes.write(backs)
        for delivery in (one for one in left if one.code not in waited):
            result = expired(delivery, now=now)
            gone = Unknown(result.words)
            attempt = attempt_of(delivery, gone, started=delivery.sent_at or now, ended=now)
            self.courier.deliveries.write(delivery, result, attempt=attempt)
            self.courier.log("left behind", code=delivery.code, was=str(delivery.state), state=str(result.state))

    def reconcile(self) -> None:
        """Of which nobody knows, or a person was asked: reads first, replays after."""
        self._finding_out.reconcile()

    @property
    def _finding_out(self) -> FindingOut:
        return FindingOut(courier=self.courier, behind=self.behind, journal=self.journal, pauses=self.pauses)

    def move_unapproved(self) -> None:
        """A draft that is due makes way to its channel's next free slot; a held or blocked post stays behind."""
        now = self.courier.clock.now()
        for delivery in self.courier.due.waiting(now=now):
            if self._waits_for_parent(delivery):
                continue
            if _stays_behind(delivery, self.posts.get(delivery.post_id)):
                self._move_on(delivery, hold(delivery, "Its post is held, or a finding blocks it."))
            elif (slot := self.next_free(delivery, now)) is None:
                self._move_on(delivery, hold(delivery, "Its post was not approved in time, and no other slot is free."))
            else:
                words = f"Not approved in time for {_said(delivery.wall_time)}; moved to {_said(slot.wall_time)}."
                self._move_on(delivery, moved(delivery, slot, words), words)

    def mind_the_late(self) -> None:
        """Never a burst: what is late catches up spread out, what is too late is held; or as its post asks for."""
        now = self.courier.clock.now()
        late: dict[str, list[Late]] = defaultdict(list)
        over: list[tuple[Late, Lateness]] = []
        for one in self.behind.late(now=now):
            found = verdict(one, rule=self.late_rule, now=now)
            if found is Lateness.CATCH_UP:
                late[one.channel].append(one)
            elif found is not Lateness.SEND:
                over.append((one, found))
        for delivery, what in self._as_judged(over):
            self._give_up(delivery, what, now)
        for delivery, at in self._as_judged(self._catch_up(late, now)):
            self._move_on(delivery, postponed(delivery, at, f"Late, so it catches up at {at:%Y-%m-%d %H:%M} UTC."))

    def _as_judged(self, judged: Iterable[tuple[Late, Judged]]) -> Iterator[tuple[Delivery, Judged]]:
        """The same with whole deliveries: more than a verdict needs is read only of what has something coming."""
        found = {one.code: (one, what) for one, what in judged}
        whole = self.behind.as_judged([one for one, _ in found.values()])
        return ((delivery, found[one.code][1]) for one, delivery in whole)

    def _give_up(self, delivery: Delivery, verdict: Lateness, now: datetime) -> None:
        """Into another slot, or left out, or held; the last two with an attempt that tells."""
        was = f"It was due at {_said(delivery.wall_time)}"
        slot = self.next_free(delivery, now) if verdict is Lateness.RESLOT else None
        if slot is not None:
            words = f"{was} and came too late; moved to {_said(slot.wall_time)}."
            self._move_on(delivery, moved(delivery, slot, words), words)
            return
        long_ago = now - delivery.due_at > GIVE_UP
        words = f"{was}, over {GIVE_UP // timedelta(hours=1)} hours ago" if long_ago else f"{was} and came too late"
        skips = verdict is Lateness.SKIP
        words, hint = (f"{words}, so it is skipped.", "") if skips else (f"{words}, so it is held.", TO_DECIDE)
        attempt = replace(attempt_of(delivery, Unknown(words, hint=hint), started=now, ended=now), outcome=TOO_LATE)
        after = cancel(delivery, words) if skips else hold(delivery, words)
        if self.courier.deliveries.write(delivery, after, attempt=attempt, along=self._along(delivery, after)):
            self.courier.log("too late", code=delivery.code, channel=delivery.channel, state=str(after.state))

    def _catch_up(self, late: Mapping[str, Sequence[Late]], now: datetime) -> Iterator[tuple[Late, datetime]]:
        """Of each channel as many as find a place beside what went out in the last day or is ready by itself."""
        for channel, mine in late.items():
            out = self.calendar.runs(channel, since=now - GIVE_UP, until=now + LONGEST_WAIT)
            codes = {one.code for one in mine}
            runs, table = [run for run in out if run.code not in codes], self.timetable(channel)
            yield from zip(mine, catch_up([one.due_at for one in mine], runs=runs, table=table, now=now), strict=False)

    def alarm(self) -> None:
        """Tells once of each delivery that is due, has no outcome, and that nothing explains."""
        late = {one.code: one for one in self.behind.overdue(now=self.courier.clock.now())}
        for code in late.keys() - self.alarmed:
            one = late[code]
            words = f"It was due at {_said(one.wall_time)} and has no outcome."
            self.courier.log("alarm", code=code, channel=one.channel, state=str(one.state), words=words)
        self.alarmed.clear()
        self.alarmed.update(late)

    def _move_on(self, before: Delivery, after: Delivery, what: str = "") -> None:
        self._finding_out.move_on(before, after, what, along=self._along(before, after))

    def _along(self, before: Delivery, after: Delivery) -> Sequence[Step]:
        return along(before, after, self.courier.deliveries.select(post_id=before.post_id))

    def _waits_for_parent(self, delivery: Delivery) -> bool:
        """A later part of a thread goes with the one before it, until that one is out."""
        return bool(delivery.parent) and self.courier.deliveries.get(delivery.parent).state is not State.PUBLISHED


def _said(wall_time: str) -> str:
    return wall_time.replace("T", " ")


def _stays_behind(delivery: Delivery, post: Post) -> bool:
    return post.status is PostStatus.HELD or post.blocked or delivery.sent_at is not None
