"""Ten thousand posts due in one second: `python bench/delivery/burst.py [DELIVERIES] [FOLDER]`.

Each line is a new workspace: so many accounts, so many senders each, a network that answers after 50 ms. Lateness is
from the due instant to the request's end; CPU is all of this process, so the network's part is in it; a commit is one
durable transaction. FOLDER says on which disk the databases are.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from scheduler.dispatch.clock import SystemClock
from scheduler.dispatch.senders import Threads
from scheduler.domain.audit import AuditEntry
from scheduler.domain.channel import Outgoing, Prepared, Receipt
from scheduler.domain.delivery import Delivery, State
from scheduler.store import Store, open_store
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.publish import Courier

DELIVERIES = 10_000
ANSWER_SECONDS = 0.05
ACCOUNTS_AND_SENDERS = ((1, 32), (1, 8), (4, 8), (32, 1), (8, 1), (1, 1))
POSTS = 500
CPU_BAR_MS = 5.0
PLANNED = AuditEntry(at=NINE, who="bench", what="planned", subject="calendar")
CHANGE_COUNTER = slice(24, 28)
"""Where SQLite counts the commits in its file."""


class SlowNetwork(MemoryNetwork):
    """Answers after a while, and knows when it did."""

    def __init__(self) -> None:
        super().__init__()
        self.answered: dict[str, datetime] = {}
        self._lock = Lock()

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Nothing to do."""
        return Prepared(outgoing=outgoing)

    def publish(self, prepared: Prepared) -> Receipt:
        """Takes each code once."""
        time.sleep(ANSWER_SECONDS)
        code = prepared.outgoing.code
        with self._lock:
            assert code not in self.answered
            self.answered[code] = SystemClock().now()
        return Receipt(remote_id=code, url=f"slow:{code}")


def planned(count: int, accounts: int, begin: datetime) -> Iterator[Delivery]:
    """All due within the second after `begin`."""
    for number in range(count):
        like = delivery(
            code=f"c{number:07}",
            channel=f"account{number % accounts:02}",
            due_at=begin + timedelta(seconds=1) * number / count,
            post_id=number % POSTS + 1,
        )
        yield replace(like, wall_time=f"{like.due_at:%Y-%m-%dT%H:%M}")


def commits(path: Path) -> int:
    """So far, as SQLite counts them."""
    return int.from_bytes(path.read_bytes()[CHANGE_COUNTER], "big")


def courier(store: Store, network: SlowNetwork, accounts: int, senders: int) -> Courier:
    """As the worker has it."""
    names = [f"account{number:02}" for number in range(accounts)]
    return Courier(
        deliveries=store.deliveries,
        writes=store.writes,
        due=store.due,
        pauses=store.pauses,
        publishers=dict.fromkeys(names, network),
        clock=SystemClock(),
        log=lambda *_, **__: None,
        senders=dict.fromkeys(names, senders),
        crew=Threads(),
    )


def burst(folder: Path, count: int, accounts: int, senders: int) -> float:
    """Prints one line; milliseconds of CPU a delivery."""
    path = folder / f"{accounts}-{senders}.db"
    store, network = open_store(f"sqlite:///{path}"), SlowNetwork()
    store.library.add(article(), [post()] * POSTS, PLANNED)
    begin = SystemClock().now()
    due = list(planned(count, accounts, begin))
    store.deliveries.add(due, PLANNED)
    time.sleep(max(0.0, (begin + timedelta(seconds=1) - SystemClock().now()).total_seconds()))
    before, started, cpu = commits(path), time.perf_counter(), time.process_time()
    engine, tried = courier(store, network, accounts, senders), 0
    while tried < count:
        more = engine.deliver_due()
        assert more, "what is over a quarter of an hour late is not sent in a burst"
        tried += more
    cpu, seconds = time.process_time() - cpu, time.perf_counter() - started
    assert len(store.deliveries.select(states={State.PUBLISHED})) == len(network.answered) == count
    late = sorted((network.answered[one.code] - one.due_at).total_seconds() for one in due)
    made = commits(path) - before
    store.close()
    print(
        f"{accounts:>8} {senders:>8} {count / seconds:>10.0f} {late[count // 2]:>8.1f} {late[count * 99 // 100]:>8.1f}"
        f" {1000 * cpu / count:>10.2f} {made / count:>10.2f}",
        flush=True,
    )
    return 1000 * cpu / count


def main(count: int, folder: str | None) -> int:
    """Prints a table; 1 where a delivery costs more than the bar."""
    answered = f"answered after {ANSWER_SECONDS * 1000:.0f} ms"
    print(f"{count:,} due within a second, {answered}; the bar is {CPU_BAR_MS} ms of CPU")
    print("accounts  senders    a second  p50 (s)  p99 (s)  CPU (ms)    commits")
    with tempfile.TemporaryDirectory(dir=folder) as name:
        costs = [burst(Path(name), count, *each) for each in ACCOUNTS_AND_SENDERS]
    return int(max(costs) > CPU_BAR_MS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else DELIVERIES, sys.argv[2] if len(sys.argv) > 2 else None))
