"""The crash test: real workers on a scratch workspace, a simulated network with its own record, kill -9, and the count.

What is tried is the program as it runs: its settings, its database, its courier and its caretaker. Only the networks
and the clock are made for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from scheduler.bootstrap.app import App
from scheduler.bootstrap.folders import Folders
from scheduler.dispatch.clock import SystemClock
from scheduler.dispatch.lock import only_worker
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import DatabaseUnusable
from scheduler.domain.lateness import LateRule
from scheduler.domain.lease import seconds_since
from scheduler.domain.readymade import ReadyMade
from scheduler.domain.retry import LONGEST_WAIT
from scheduler.ports import Publisher
from scheduler.settings import FILE, Settings, load
from scheduler.testing import fakedtime
from scheduler.testing.faults import Storm
from scheduler.testing.herd import Herd, Life, fates
from scheduler.testing.ledger import FileLedger
from scheduler.testing.network import MemoryNetwork, Moment, ReadableNetwork
from scheduler.testing.plan import KINDS, Plan, Result
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.testing.stage import NEVER, POLL_SECONDS, Stage
from scheduler.testing.tally import Tally, tally

RECORD = "network.jsonl"
WAVE = 200
"""Deliveries that are due at the same time; the next wave comes when they are settled as far as may be."""
GAP_SECONDS = 60
BETWEEN = (State.CLAIMED, State.SENDING, State.UNKNOWN)
ASKS_A_TICK = {True: 40, False: 1000}
"""After how many times of asking it is told to stop, by whether workers race: then leases are looked at more often."""
LIFE_SECONDS = 0.4
"""The longest life of a worker that is killed anywhere."""
PACE_SECONDS = 0.02
"""A life is no longer than this for each delivery of its share: otherwise a quick one leaves the next ones nothing."""
PATIENCE = timedelta(seconds=1)
LEASE_SECONDS = 4
"""Where workers race: their real lease would make time run away while they are stopped."""
SLOW_SECONDS = 0.01


@dataclass(kw_only=True)
class Trial:
    """One trial in a folder of its own; `record` is the networks', elsewhere if asked."""

    root: Path
    plan: Plan
    stage: Stage
    chance: Random
    record: Path | None = None
    told: Callable[[int], None] = field(default=lambda _: None)

    @property
    def span(self) -> float:
        """For how long a stopped worker is away: its lease is over, and what it sent can be seen."""
        return LEASE_SECONDS + max(KINDS[kind].settle_seconds for kind in self.plan.kinds) + 1

    def run(self) -> Result:
        """Plans, lives through it, counts. Raises TimeoutError when the workers get stuck."""
        started = time.monotonic()
        self.prepare()
        herd = self.live()
        total, by_kind = self.count()
        seconds = round(time.monotonic() - started, 1)
        return Result(
            plan=self.plan,
            total=total,
            by_kind=by_kind,
            kills=dict(herd.kills),
            stopped=herd.stopped,
            jumped=herd.jumped,
            seconds=seconds,
        )

    def live(self) -> Herd:
        """Lets the workers publish what was prepared, or left behind, until there is nothing to do any more."""
        per_kill = max(1, self.plan.deliveries // (self.plan.kills or 1))
        longest = min(LIFE_SECONDS, PACE_SECONDS * per_kill)
        herd = Herd(
            stage=self.stage,
            seats=self.plan.workers,
            work=self._work,
            fates=fates(self.plan.kills, per_kill=per_kill, seconds=longest, chance=self.chance),
            chance=self.chance,
            stops=self.plan.stops,
            span=self.span,
            progress=lambda: len(self.ledger.everything()) / self.plan.deliveries,
            jumps=self.plan.jumps,
            jump=lambda: fakedtime.jump(self.root, self.plan.workers, self.chance),
            told=lambda _: self.told(len(self.ledger.everything())),
        )
        herd.run()
        return herd

    def prepare(self) -> None:
        """The workspace, with everything planned."""
        channels = (f"CHANNELS__{kind.upper()}__NETWORK=folder\n" for kind in self.plan.kinds)
        settings = self.root / FILE
        settings.write_text("TIME_ZONE=Etc/UTC\n" + "".join(channels), "utf-8")
        settings.chmod(0o600)
        app = self._open()
        app.folders.make()
        kinds, count = self.plan.kinds, self.plan.deliveries
        entry = AuditEntry(at=NINE, who="trial", what="planned", subject="calendar")
        patient = replace(post(), ready=ReadyMade(row=1, late=LateRule.SEND))
        app.store.library.add(article(), [patient] * (count // len(kinds) + 1), entry)
        app.store.deliveries.add([self._planned(number) for number in range(count)], entry)
        app.close()

    def _planned(self, number: int) -> Delivery:
        kinds = self.plan.kinds
        wave, place = divmod(number, WAVE)
        gap = max(GAP_SECONDS, self.plan.stops * self.span * WAVE / self.plan.deliveries)
        due_at = self.stage.origin + timedelta(seconds=wave * gap, milliseconds=place)
        channel, post_id = kinds[number % len(kinds)], number // len(kinds) + 1
        return delivery(code=f"t{number:06}", channel=channel, due_at=due_at, post_id=post_id)

    def _open(self) -> App:
        """With the settings that were read once: a life is short."""
        return App(settings=self._settings, folders=Folders.of(self.root, self._settings), clock=self.stage)

    @cached_property
    def _settings(self) -> Settings:
        return load(self.root)

    @cached_property
    def ledger(self) -> FileLedger:
        """The networks' own record."""
        return FileLedger(self.record or self.root / RECORD)

    def _work(self, life: Life) -> None:
        """One worker, in its own process. Alone it holds the workspace's lock; several race without one."""
        if self.plan.jumps:
            fakedtime.begin(self.root, life.seat)
        app = self._open()
        app.channels.publishers = self._networks(life)
        _claims_are_passed(app, life)
        with ExitStack() as stack:
            if self.plan.workers == 1:
                stack.enter_context(only_worker(app.folders.lock))
                app.caretaker.start()
            else:
                app.courier = replace(app.courier, lease_seconds=LEASE_SECONDS)
            while not self.stage.over:
                self._safely(app, life)

    def _safely(self, app: App, life: Life) -> None:
        """As the service does: a database that can't be used now is tried again."""
        try:
            self._tick(app, life)
        except DatabaseUnusable:
            time.sleep(POLL_SECONDS)

    def _networks(self, life: Life) -> dict[str, Publisher]:
        ledger = self.ledger.reopen()
        storm = Storm(f"{self.plan.seed} {life.number}", rate=self.plan.rate, among=self.plan.among)

        def at(moment: Moment) -> None:
            life.pass_by(moment)
            if moment is Moment.ACCEPTED and self.plan.stops:
                time.sleep(SLOW_SECONDS)

        return {
            name: (ReadableNetwork if KINDS[name].readable else MemoryNetwork)(
                faults=storm,
                exact=KINDS[name].exact,
                settle_seconds=KINDS[name].settle_seconds,
                ledger=ledger,
                now=self.stage.elsewhere,
                at=at,
            )
            for name in self.plan.kinds
        }

    def _tick(self, app: App, life: Life) -> None:
        """What the service does again and again; with nothing left to do for now, it waits for time to go forward."""
        epoch, asks = self.stage.epoch, count(1)
        most = ASKS_A_TICK[self.plan.workers > 1]
        app.caretaker.tidy()
        if not app.courier.deliver_due(stop=lambda: next(asks) > most):
            _resume(app)
            self.stage.rest(life.seat, since=epoch, wake=_wake(app))

    def count(self) -> tuple[Tally, dict[str, Tally]]:
        """The networks' record against the delivery table: of all, and of each network."""
        app = self._open()
        states: dict[str, dict[str, State]] = {kind: {} for kind in self.plan.kinds}
        for one in app.store.deliveries.select():
            states[one.channel][one.code] = one.state
        app.close()
        record = [taken.code for taken in self.ledger.everything()]
        by_kind = {kind: tally(found, (code for code in record if code in found)) for kind, found in states.items()}
        return tally({code: state for found in states.values() for code, state in found.items()}, record), by_kind


def _claims_are_passed(app: App, life: Life) -> None:
    """A worker may die before it claims."""
    claim = app.store.due.claim

    def passing(**given: Any) -> Any:
        life.pass_by(Moment.IDLE)
        return claim(**given)

    app.store.due.claim = passing  # type: ignore[method-assign]


def _resume(app: App) -> None:
    """The person who looks after an account that its network refused."""
    now = app.clock.now()
    for channel, pause in app.store.pauses.all().items():
        if pause.until is None:
            entry = AuditEntry(at=now, who="trial", what="resumed it", subject=f"channel {channel}")
            app.store.pauses.end(channel, entry)


def _wake(app: App) -> float:
    """Seconds until there may be something to do."""
    now, mark = app.clock.now(), app.clock.mark()
    pauses = [pause.until for pause in app.store.pauses.all().values() if pause.until]
    instants = [at for at in (_next(app, now), *pauses) if at]
    waits = [(at - now).total_seconds() for at in instants]
    for one in app.store.deliveries.select(states=BETWEEN):
        ends = app.courier.lease_seconds
        if one.state is State.UNKNOWN:
            ends = KINDS[one.channel].settle_seconds
        waits.append(ends - seconds_since(one, now=now, mark=mark))
    return max(PATIENCE.total_seconds(), min(waits)) if waits else NEVER


def _next(app: App, now: datetime) -> datetime | None:
    """The instant of the next delivery; those that wait for a place to catch up come after the others."""
    first = app.store.due.next_at()
    if first is None or first > now:
        return first
    planned = (app.store.calendar.runs(kind, since=now, until=now + LONGEST_WAIT) for kind in KINDS)
    return min((run.at for runs in planned for run in runs), default=now + LONGEST_WAIT)


def run(plan: Plan, *, told: Callable[[int], None] = lambda _: None) -> Result:
    """A trial in a scratch workspace that is gone afterwards; `told` hears now and then how many posts are out.

    Where clocks are to jump, the process must have been started with `fakedtime.environment()`.
    """
    with TemporaryDirectory(prefix="quotidian-selftest-") as folder:
        clock = SystemClock()
        origin, wall = (clock.now(), clock.now) if plan.jumps else (NINE, None)
        stage = Stage(origin, seats=plan.workers, wall=wall)
        return Trial(root=Path(folder), plan=plan, stage=stage, chance=Random(plan.seed), told=told).run()  # noqa: S311
