"""Does a long calendar cost more? `python bench/scheduling/scale.py [LARGE] [FOLDER]`, a million deliveries by default.

With a thousand queued and with very many, in turn so that a busy machine slows all alike: taking 100 due posts for
sending, the question for the next due instant, and a whole tick with 100 due, in which each delivery's intent is on
disk before it is sent. Beside it APScheduler's SQLAlchemy job store with the same pragmas does what its scheduler does
at a tick: asks for due jobs, removes each when it ran, asks for the next. It stores neither intents nor outcomes.

In memory by default, where a commit costs no sync; FOLDER is for a disk.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import create_engine, event, insert

from scheduler.dispatch.senders import Threads
from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Delivery
from scheduler.domain.lateness import LateRule
from scheduler.domain.timetable import Timetable
from scheduler.store import Store, open_store
from scheduler.store.database import PRAGMAS, Database
from scheduler.store.tables import deliveries
from scheduler.testing.clock import FakeClock
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.maintain import Caretaker
from scheduler.usecases.publish import Courier

SMALL, LARGE, DUE = 1_000, 1_000_000, 100
CHANNELS = ("main", "second", "third")
POSTS = 1_000
ROUNDS = 3
QUESTIONS = 50
KEPT = 1_000
PLANNED = AuditEntry(at=NINE, who="bench", what="planned", subject="calendar")
BATCH = 10_000
TICK_BAR, NEXT_BAR = 3.0, 1.5
WORDS = "Short walks help a stiff back, and so does every change of position during a long day at a desk. " * 2


def instants(count: int) -> Iterator[datetime]:
    """DUE of them in the ten minutes before each round, the others a minute apart from ten days on."""
    for number in range(count):
        if number < DUE * ROUNDS * 2:
            yield NINE + number // DUE * timedelta(hours=1) - number % DUE * timedelta(seconds=6)
        else:
            yield NINE + timedelta(days=10, minutes=number)


def queued(count: int) -> Iterator[dict[str, object]]:
    """Rows as planned: 200 characters each, channels in turn."""
    like = {**asdict(delivery()), "text": WORDS}
    del like["id"]
    for number, due_at in enumerate(instants(count)):
        channel, code = CHANNELS[number % len(CHANNELS)], f"c{number:07}"
        own = {"code": code, "channel": channel, "due_at": due_at, "post_id": number % POSTS + 1}
        yield {**like, **own, "wall_time": f"{due_at:%Y-%m-%dT%H:%M}"}


@dataclass(kw_only=True)
class Ours:
    """A workspace's store with so many deliveries, and the worker's tick."""

    store: Store
    clock: FakeClock
    path: Path

    @classmethod
    def make(cls, folder: Path, count: int) -> Ours:
        """Filled in large transactions."""
        url = f"sqlite:///{folder / f'ours{count}.db'}"
        store = open_store(url)
        store.library.add(article(), [post()] * POSTS, PLANNED)
        rows = queued(count)
        while batch := list(islice(rows, BATCH)):
            with Database(url).write() as connection:
                connection.execute(insert(deliveries), batch)
        return cls(store=store, clock=FakeClock(), path=folder / f"ours{count}.db")

    def take(self) -> None:
        """All that is due, claimed on disk, and what comes next; then an hour passes."""
        mark = self.clock.mark()
        claimed = self.store.due.claim(now=self.clock.now(), lease_seconds=60, mark=mark, room=lambda _: DUE)
        assert len(claimed) == DUE
        self.next_at()
        self.clock.pass_by(hours=1)

    def tick(self) -> None:
        """What the worker does again and again; then an hour passes."""
        network = MemoryNetwork()
        courier = Courier(
            deliveries=self.store.deliveries,
            writes=self.store.writes,
            due=self.store.due,
            pauses=self.store.pauses,
            publishers=dict.fromkeys(CHANNELS, network),
            clock=self.clock,
            log=lambda *_, **__: None,
            crew=Threads(),
        )
        Caretaker(
            courier=courier,
            behind=self.store.behind,
            posts=self.store.posts,
            journal=self.store.journal,
            pauses=self.store.pauses,
            calendar=self.store.calendar,
            next_free=lambda *_: None,
            timetable=lambda channel: Timetable(account=channel, slots=(), zone="Etc/UTC"),
            late_rule=lambda *_: LateRule.CATCH_UP,
        ).tidy()
        assert courier.deliver_due() == DUE == len(network.record)
        self.clock.pass_by(hours=1)

    def keep(self) -> None:
        """A plan's deliveries, all or none."""
        self.store.deliveries.add(list(added(KEPT)), PLANNED)

    def next_at(self) -> None:
        """The question."""
        assert self.store.due.next_at() is not None


@dataclass(kw_only=True)
class Theirs:
    """A job store with so many jobs."""

    jobs: SQLAlchemyJobStore
    scheduler: BackgroundScheduler
    clock: FakeClock
    path: Path

    @classmethod
    def make(cls, folder: Path, count: int) -> Theirs:
        """Filled by hand, as adding them one by one would take hours."""
        path = folder / f"theirs{count}.db"
        engine = create_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", lambda connection, _: [connection.execute(pragma) for pragma in PRAGMAS])
        jobs = SQLAlchemyJobStore(engine=engine)
        scheduler = BackgroundScheduler()
        jobs.start(scheduler, "default")
        # Those that no tick comes to may all look the same: they are only ever counted over.
        far = _state(scheduler, "far", NINE + timedelta(days=3_000))
        rows = (
            (f"c{n:07}", at.timestamp(), _state(scheduler, f"c{n:07}", at) if n < DUE * ROUNDS * 2 else far)
            for n, at in enumerate(instants(count))
        )
        with closing(sqlite3.connect(path)) as connection:
            connection.executemany("INSERT INTO apscheduler_jobs VALUES (?, ?, ?)", rows)
            connection.commit()
        return cls(jobs=jobs, scheduler=scheduler, clock=FakeClock(), path=path)

    def take(self) -> None:
        """It has but one way."""
        self.tick()

    def tick(self) -> None:
        """What its scheduler asks of the store, with a job that does nothing; then an hour passes."""
        due = self.jobs.get_due_jobs(self.clock.now())
        assert len(due) == DUE
        for job in due:
            job.func()
            self.jobs.remove_job(job.id)
        self.next_at()
        self.clock.pass_by(hours=1)

    def keep(self) -> None:
        """As many jobs, one by one: it knows no other way."""
        for row in added(KEPT):
            self.jobs.add_job(_job(self.scheduler, row.code, row.due_at))

    def next_at(self) -> None:
        """The question."""
        assert self.jobs.get_next_run_time() is not None


Side = Ours | Theirs
Key = tuple[str, int]


def _job(scheduler: BackgroundScheduler, code: str, at: datetime) -> Job:
    return Job(
        scheduler,
        id=code,
        func=os.getpid,
        args=(),
        kwargs={},
        trigger=DateTrigger(at),
        executor="default",
        name="deliver",
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        next_run_time=at,
    )


def _state(scheduler: BackgroundScheduler, code: str, at: datetime) -> bytes:
    return pickle.dumps(_job(scheduler, code, at).__getstate__(), pickle.HIGHEST_PROTOCOL)


def added(count: int) -> Iterator[Delivery]:
    """More of them, years ahead."""
    for number in range(count):
        due_at = NINE + timedelta(days=3_000, minutes=number)
        yield delivery(code=f"new{number:05}", channel=CHANNELS[0], due_at=due_at, post_id=number % POSTS + 1)


class Cost(NamedTuple):
    """Milliseconds on the clock on the wall and of this process's CPU, and how often something was committed."""

    wall: float
    cpu: float
    commits: float


def cost(act: Callable[[], None], path: Path) -> Cost:
    """Of one act on the database at `path`."""
    commits, wall, cpu = commits_of(path), time.perf_counter(), time.process_time()
    act()
    spent = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
    return Cost(*spent, commits_of(path) - commits)


def middle(costs: list[Cost]) -> Cost:
    """The medians."""
    return Cost(*(median(column) for column in zip(*costs, strict=True)))


def commits_of(path: Path) -> int:
    """So far, as SQLite counts them in its file."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(28)[24:], "big")


def measured(sides: Mapping[Key, Side]) -> Mapping[str, Mapping[Key, Cost]]:
    """Medians of what each side does, in turn."""
    acts = {
        # First, as taking leaves behind what it took: a tick would take it up, and judge it as late ever after.
        f"tick with {DUE} due": (ROUNDS, lambda side: side.tick()),
        f"take {DUE} due": (ROUNDS, lambda side: side.take()),
        "next due instant": (QUESTIONS, lambda side: side.next_at()),
        f"keep {KEPT} more": (1, lambda side: side.keep()),
    }
    found: dict[str, dict[Key, list[Cost]]] = {name: {key: [] for key in sides} for name in acts}
    for name, (rounds, act) in acts.items():
        for _ in range(rounds):
            for key, side in sides.items():
                found[name][key].append(cost(partial(act, side), side.path))
    return {name: {key: middle(costs) for key, costs in by.items()} for name, by in found.items()}


def main(large: int, folder: str | None) -> int:
    """Prints medians and ratios; 1 over a bar."""
    # In memory where that can be: a commit waits for the disk, and a busy disk would be all that is measured.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=folder or (memory if memory.is_dir() else None)) as name:
        kinds = (Ours, Theirs)
        sides = {(kind.__name__, count): kind.make(Path(name), count) for count in (SMALL, large) for kind in kinds}
        os.sync()
        found = measured(sides)
    for act, by in found.items():
        print(act)
        for (side, count), (wall, cpu, commits) in by.items():
            print(f"  {side:7}{count:>10,} queued {wall:11.3f} ms {cpu:11.3f} ms CPU {commits:6.0f} commits")
    ratios = {act: by["Ours", large].cpu / by["Ours", SMALL].cpu for act, by in found.items()}
    for act, ratio in ratios.items():
        ours, theirs = found[act]["Ours", large], found[act]["Theirs", large]
        times = f"{theirs.cpu / ours.cpu:.1f}x of our CPU, {theirs.wall / ours.wall:.1f}x of our time"
        print(f"{act}: {ratio:.2f}x of the CPU with {SMALL:,}; the job store takes {times}")
    return int(ratios[f"tick with {DUE} due"] > TICK_BAR or ratios["next due instant"] > NEXT_BAR)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LARGE, sys.argv[2] if len(sys.argv) > 2 else None))
