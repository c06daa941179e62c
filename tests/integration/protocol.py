"""The whole protocol as a state machine for hypothesis: two workers, faults, deaths, clocks that jump, and a person.

After each step the invariants are checked against the network's own record, at the end conservation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scheduler.domain import transitions
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.lateness import LateRule
from scheduler.domain.lease import seconds_since
from scheduler.domain.slots import SlotTime, at_instant
from scheduler.domain.thread import along, beside
from scheduler.domain.timetable import Timetable
from scheduler.testing.clock import FakeClock
from scheduler.testing.faults import Fault, Step
from scheduler.testing.network import MemoryNetwork, Moment, ReadableNetwork
from scheduler.testing.samples import delivery
from scheduler.usecases.maintain import Caretaker
from scheduler.usecases.publish import Courier
from tests.integration.memory import MemoryPauses, MemoryPosts, MemoryTables, MemoryWrites
from tests.integration.scene import entry

SINGLE, THREAD = 5, 3
DEEDS = (
    "nothing",
    "die",
    "die",
    "the other works",
    "sleep for long",
    "the clock jumps",
    "a person acts",
    "jump and work",
)
MOMENTS = (Moment.CLAIMED, Moment.PREPARED, Moment.INTENDED, Moment.ACCEPTED, Moment.ANSWERED)
ACTS = ("release", "resolve", "retry", "move", "edit", "release", "resolve", "retry", "hold", "cancel")
WORKERS, CODES = st.integers(0, 1), st.integers(0, SINGLE + THREAD - 1)
JUMPS = st.sampled_from([timedelta(hours=hours) for hours in (-24, -1, 1, 24)] + [timedelta(seconds=45)])
WAITS = st.sampled_from([61, 130, 1, 20, 61, 700, 300, 15, 4000] * 3 + [90_000])
IN_BETWEEN = {State.CLAIMED, State.SENDING, State.UNKNOWN}
KINDS = [(ReadableNetwork, False)] * 2 + [(MemoryNetwork, True)] * 2 + [(MemoryNetwork, False), (ReadableNetwork, True)]
faults = st.one_of(st.none(), st.sampled_from(Fault))


class Killed(BaseException):
    """kill -9: nothing that comes after it is done."""


class Protocol(RuleBasedStateMachine):
    """`steps` counts what happened in all runs."""

    steps: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.tables, self.writes, self.pauses = self.open_tables()
        self.next_faults: dict[Step, Fault | None] = {}
        self.deed: tuple[Moment, Callable[[], object]] | None = None
        self.boots = 0
        self.skew = timedelta(0)
        self.keys: dict[str, str] = {}
        self.codes = self._plan()

    def open_tables(self) -> tuple[Any, Any, Any]:
        """What keeps deliveries, what writes them with their fence, and pauses."""
        tables = MemoryTables()
        return tables, MemoryWrites(tables), MemoryPauses(tables)

    def _plan(self) -> list[str]:
        planned: list[Delivery] = []
        for number in range(SINGLE):
            one = delivery(code=f"one{number}", due_at=self.clock.now() + timedelta(seconds=10 * number))
            planned.append(replace(one, text=f"One {number}", post_id=number + 1))
        for part in range(THREAD):
            slot = beside(at_instant(self.clock.now() + timedelta(seconds=60), "Etc/UTC"), part)
            one = delivery(code=f"part{part}", due_at=slot.due_at, post_id=SINGLE + 1)
            parent = f"part{part - 1}" if part else ""
            planned.append(replace(one, text=f"Part {part}", wall_time=slot.wall_time, part=part, parent=parent))
        self.tables.add(planned, entry())
        return [one.code for one in planned]

    @initialize(kind=st.sampled_from(KINDS), settle=st.sampled_from([0, 0, 60, 600]))
    def begin(self, kind: tuple[type[MemoryNetwork], bool], settle: int) -> None:
        network, exact = kind
        self.settle = settle
        self.network = network(
            faults=self._fault, exact=exact, settle_seconds=settle, now=self._true_time, at=self._at_moment
        )
        self.started = self.clock.now()
        self.passed = timedelta(0)
        self.workers = [self._worker() for _ in range(2)]

    def _true_time(self) -> datetime:
        """The network's own clock never jumps."""
        return self.started + self.passed

    def _worker(self) -> Caretaker:
        courier = Courier(
            deliveries=self.tables,
            writes=self.writes,
            due=self.tables,
            pauses=self.pauses,
            publishers={"account": self.network},
            clock=self.clock,
            log=lambda *_, **__: None,
        )
        return Caretaker(
            courier=courier,
            behind=self.tables,
            posts=cast(Any, MemoryPosts()),
            journal=self.tables,
            pauses=self.pauses,
            calendar=self.tables,
            late_rule=lambda *_: LateRule.CATCH_UP,
            next_free=lambda one, after: at_instant(after + timedelta(hours=1), "Etc/UTC"),
            timetable=lambda channel: Timetable(account=channel, slots=(), zone="Etc/UTC"),
        )

    def _fault(self, step: Step) -> Fault | None:
        return self.next_faults.pop(step, None)

    def _at_moment(self, moment: Moment) -> None:
        self.steps[moment.name.lower()] += 1
        if moment is Moment.INTENDED:
            assert any(one.state is State.SENDING for one in self.tables.select()), "a request without an intent"
        if self.deed and self.deed[0] is moment:
            (_, act), self.deed = self.deed, None
            act()

    def _pass(self, seconds: float) -> None:
        self.passed += timedelta(seconds=seconds)
        self.clock.pass_by(seconds=seconds)

    @rule(
        worker=WORKERS,
        fault=faults,
        upload=st.one_of(st.none(), faults),
        moment=st.sampled_from(MOMENTS),
        deed=st.sampled_from(DEEDS),
        jump=JUMPS,
        act=st.sampled_from(ACTS),
        code=CODES,
        after=st.sampled_from([0, 15, 61]),
    )
    def deliver(
        self,
        worker: int,
        fault: Fault | None,
        upload: Fault | None,
        moment: Moment,
        deed: str,
        jump: timedelta,
        act: str,
        code: int,
        after: int,
    ) -> None:
        self._pass(after)
        self.next_faults |= {Step.PUBLISH: fault, Step.PREPARE: upload}
        deeds: dict[str, Callable[[], object]] = {
            "die": self._die,
            "the other works": partial(self._work, 1 - worker),
            "sleep for long": partial(self._sleep, 1 - worker),
            "the clock jumps": lambda: self._jump(jump),
            "jump and work": partial(self._jump, jump, 1 - worker),
            "a person acts": partial(self.person, code=code, act=act),
        }
        self.deed = (moment, deeds[deed]) if deed in deeds else None
        try:
            self.workers[worker].courier.deliver_due()
        except Killed:
            self.steps["killed"] += 1
            self.workers[worker] = self._worker()
        self.deed = None

    def _die(self) -> None:
        raise Killed

    def _work(self, worker: int) -> None:
        self.workers[worker].tidy()
        self.workers[worker].courier.deliver_due()

    def _sleep(self, other: int) -> None:
        """SIGSTOP, and SIGCONT when the lease is long over and the other has gone on."""
        self._pass(130)
        self._work(other)
        self._pass(130 + self.settle)
        self._work(other)

    def _jump(self, jump: timedelta, other: int | None = None) -> None:
        """The next one sets it right; meanwhile the other worker may be at work."""
        self.skew += (jump := -self.skew or jump)
        self.clock.jump(jump)
        if other is not None:
            self._work(other)

    @rule(worker=WORKERS, fault=faults)
    def tidy(self, worker: int, fault: Fault | None) -> None:
        self.next_faults[Step.FIND] = fault
        self.workers[worker].tidy()
        self.next_faults.clear()

    @rule(seconds=WAITS)
    def wait(self, seconds: int) -> None:
        self._pass(seconds)

    @rule(jump=st.none() | JUMPS)
    def trouble(self, jump: timedelta | None) -> None:
        """The clock jumps, or the machine goes down with both workers and one takes up what is left."""
        if jump:
            self._jump(jump)
        else:
            self._reboot()

    def _reboot(self) -> None:
        self.boots += 1
        self._pass(100)
        self.clock.restart(f"boot {self.boots}")
        self.workers = [self._worker() for _ in range(2)]
        self.workers[0].start()

    def _resume(self) -> None:
        for channel in list(self.pauses.all()):
            self.pauses.end(channel, entry())

    @rule(code=CODES, act=st.sampled_from(ACTS))
    def person(self, code: int, act: str) -> None:
        """Resumes the account, looks at the network, or does what people do."""
        self._resume()
        one = self.tables.get(self.codes[code])
        slot = at_instant(self.clock.now() + timedelta(seconds=60 + code), "Etc/UTC")
        if act == "resolve" and (one.state is not State.HELD or not self._has_settled(one)):
            return
        with suppress(NotAllowedNow):
            after = self._act(one, act, slot)(one)
            parts = along(one, after, self.tables.select(post_id=one.post_id))
            self.tables.write(one, after, along=parts)
            self.steps["person"] += 1

    def _act(self, one: Delivery, act: str, slot: SlotTime) -> Callable[[Delivery], Delivery]:
        if act == "resolve":
            return self._resolve(one, slot)
        if act == "cancel" and one.sent_at is not None:
            raise NotAllowedNow("A careful person looks first.")
        acts: dict[str, Callable[[Delivery], Delivery]] = {
            "hold": partial(transitions.hold, words="Held by Ann."),
            "release": partial(transitions.release, slot=slot),
            "cancel": transitions.cancel,
            "move": partial(transitions.moved, slot=slot),
            "edit": lambda one: transitions.edited(one, text=f"{one.text}!", link="", card=None),
            "retry": partial(transitions.retry, slot=slot),
        }
        return acts[act]

    def _resolve(self, one: Delivery, slot: SlotTime) -> Callable[[Delivery], Delivery]:
        """By looking at the network."""
        if there := next((taken for taken in self.network.record if taken.code == one.code), None):
            return partial(transitions.resolve_there, url=f"https://social.example/{there.remote_id}")
        return partial(transitions.resolve_again, slot=slot)

    def _has_settled(self, one: Delivery) -> bool:
        mark = self.clock.mark()
        return one.boot == mark.boot and seconds_since(one, now=self.clock.now(), mark=mark) > self.settle

    @invariant()
    def nothing_is_there_twice(self) -> None:
        codes = [taken.code for taken in getattr(self, "network", MemoryNetwork()).record]
        assert len(codes) == len(set(codes)), "there twice"

    @invariant()
    def what_is_there_is_known_or_asked_about(self) -> None:
        """Never failed, cancelled or as if never sent; what is called published is there."""
        there = {taken.code: taken for taken in getattr(self, "network", MemoryNetwork()).record}
        for one in self.tables.select():
            if one.state is State.PUBLISHED:
                assert one.code in there, "falsely published"
            elif one.code in there:
                assert one.state not in (State.FAILED, State.CANCELLED), f"there, but {one.state}"
                assert one.sent_at is not None or one.state is State.SENDING, "there, but nobody knows"

    @invariant()
    def a_key_has_one_text(self) -> None:
        for one in self.tables.select():
            if one.key:
                assert self.keys.setdefault(one.key, one.text) == one.text, "a key for two texts"

    @invariant()
    def each_part_answers_the_one_before(self) -> None:
        there = {taken.code: taken for taken in getattr(self, "network", MemoryNetwork()).record}
        for part in range(1, THREAD):
            if taken := there.get(f"part{part}"):
                assert taken.reply_to == there[f"part{part - 1}"].remote_id, "an answer to nothing"

    def teardown(self) -> None:
        """All is well again, the clock too: then nothing stays in between, and what is there is what is said."""
        if not hasattr(self, "network"):
            return
        self.next_faults.clear()
        self.clock.jump(-self.skew)
        for _ in range(200):
            self._resume()
            self._work(0)
            self._pass(610)
            if not any(one.doubts or one.state in IN_BETWEEN for one in self.tables.select()):
                break
        left = {one.state for one in self.tables.select()}
        assert not left & IN_BETWEEN, f"left in between: {left}"
        there = {taken.code for taken in self.network.record}
        published = {one.code for one in self.tables.select(states={State.PUBLISHED})}
        held = {one.code for one in self.tables.select(states={State.HELD})}
        assert published <= there <= published | held, "not conserved"
        self.steps["runs"] += 1
