"""The tables in memory, to try the protocol a hundred times faster than a disk allows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.catchup import Run
from scheduler.domain.delivery import Attempt, Delivery, Outcome, State
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.lateness import Late, Overdue
from scheduler.domain.moment import UNMARKED, Mark
from scheduler.domain.pause import Pause
from scheduler.domain.post import Post
from scheduler.domain.retry import GIVE_UP, GRACE
from scheduler.domain.transitions import claimed
from scheduler.store.triggers import PAYLOAD
from scheduler.testing.samples import post

YES = post()


def ready_at(one: Delivery) -> datetime:
    return max(one.due_at, one.not_before or one.due_at)


@dataclass
class MemoryTables:
    """Keeps ports Deliveries, Due, Behind, Journal, Pauses, Posts and Calendar as far as the engine asks."""

    rows: dict[str, Delivery] = field(default_factory=dict)
    tries: list[Attempt] = field(default_factory=list)
    pauses: dict[str, Pause] = field(default_factory=dict)

    def get(self, code: str | int) -> Delivery:
        return self.rows[str(code)]

    def select(
        self, *, states: Collection[State] = (), post_id: int | None = None, due_before: datetime | None = None
    ) -> Sequence[Delivery]:
        return sorted(
            (
                one
                for one in self.rows.values()
                if (not states or one.state in states)
                and (post_id is None or one.post_id == post_id)
                and (due_before is None or one.due_at < due_before)
            ),
            key=lambda one: (one.due_at, one.id),
        )

    def add(self, deliveries: Sequence[Delivery], entry: AuditEntry, *, of: Sequence[Post] = ()) -> None:
        self.rows |= {one.code: replace(one, id=number) for number, one in enumerate(deliveries, 1)}

    def write(
        self,
        before: Delivery,
        after: Delivery,
        *,
        attempt: Attempt | None = None,
        entry: AuditEntry | None = None,
        along: Sequence[tuple[Delivery, Delivery]] = (),
    ) -> bool:
        if attempt:
            self.tries.append(attempt)
        steps = ((before, after), *along)
        if any(not self._is_still(one) for one, _ in steps) or not self._may(after):
            return False
        for old, new in steps:
            fixed = old.state in (State.SCHEDULED, State.HELD)
            assert fixed or all(getattr(old, name) == getattr(new, name) for name in PAYLOAD), "payload changed"
            assert (new.lease_until is not None) == (new.state in (State.CLAIMED, State.SENDING)), "lease"
            self.rows[new.code] = new
        return True

    def _is_still(self, before: Delivery) -> bool:
        present = self.rows[before.code]
        if before.state in (State.CLAIMED, State.SENDING):
            return (present.fence, present.state) == (before.fence, before.state)
        return present == before

    def _may(self, after: Delivery) -> bool:
        return after.state is not State.SENDING or after.channel not in self.pauses

    def claim(
        self,
        *,
        now: datetime,
        lease_seconds: int,
        mark: Mark = UNMARKED,
        room: Callable[[str], int] = lambda _: 1,
    ) -> Sequence[Delivery]:
        taken: list[Delivery] = []
        for one in sorted(self.rows.values(), key=lambda one: (ready_at(one), one.id)):
            if len([other for other in taken if other.channel == one.channel]) >= room(one.channel):
                continue
            if self._is_claimable(one, now):
                reply_to = self.rows[one.parent].remote_id if one.parent else ""
                held = claimed(one, now=now, lease_seconds=lease_seconds, mark=mark, reply_to=reply_to)
                self.rows[one.code] = held
                taken.append(held)
        return taken

    def _is_claimable(self, one: Delivery, now: datetime) -> bool:
        if one.state is not State.SCHEDULED or ready_at(one) > now or one.channel in self.pauses:
            return False
        if not one.parent:
            return ready_at(one) >= now - GRACE
        parent = self.rows[one.parent]
        is_out = parent.state is State.PUBLISHED and bool(parent.remote_id)
        return is_out and (ready_at(one) >= now - GRACE or (parent.sent_at or now) >= now - GIVE_UP)

    def waiting(self, *, now: datetime) -> Sequence[Delivery]:
        return []

    def next_at(self) -> datetime | None:
        return None

    def late(self, *, now: datetime) -> Sequence[Late]:
        due = self.select(states={State.SCHEDULED}, due_before=now)
        return [self._late(one) for one in due if one.channel not in self.pauses and self._follows(one)]

    def _follows(self, one: Delivery) -> bool:
        return not one.parent or self.rows[one.parent].state is State.PUBLISHED

    def _late(self, one: Delivery) -> Late:
        parent = self.rows[one.parent] if one.parent else None
        return Late(
            **{name: getattr(one, name) for name in ("code", "channel", "campaign", "zone", "due_at")},
            not_before=one.not_before,
            sent_at=one.sent_at,
            expires="",
            asked=None,
            answers=parent.remote_id if parent else None,
            answered_at=parent.sent_at if parent else None,
        )

    def as_judged(self, late: Sequence[Late]) -> Iterator[tuple[Late, Delivery]]:
        return ((one, self.rows[one.code]) for one in late if self._late(self.rows[one.code]) == one)

    def overdue(self, *, now: datetime) -> Sequence[Overdue]:
        return []

    def in_doubt(self) -> Sequence[Delivery]:
        return [one for one in self.select(states={State.UNKNOWN, State.HELD}) if one.sent_at is not None]

    def attempts(self, *, code: str = "", outcome: Outcome | None = None, **_: object) -> Sequence[Attempt]:
        return [one for one in self.tries if one.code == code and outcome in (None, one.outcome)]

    def audit(self, subject: str = "") -> Sequence[AuditEntry]:
        return []

    def taken(self, delivery: Delivery) -> Sequence[str]:
        same = (one for one in self.rows.values() if one.text == delivery.text and one.code != delivery.code)
        return [one.remote_id for one in same if one.remote_id]

    def runs(self, channel: str, *, since: datetime, until: datetime) -> Sequence[Run]:
        to_come = (
            Run(one.code, one.due_at, ready_at(one)) for one in self.rows.values() if one.state is State.SCHEDULED
        )
        out = (
            Run(one.code, one.due_at, one.sent_at)
            for one in self.rows.values()
            if one.state is State.PUBLISHED and one.sent_at
        )
        return sorted((run for run in (*to_come, *out) if since <= run.at <= until), key=lambda run: run.at)


@dataclass
class MemoryWrites:
    """Keeps ports.FencedWrites."""

    tables: MemoryTables

    def write(self, changes: Sequence[FencedWrite]) -> Sequence[bool]:
        return [
            self.tables.write(one.before, one.after, attempt=one.attempt, entry=one.entry, along=one.along)
            for one in changes
        ]


@dataclass
class MemoryPauses:
    """Keeps ports.Pauses."""

    tables: MemoryTables

    def all(self) -> Mapping[str, Pause]:
        return self.tables.pauses

    def campaigns(self) -> Mapping[str, Pause]:
        return {}

    def add(self, pause: Pause, entry: AuditEntry) -> bool:
        return self.tables.pauses.setdefault(pause.channel, pause) is pause

    def end(self, channel: str, entry: AuditEntry, *, campaign: str = "", over_at: datetime | None = None) -> bool:
        return self.tables.pauses.pop(channel, None) is not None


class MemoryPosts:
    """Keeps ports.Posts for posts that all have a yes."""

    def get(self, post_id: int) -> Post:
        return replace(YES, id=post_id)
