"""A store with planned deliveries, a clock that stands still and a channel, for telling what the engine does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from scheduler.domain.audit import AuditEntry
from scheduler.domain.closed import Closed, parse_quiet
from scheduler.domain.delivery import Delivery, Outcome, State
from scheduler.domain.lateness import LateRule
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Timetable
from scheduler.ports import Clock, Publisher
from scheduler.store import Store, open_store
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.maintain import Caretaker
from scheduler.usecases.openings import expires_at
from scheduler.usecases.publish import Courier
from scheduler.usecases.sending import Free, Purse

HOUR = timedelta(hours=1)
Open = Callable[[Publisher], "Scene"]


def entry(what: str = "planned") -> AuditEntry:
    """Anybody's."""
    return AuditEntry(at=NINE, who="Ann", what=what, subject="calendar")


@dataclass
class Scene:
    """One workspace with one channel named `account`."""

    store: Store
    publisher: Publisher
    clock: Clock
    records: list[str] = field(default_factory=list)
    quiet: str = ""
    budget: Purse = field(default_factory=Free)

    @classmethod
    def make(cls, folder: Path, publisher: Publisher) -> Scene:
        """With a database of its own."""
        return cls(store=open_store(f"sqlite:///{folder / 'test.db'}"), publisher=publisher, clock=FakeClock())

    def plan(self, count: int = 1, *, late: timedelta = timedelta(0), approved: bool = True) -> list[Delivery]:
        """Deliveries of one post each, a second apart, the first `late` before now."""
        first = self.store.posts.all()[-1].id + 1 if self.store.posts.all() else 1
        self.store.library.add(article(f"Article {first}"), [post(approved=approved)] * count, entry())
        due_at = self.clock.now() - late
        planned = [
            delivery(code=f"code{number:03}", post_id=number, due_at=due_at + timedelta(seconds=number - first))
            for number in range(first, first + count)
        ]
        self.store.deliveries.add(planned, entry())
        return [self.get(one.code) for one in planned]

    def get(self, code: str = "code001") -> Delivery:
        """As the table has it."""
        return self.store.deliveries.get(code)

    def states(self) -> dict[State, int]:
        """How many stand where."""
        return dict(Counter(one.state for one in self.store.deliveries.select()))

    def outcomes(self, code: str = "code001") -> list[Outcome]:
        """How each try of a delivery ended."""
        return [attempt.outcome for attempt in self.store.journal.attempts(code=code)]

    @cached_property
    def courier(self) -> Courier:
        """The engine."""
        return Courier(
            deliveries=self.store.deliveries,
            writes=self.store.writes,
            due=self.store.due,
            pauses=self.store.pauses,
            budget=self.budget,
            publishers={"account": self.publisher},
            clock=self.clock,
            log=self._log,
            expiry=lambda delivery: expires_at(self.store.posts.get(delivery.post_id), delivery.zone),
        )

    @property
    def caretaker(self) -> Caretaker:
        """Its maintenance; the next free slot is an hour after the last one."""
        return Caretaker(
            courier=self.courier,
            behind=self.store.behind,
            posts=self.store.posts,
            journal=self.store.journal,
            pauses=self.store.pauses,
            calendar=self.store.calendar,
            next_free=self._next_free,
            timetable=self.timetable,
            late_rule=lambda late: late.asked or LateRule.CATCH_UP,
        )

    def tick(self) -> int:
        """What the worker does again and again."""
        self.caretaker.tidy()
        return self.courier.deliver_due()

    def drain(self) -> None:
        """Until nothing more is to be done now."""
        while self.tick():
            pass

    def claim(self) -> Delivery:
        """By some worker that may then die."""
        (claimed,) = self.store.due.claim(now=self.clock.now(), lease_seconds=120, mark=self.clock.mark())
        return claimed

    def put(self, before: Delivery, **changes: object) -> Delivery:
        """Writes a state as it might have been left."""
        after = replace(before, **changes)  # type: ignore[arg-type]
        assert self.store.deliveries.write(before, after)
        return after

    def timetable(self, channel: str) -> Timetable:
        """Without slots of its own."""
        return Timetable(account=channel, slots=(), zone="Etc/UTC", closed=Closed(quiet=parse_quiet(self.quiet)))

    def _log(self, event: str, /, **fields: object) -> None:
        self.records.append(f"{event} {fields}")

    def _next_free(self, delivery: Delivery, after: datetime) -> SlotTime | None:
        last = max(after, *(one.due_at for one in self.store.deliveries.select()))
        at = last + HOUR
        return SlotTime(due_at=at, wall_time=f"{at:%Y-%m-%dT%H:%M}", zone="Etc/UTC")
