"""Days and hours that were closed after a post was planned into them: it makes way to the next free slot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Timetable
from scheduler.domain.transitions import hold, moved
from scheduler.domain.zonerules import Promise
from scheduler.ports import Deliveries, Log, Posts, Promises
from scheduler.usecases.openings import has_own_time

NextFree = Callable[[Delivery, datetime], SlotTime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearer:
    """Everything that making way needs."""

    promises: Promises
    deliveries: Deliveries
    posts: Posts
    timetable: Callable[[str], Timetable]
    next_free: NextFree
    log: Log

    def clear(self, *, who: str, now: datetime) -> None:
        """What is scheduled where nothing may go out is moved, each with a notice; what has a time of its own is held.

        What nobody knows of, whether it is out, stays.
        """
        for promise, why in list(self._closed(now)):
            before = self.deliveries.get(promise.code)
            if before.promise == promise.time and before.sent_at is None:
                self._make_way(before, f"{promise.time.said} {why}", who=who, now=now)

    def _closed(self, now: datetime) -> Iterator[tuple[Promise, str]]:
        tables: dict[str, Timetable] = {}
        for promise in self.promises.promises(after=now):
            if promise.channel not in tables:
                tables[promise.channel] = self.timetable(promise.channel)
            if why := tables[promise.channel].why_closed(promise.time.due_at):
                yield promise, why

    def _make_way(self, before: Delivery, why: str, *, who: str, now: datetime) -> None:
        slot = None if has_own_time(self.posts.get(before.post_id)) else self.next_free(before, now)
        words = f"{why}; moved to {slot.said}." if slot else f"{why}. Move or release it, or cancel it."
        after = moved(before, slot, words) if slot else hold(before, words)
        entry = AuditEntry(at=now, who=who, what=words, subject=f"delivery {before.code}")
        if self.deliveries.write(before, after, entry=entry):
            self.log("made way", code=before.code, channel=before.channel, state=str(after.state), words=words)
