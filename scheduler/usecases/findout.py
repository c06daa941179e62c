"""What became of a delivery of which nobody knows: reads first, replays after, asks a person where neither can be.

One that a person was asked about is still looked for now and then, so that a late answer settles it without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from scheduler.domain.audit import AuditEntry
from scheduler.domain.channel import Receipt
from scheduler.domain.delivery import Delivery, Outcome, State
from scheduler.domain.errors import AccountRefused, NotSent, Refused, TryAgain
from scheduler.domain.lease import seconds_since
from scheduler.domain.pause import WORKER
from scheduler.domain.retry import DELAYS
from scheduler.domain.thread import Step
from scheduler.domain.transitions import asked, found, look_later, missing, outgoing, replayed
from scheduler.ports import Behind, Finder, Journal, Pauses, Publisher
from scheduler.usecases.attempts import attempt_of
from scheduler.usecases.pause import refuse
from scheduler.usecases.publish import Courier
from scheduler.usecases.sending import tried

# A read-back counts posts from before the first try with this payload, which is the one that may have gone out unseen
# when a later one is told that it is a duplicate. Our clock may be a day ahead: then its post is a day older there.
LOOK_BACK = timedelta(hours=26)
LOOK_FOR_SECONDS = 24 * 60 * 60
LOOK_ON_SECONDS = 14 * LOOK_FOR_SECONDS
"""How long is looked before a person is asked, and how long afterwards."""
LONGEST = timedelta(minutes=5)
SHORTEST_HELD, LONGEST_HELD = timedelta(minutes=30), timedelta(hours=12)
"""Between two looks, while nobody was asked at most `LONGEST`; networks charge for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOut:
    """Everything that finding out needs."""

    courier: Courier
    behind: Behind
    journal: Journal
    pauses: Pauses

    def reconcile(self) -> None:
        """Each that is due for a look."""
        for delivery in self.behind.in_doubt():
            self._reconcile(delivery)

    def _reconcile(self, delivery: Delivery) -> None:
        publisher = self.courier.publishers.get(delivery.channel)
        if receipt := self._late_receipt(delivery):
            self.move_on(delivery, found(delivery, receipt), "published: the answer came after the lease had ended")
        elif publisher is None:
            self._ask(delivery, "Its channel is not in the settings any more; look for it there.")
        elif self._is_time(delivery, publisher):
            self._find_out(delivery, publisher)

    def _is_time(self, delivery: Delivery, publisher: Publisher) -> bool:
        """Never before the network has settled, nor while it refuses the account, nor before it wants to be asked."""
        pause, seconds = self.pauses.all().get(delivery.channel), self._seconds_since(delivery)
        if (pause and pause.by_network) or seconds < publisher.capabilities().settle_seconds:
            return False
        if delivery.state is State.HELD and seconds > LOOK_ON_SECONDS:
            return False
        return delivery.not_before is None or delivery.not_before <= self.courier.clock.now()

    def _find_out(self, delivery: Delivery, publisher: Publisher) -> None:
        has_tries = delivery.state is State.UNKNOWN and delivery.attempt <= len(DELAYS)
        if isinstance(publisher, Finder):
            self._look(delivery, publisher, has_tries=has_tries)
        elif publisher.capabilities().exact and has_tries:
            self.move_on(delivery, replayed(delivery), "sent once more with the same key")
        else:
            self._ask_to_look(delivery)

    def _late_receipt(self, delivery: Delivery) -> Receipt | None:
        """A worker that had lost its lease still wrote down what the network answered."""
        kept = self.journal.attempts(code=delivery.code, outcome=Outcome.PUBLISHED)
        return next((Receipt(remote_id=one.remote_id, url=one.remote_url) for one in kept), None)

    def _look(self, delivery: Delivery, publisher: Finder, *, has_tries: bool) -> None:
        started = self.courier.clock.now()
        since = (delivery.created_at or delivery.due_at) - LOOK_BACK
        taken = tuple(self.journal.taken(delivery))
        answer = tried(lambda: publisher.find(replace(outgoing(delivery), taken=taken), since))
        if isinstance(answer, Receipt):
            attempt = attempt_of(delivery, answer, started=started, ended=self.courier.clock.now())
            attempt = replace(attempt, words="Its answer was lost; it was found there.")
            self.courier.deliveries.write(delivery, found(delivery, answer), attempt=attempt)
            self.courier.log("found", code=delivery.code, was=str(delivery.state), url=answer.url)
        elif answer is None and has_tries:
            self.move_on(delivery, missing(delivery), "looked, it is not there: it goes out again")
        elif isinstance(answer, AccountRefused):
            refuse(delivery.channel, answer, pauses=self.pauses, now=self.courier.clock.now())
        elif delivery.state is State.UNKNOWN and self._must_ask(delivery, answer):
            self._ask_to_look(delivery)
        else:
            self._look_later(delivery, answer)

    def _must_ask(self, delivery: Delivery, answer: NotSent | None) -> bool:
        is_final = answer is None or isinstance(answer, Refused)
        return is_final or self._seconds_since(delivery) > LOOK_FOR_SECONDS

    def _look_later(self, delivery: Delivery, answer: NotSent | None) -> None:
        """The longer it is unknown, the rarer; a network that names a time is taken at its word."""
        since, now = timedelta(seconds=self._seconds_since(delivery)), self.courier.clock.now()
        is_held = delivery.state is State.HELD
        wait = min(max(since / 2, SHORTEST_HELD), LONGEST_HELD) if is_held else min(since / 4, LONGEST)
        asked_for = answer.at if isinstance(answer, TryAgain) and answer.at else now
        self.courier.deliveries.write(delivery, look_later(delivery, max(now + wait, asked_for)))

    def _seconds_since(self, delivery: Delivery) -> float:
        return seconds_since(delivery, now=self.courier.clock.now(), mark=self.courier.clock.mark())

    def _ask_to_look(self, delivery: Delivery) -> None:
        words = f"{delivery.words} Look whether it is there, then say so: `quotidian resolve {delivery.code}`."
        self._ask(delivery, words, "held: a person has to look whether it is there")

    def _ask(self, delivery: Delivery, words: str, what: str = "") -> None:
        if delivery.state is State.UNKNOWN:
            self.move_on(delivery, asked(delivery, words), what)

    def move_on(self, before: Delivery, after: Delivery, what: str = "", *, along: Sequence[Step] = ()) -> None:
        """Stored with an audit entry and a record in the log, unless somebody else was first."""
        entry = AuditEntry(
            at=self.courier.clock.now(), who=WORKER, what=what or after.words, subject=f"delivery {before.code}"
        )
        if self.courier.deliveries.write(before, after, entry=entry, along=along):
            told = {"code": after.code, "channel": after.channel, "state": str(after.state), "words": entry.what}
            self.courier.log("moved on", **told)
