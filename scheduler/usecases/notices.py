"""Tells people what they should know while they aren't looking: seen once, gathered, put into few messages, sent.

Everything is looked up in the tables rather than handed over: nothing waits for a notice, and a worker that dies loses
none. A message is marked before it leaves: after a crash it goes out once more, and never a third time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from scheduler.domain.delivery import State
from scheduler.domain.notice import (
    Fate,
    Message,
    Notice,
    NoticeKind,
    Trouble,
    last_digest,
    ready,
    titled,
    written,
)
from scheduler.ports import Clock, Log
from scheduler.usecases.budget import CAP_WORDS

DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
"""After the first failure wait the first delay, and so on; after the last one a message is given up."""
MOST_CRASHES = 2
LONGEST_DIGEST = timedelta(days=7)
MOST = 500
CAP_HINT = "Later ones are held too. Raise CHANNELS__…__MONTHLY_CAP, or release them next month."
KINDS = {State.FAILED: NoticeKind.FAILED, State.HELD: NoticeKind.HELD}
Send = Callable[[str, str, str], bool]
"""Address, title, body: whether it was taken. Bounded in time, and it never raises."""


class Outbox(Protocol):
    """What was seen, and what becomes of each message."""

    def troubles(self, state: State, *, most: int) -> Sequence[Trouble]:
        """Deliveries in this state of which nobody was told; none whose post a person holds."""
        ...

    def see(self, seen: Sequence[Notice], *, told_by: Sequence[Notice] = (), now: datetime) -> None:
        """Keeps what was never seen before; what is `told_by` others of them is kept as told."""

    def pending(self) -> Sequence[Notice]:
        """What nobody was told of, as it was seen."""
        ...

    def post(self, new: Sequence[Message], of: Sequence[Notice], *, now: datetime) -> None:
        """Messages, and that these notices are in them: all or none."""

    def last_at(self, *, digest: bool) -> datetime | None:
        """When the last message, or the last digest, was made."""

    def messages(self, fate: Fate) -> Sequence[Message]:
        """Oldest first."""
        ...

    def change(self, before: Message, after: Message) -> bool:
        """Durable when it returns; whether it still was `before`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Herald:
    """One workspace's. `addresses` are secrets; `watch(now)` sees what is not a delivery that failed or is held.

    With `digest` all but the urgent waits for that time of the day, with `summary(since, until)` above it, quiet where
    nothing happened.
    """

    outbox: Outbox
    addresses: Sequence[str]
    watch: Callable[[datetime], Iterable[Notice]]
    summary: Callable[[datetime, datetime], str]
    send: Send
    clock: Clock
    log: Log
    zone: str
    digest: time | None = None

    def recover(self) -> None:
        """What a worker that is gone was sending goes out once more, or was tried often enough."""
        for message in self.outbox.messages(Fate.SENDING):
            crashes = message.crashes + 1
            fate = Fate.GIVEN_UP if crashes >= MOST_CRASHES else Fate.WAITING
            self.outbox.change(message, replace(message, crashes=crashes, fate=fate, next_at=self.clock.now()))

    def tell(self, *, stop: Callable[[], bool] = lambda: False) -> int:
        """Looks, gathers and sends what is due, until `stop` says so; how many messages were taken."""
        if not self.addresses:
            return 0
        now = self.clock.now()
        troubles = [(one, kind) for state, kind in KINDS.items() for one in self.outbox.troubles(state, most=MOST)]
        capped = [_notice(one, kind, now) for one, kind in troubles if _is_capped(one)]
        told = [_cap(one, now) if _is_capped(one) else _notice(one, kind, now) for one, kind in troubles]
        self.outbox.see([*told, *self.watch(now)], told_by=capped, now=now)
        self._gather(now)
        due = [message for message in self.outbox.messages(Fate.WAITING) if _is_due(message, now)]
        return sum(self._try(message, now) for message in due if not stop())

    def _gather(self, now: datetime) -> None:
        pending = self.outbox.pending()
        last_at = self.outbox.last_at(digest=False)
        told = ready(pending, last_at=last_at, now=now, urgent_only=self.digest is not None)
        if told:
            self.outbox.post(self._messages(titled(told), written(told), now), told, now=now)
        if self.digest is not None:
            self._digest([notice for notice in pending if notice not in told], self.digest, now)

    def _digest(self, pending: Sequence[Notice], at: time, now: datetime) -> None:
        due = last_digest(at, zone=self.zone, now=now)
        before = self.outbox.last_at(digest=True)
        if before is not None and before >= due:
            return
        told = [notice for notice in pending if notice.at <= due]
        since = last_digest(at, zone=self.zone, now=before) if before else due - timedelta(days=1)
        body = "\n\n".join(
            part for part in (self.summary(max(since, due - LONGEST_DIGEST), due), written(told)) if part
        )
        if body:
            messages = self._messages(titled(told), body, now)
            self.outbox.post([replace(message, digest=True) for message in messages], told, now=now)

    def _messages(self, title: str, body: str, now: datetime) -> list[Message]:
        return [
            Message(target=fingerprint(address), title=title, body=body, made_at=now, next_at=now)
            for address in self.addresses
        ]

    def _try(self, message: Message, now: datetime) -> bool:
        address = {fingerprint(one): one for one in self.addresses}.get(message.target)
        if address is None:
            self.outbox.change(message, replace(message, fate=Fate.GIVEN_UP, next_at=None))
            return False
        sending = replace(message, fate=Fate.SENDING, tries=message.tries + 1)
        if not self.outbox.change(message, sending):
            return False
        taken = self.send(address, message.title, message.body)
        after = replace(sending, fate=Fate.SENT, next_at=None) if taken else _later(sending, now)
        self.outbox.change(sending, after)
        self.log("notice", number=message.id, title=message.title, fate=after.fate.value, tries=after.tries)
        return taken


def _notice(one: Trouble, kind: NoticeKind, now: datetime) -> Notice:
    words = f"{one.code} on {one.channel}, “{one.article}”, {one.wall_time.replace('T', ' ')}: {one.words}"
    return Notice(key=one.key, kind=kind, at=now, words=words, hint=f"`quotidian why {one.code}`")


def _is_capped(one: Trouble) -> bool:
    return one.words.startswith(CAP_WORDS)


def _cap(one: Trouble, now: datetime) -> Notice:
    """One a month for all that an account's cap holds back."""
    key = f"capped {one.channel} {one.wall_time[:7]}"
    return Notice(key=key, kind=NoticeKind.CAP, at=now, words=f"{one.channel}: {one.words}", hint=CAP_HINT)


def fingerprint(address: str) -> str:
    """What an address is known by where it must not be written."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def _is_due(message: Message, now: datetime) -> bool:
    return message.next_at is None or message.next_at <= now


def _later(message: Message, now: datetime) -> Message:
    if message.tries > len(DELAYS):
        return replace(message, fate=Fate.GIVEN_UP, next_at=None)
    return replace(message, fate=Fate.WAITING, next_at=now + DELAYS[message.tries - 1])
