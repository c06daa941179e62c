"""What every tick does before it delivers: takes up what was left behind, finds out what is unknown, minds the late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from scheduler.domain.audit import AuditEntry
from scheduler.domain.catchup import catch_up
from scheduler.domain.channel import Receipt
from scheduler.domain.delivery import Delivery, Outcome, State
from scheduler.domain.errors import NotSent, Refused, Unknown
from scheduler.domain.lateness import Lateness, LateRule, lateness
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.retry import DELAYS, GIVE_UP, LONGEST_WAIT, ON_TIME
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Timetable
from scheduler.domain.transitions import (
    asked,
    cancel,
    expired,
    found,
    hold,
    missing,
    moved,
    outgoing,
    postponed,
    replayed,
)
from scheduler.ports import Calendar, Finder, Journal, Pauses, Posts, Publisher
from scheduler.usecases.openings import expires_at
from scheduler.usecases.pause import WORKER, lift
from scheduler.usecases.publish import Courier, attempt_of, tried

# Clocks differ: a read-back counts posts from a little before the first try with this payload, which is the one that
# may have gone out unseen when a later one is told that it is a duplicate.
LOOK_BACK = timedelta(minutes=2)
LOOK_FOR_SECONDS = 24 * 60 * 60
TO_DECIDE = "Release it, or cancel it."
TOO_LATE = Outcome.TOO_LATE
NextFree = Callable[[Delivery, datetime], SlotTime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caretaker:
    """Everything that maintenance needs. `next_free(delivery, after)` names a slot that no live delivery holds;
    `late_rule(delivery, post)` says what is to become of one that is late; `take_up(now)` gives what fell due in
    campaigns whose pause is over its place in the calendar.

    What is due on a paused channel is left alone. What catches up keeps to the rules of its account's
    `timetable(channel)`.
    """

    courier: Courier
    posts: Posts
    journal: Journal
    pauses: Pauses
    calendar: Calendar
    next_free: NextFree
    timetable: Callable[[str], Timetable]
    late_rule: Callable[[Delivery, Post], LateRule]
    take_up: Callable[[datetime], object] = lambda _: None

    def tidy(self) -> None:
        """All of it, in the order in which one prepares the next."""
        self.take_up(self.courier.clock.now())
        for name in lift(pauses=self.pauses, now=self.courier.clock.now()):
            self.courier.log("resumed", name=name)
        expired_leases = self.courier.due.expired(now=self.courier.clock.now())
        self.recover([delivery for delivery in expired_leases if not self.courier.is_under_way(delivery)])
        self.reconcile()
        self.move_unapproved()
        self.mind_the_late()

    def start(self) -> None:
        """When this is the workspace's only worker, whatever is claimed or sending was left by one that is gone."""
        self.recover(self.courier.deliveries.select(states={State.CLAIMED, State.SENDING}))
        self.tidy()

    def recover(self, left: Sequence[Delivery]) -> None:
        """Claimed ones go back to their slot or, after two crashes, have failed; sending ones are unknown."""
        now = self.courier.clock.now()
        for delivery in left:
            result = expired(delivery, now=now)
            gone = Unknown(result.words)
            attempt = attempt_of(delivery, gone, started=delivery.sent_at or now, ended=now)
            self.courier.deliveries.write(delivery, result, attempt=attempt)
            self.courier.log("left behind", code=delivery.code, was=str(delivery.state), state=str(result.state))

    def reconcile(self) -> None:
        """Reads first, replays after, and asks a person where neither is possible."""
        for delivery in self.courier.deliveries.select(states={State.UNKNOWN}):
            publisher = self.courier.publishers.get(delivery.channel)
            if publisher is None:
                self._move_on(
                    delivery, asked(delivery, "Its channel is not in the settings any more; look for it there.")
                )
            elif self.courier.seconds_since_intent(delivery) >= publisher.capabilities().settle_seconds:
                self._find_out(delivery, publisher)

    def _find_out(self, delivery: Delivery, publisher: Publisher) -> None:
        if receipt := self._late_receipt(delivery):
            self._move_on(delivery, found(delivery, receipt), "published: the answer came after the lease had ended")
        elif isinstance(publisher, Finder):
            self._look(delivery, publisher)
        elif publisher.capabilities().exact and delivery.attempt <= len(DELAYS):
            self._move_on(delivery, replayed(delivery), "sent once more with the same key")
        else:
            self._ask(delivery)

    def _late_receipt(self, delivery: Delivery) -> Receipt | None:
        """A worker that had lost its lease still wrote down what the network answered."""
        kept = self.journal.attempts(code=delivery.code, outcome=Outcome.PUBLISHED)
        return next((Receipt(remote_id=one.remote_id, url=one.remote_url) for one in kept), None)

    def _look(self, delivery: Delivery, publisher: Finder) -> None:
        started = self.courier.clock.now()
        since = (delivery.created_at or delivery.due_at) - LOOK_BACK
        answer = tried(lambda: publisher.find(outgoing(delivery), since))
        if isinstance(answer, Receipt):
            attempt = attempt_of(delivery, answer, started=started, ended=self.courier.clock.now())
            attempt = replace(attempt, words="Its answer was lost; it was found there.")
            self.courier.deliveries.write(delivery, found(delivery, answer), attempt=attempt)
            self.courier.settled(delivery)
            self.courier.log("found", code=delivery.code, url=answer.url)
        elif answer is None and delivery.attempt <= len(DELAYS):
            self._move_on(delivery, missing(delivery), "looked, it is not there: it goes out again")
        elif isinstance(answer, Refused) or not isinstance(answer, NotSent) or self._looked_long_enough(delivery):
            self._ask(delivery)

    def _looked_long_enough(self, delivery: Delivery) -> bool:
        return self.courier.seconds_since_intent(delivery) > LOOK_FOR_SECONDS

    def _ask(self, delivery: Delivery) -> None:
        words = f"{delivery.words} Look whether it is there, then say so: `quotidian resolve {delivery.code}`."
        self._move_on(delivery, asked(delivery, words), "held: a person has to look whether it is there")

    def move_unapproved(self) -> None:
        """A draft that is due makes way to its channel's next free slot; a held or blocked post stays behind."""
        now = self.courier.clock.now()
        for delivery in self.courier.due.waiting(now=now):
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
        late: dict[str, list[Delivery]] = defaultdict(list)
        paused, campaigns = self.pauses.all(), self.pauses.campaigns()
        for delivery in self.courier.deliveries.select(states={State.SCHEDULED}, due_before=now):
            if delivery.channel in paused or delivery.campaign in campaigns:
                continue
            verdict = self._verdict(delivery, now)
            if verdict is Lateness.CATCH_UP:
                late[delivery.channel].append(delivery)
            elif verdict is not Lateness.SEND:
                self._give_up(delivery, verdict, now)
        for channel, deliveries in late.items():
            for delivery, at in zip(deliveries, self._catch_up(channel, deliveries, now), strict=False):
                self._move_on(delivery, postponed(delivery, at, f"Late, so it catches up at {at:%Y-%m-%d %H:%M} UTC."))

    def _verdict(self, delivery: Delivery, now: datetime) -> Lateness:
        """By its post's own rule, unless it may be out there: then it only catches up or is held.

        What would go out after it has expired is skipped, however little late it is.
        """
        judge = partial(lateness, due_at=delivery.due_at, not_before=delivery.not_before, now=now)
        if delivery.sent_at is not None or (delivery.not_before is None and now - delivery.due_at <= ON_TIME):
            return judge()
        post = self.posts.get(delivery.post_id)
        expiry = expires_at(post, delivery.zone)
        if expiry and expiry < max(now, delivery.not_before or now):
            return Lateness.SKIP
        return judge(rule=self.late_rule(delivery, post))

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
        if self.courier.deliveries.write(delivery, after, attempt=attempt):
            self.courier.log("too late", code=delivery.code, channel=delivery.channel, state=str(after.state))

    def _catch_up(self, channel: str, late: Sequence[Delivery], now: datetime) -> Iterator[datetime]:
        """Beside what went out in the last day or is ready by itself, but for the late ones."""
        out = self.calendar.runs(channel, since=now - GIVE_UP, until=now + LONGEST_WAIT)
        codes = {delivery.code for delivery in late}
        runs = [run for run in out if run.code not in codes]
        return catch_up([one.due_at for one in late], runs=runs, table=self.timetable(channel), now=now)

    def _move_on(self, before: Delivery, after: Delivery, what: str = "") -> None:
        now = self.courier.clock.now()
        entry = AuditEntry(at=now, who=WORKER, what=what or after.words, subject=f"delivery {before.code}")
        self.courier.settled(before)
        if self.courier.deliveries.write(before, after, entry=entry):
            self.courier.log(
                "moved on", code=after.code, channel=after.channel, state=str(after.state), words=entry.what
            )


def _said(wall_time: str) -> str:
    return wall_time.replace("T", " ")


def _stays_behind(delivery: Delivery, post: Post) -> bool:
    return post.status is PostStatus.HELD or post.blocked or delivery.sent_at is not None
