"""One sender at work: prepares what was claimed, writes the intent, sends, and tells what the network made of it.

Nothing is sent before the intent is on disk; after it, only a receipt or a proof of refusal says what happened. The one
broad `except` of the product is here: whatever else a channel raises, nobody knows whether the post went out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar

from scheduler.domain.audit import AuditEntry
from scheduler.domain.channel import Prepared, Receipt
from scheduler.domain.delivery import Attempt, Delivery, State
from scheduler.domain.errors import AccountRefused, DatabaseUnusable, NotAllowedNow, NotSent, Refused, TryAgain, Unknown
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.pause import WORKER
from scheduler.domain.pricing import NOTHING, Price
from scheduler.domain.retry import ON_TIME
from scheduler.domain.transitions import after, found, given_back, hold, intent, outgoing
from scheduler.ports import Clock, Deliveries, Due, FencedWrites, Log, Pauses, Publisher
from scheduler.usecases.attempts import attempt_of
from scheduler.usecases.lanes import Lane, Round
from scheduler.usecases.pause import refuse

LEASE_SECONDS = 120
LATE = "published: the answer came after the lease had ended"
TOO_DEAR = "Raise its cap in the settings, or release it next month."
Answer = TypeVar("Answer")


class Purse(Protocol):
    """What a delivery costs."""

    def price(self, delivery: Delivery, *, now: datetime) -> Price:
        """What it costs to send it now."""
        ...

    def refuses(self, delivery: Delivery, *, now: datetime) -> str:
        """Why it must not be sent; empty where it may."""
        ...


class Free:
    """Keeps Purse where nothing costs."""

    def price(self, delivery: Delivery, *, now: datetime) -> Price:
        """Nothing."""
        return NOTHING

    def refuses(self, delivery: Delivery, *, now: datetime) -> str:
        """Never."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What delivering works with; `publishers` by the name of their channel.

    `expiry` says after which instant a delivery must not go out; it is asked of what is not sent ON_TIME. `unsaved` is
    what the database did not take; it is stored before anything else is claimed. `picture` says where the file of a
    card lies now, of which a delivery names the place where it was painted.
    """

    deliveries: Deliveries
    writes: FencedWrites
    due: Due
    pauses: Pauses
    publishers: Mapping[str, Publisher]
    clock: Clock
    log: Log
    budget: Purse = field(default_factory=Free)
    expiry: Callable[[Delivery], datetime | None] = lambda _: None
    picture: Callable[[str], str] = str
    lease_seconds: int = LEASE_SECONDS
    unsaved: list[FencedWrite] = field(default_factory=list)

    def store(self, changes: list[FencedWrite], *more: FencedWrite) -> bool:
        """All in one commit; then the list is empty. Whether the last one still held; what a receipt says does anyway.

        Raises DatabaseUnusable; then the list is as it was.
        """
        done = (*changes, *more)
        written = self.writes.write(done)
        changes.clear()
        for change, is_written in zip(done, written, strict=True):
            if not is_written:
                self._lost(change)
        return bool(written) and written[-1]

    def _lost(self, change: FencedWrite) -> None:
        """Somebody else moved it on."""
        before, result = change.before, change.after
        what = "not begun" if result.state is State.SENDING else "lease lost"
        self.log(what, code=before.code, channel=before.channel, fence=before.fence)
        if result.state is not State.PUBLISHED:
            return
        present = self.deliveries.get(before.code)
        with suppress(NotAllowedNow):
            late = found(present, Receipt(remote_id=result.remote_id, url=result.url))
            entry = AuditEntry(at=self.clock.now(), who=WORKER, what=LATE, subject=f"delivery {present.code}")
            self.writes.write([FencedWrite(before=present, after=late, entry=entry)])


@dataclass(kw_only=True)
class Sender:
    """Carries the deliveries of one lane, one after the other.

    What it learnt, `finished`, goes to disk with its next intent or at the end: one commit a delivery in a long lane.
    """

    kit: Kit
    lane: Lane
    current: Round
    finished: list[FencedWrite] = field(default_factory=list)

    def work(self) -> None:
        """Until the lane is empty. What the database doesn't take is left in the kit."""
        delivery = None
        try:
            while delivery := self.lane.next():
                if self._begins(delivery):
                    self._carry(delivery)
                else:
                    self._give_back([delivery, *self.lane.rest()])
            self.kit.store(self.finished)
        except DatabaseUnusable as error:
            self._give_back([*([delivery] if delivery else []), *self.lane.rest()])
            self.kit.unsaved.extend(self.finished)
            self.current.troubles.append(error)
        finally:
            self.lane.leave()

    def _begins(self, delivery: Delivery) -> bool:
        """Not when all is to end, nor when it waited so long that its lease may be over before it is sent."""
        waited = self.kit.clock.mark().ticks - delivery.ticks
        return not self.current.is_over and not self.lane.is_closed and waited < self.kit.lease_seconds / 2

    def _give_back(self, deliveries: Iterable[Delivery]) -> None:
        self.finished += [FencedWrite(before=delivery, after=given_back(delivery)) for delivery in deliveries]

    def _carry(self, delivery: Delivery) -> None:
        now = self.kit.clock.now()
        publisher = self.kit.publishers.get(delivery.channel)
        if publisher is None:
            missing = Refused(f"There is no channel '{delivery.channel}' in the settings.", hint="Add it, then retry.")
            self._finish(delivery, missing, now)
        elif self._is_expired(delivery, now):
            self._finish(delivery, Refused("It expired before it could be sent."), now)
        elif words := self._too_dear(delivery, now):
            self._hold(delivery, words, now)
        else:
            self._prepare(publisher, delivery, now)

    def _is_expired(self, delivery: Delivery, now: datetime) -> bool:
        expiry = self.kit.expiry(delivery) if now - delivery.due_at > ON_TIME else None
        return expiry is not None and expiry < now

    def _too_dear(self, delivery: Delivery, now: datetime) -> str:
        """What was refused a moment ago costs nothing, but only once that is on disk."""
        words = self.kit.budget.refuses(delivery, now=now)
        if words and self.finished:
            self.kit.store(self.finished)
            words = self.kit.budget.refuses(delivery, now=now)
        return words

    def _prepare(self, publisher: Publisher, delivery: Delivery, started: datetime) -> None:
        if delivery.card_path:
            # Uploading takes its time, and no answer is to wait for that before it is on disk.
            self.kit.store(self.finished)
        goes_out = replace(outgoing(delivery), card_path=self.kit.picture(delivery.card_path))
        prepared = tried(lambda: publisher.prepare(goes_out))
        if isinstance(prepared, NotSent):
            self._finish(delivery, prepared, started)
        elif self.current.is_over:
            self._give_back([delivery])
        else:
            self._publish(publisher, prepared, delivery, started)

    def _publish(self, publisher: Publisher, prepared: Prepared, delivery: Delivery, started: datetime) -> None:
        clock, lease_seconds = self.kit.clock, self.kit.lease_seconds
        begun, now = clock.monotonic(), clock.now()
        price = self.kit.budget.price(delivery, now=now)
        sending = intent(delivery, now=now, lease_seconds=lease_seconds, mark=clock.mark(), price=price)
        if not self.kit.store(self.finished, FencedWrite(before=delivery, after=sending)):
            # Its account was paused, or it is ours no more: then giving it back changes nothing.
            self.lane.close()
            self._give_back([delivery])
            return

        def in_time() -> bool:
            return clock.monotonic() - begun < lease_seconds / 2

        outcome: Receipt | NotSent = Unknown("Writing the intent took too long, so nothing was sent.")
        if in_time():
            outcome = tried(lambda: _certain(publisher.publish(replace(prepared, in_time=in_time))))
        self._finish(sending, outcome, started)

    def _finish(self, delivery: Delivery, outcome: Receipt | NotSent, started: datetime) -> None:
        """What the answer makes of the delivery, together with the attempt."""
        now = self.kit.clock.now()
        result = after(delivery, outcome, now=now)
        attempt = attempt_of(delivery, outcome, started=started, ended=now)
        self.finished.append(FencedWrite(before=delivery, after=result, attempt=attempt))
        self.lane.count()
        self._tell(attempt, result, outcome)
        if isinstance(outcome, TryAgain) and outcome.at and result.state is State.SCHEDULED:
            self.lane.close(result)
        if isinstance(outcome, AccountRefused):
            self.lane.close()
            refuse(delivery.channel, outcome, pauses=self.kit.pauses, now=now)

    def _hold(self, delivery: Delivery, words: str, now: datetime) -> None:
        """What would cost too much waits for a person."""
        error, result = Unknown(words, hint=TOO_DEAR), hold(delivery, words)
        attempt = attempt_of(delivery, error, started=now, ended=now)
        entry = AuditEntry(at=now, who=WORKER, what=words, subject=f"delivery {delivery.code}")
        self.finished.append(FencedWrite(before=delivery, after=result, attempt=attempt, entry=entry))
        self._tell(attempt, result, error)

    def _tell(self, attempt: Attempt, result: Delivery, outcome: Receipt | NotSent) -> None:
        cause = outcome.__cause__ if isinstance(outcome, NotSent) else None
        self.kit.log(
            "delivery",
            code=attempt.code,
            channel=attempt.channel,
            number=attempt.number,
            outcome=str(attempt.outcome),
            state=str(result.state),
            url=attempt.remote_url,
            words=attempt.words,
            seconds=round((attempt.ended_at - attempt.started_at).total_seconds(), 3),
            cause=repr(cause) if cause else "",
        )


def tried(step: Callable[[], Answer]) -> Answer | NotSent:
    """What a channel answers, or how it failed; anything but the three known errors is Unknown."""
    try:
        return step()
    except NotSent as error:
        return error
    except Exception as error:
        unknown = Unknown(f"The channel gave no clear answer ({type(error).__name__}).")
        unknown.__cause__ = error
        return unknown


def _certain(receipt: Receipt) -> Receipt:
    if not receipt.remote_id:
        raise Unknown("The network took the post but named no id.")
    return receipt
