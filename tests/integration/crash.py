"""Drains deliveries in child processes that are killed with -9 again and again; prints what the network and we know.

Run as `crash.py FOLDER NETWORK SEED KILLS`. The children are forked, so that a kill costs milliseconds rather than the
start of a Python.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from scheduler.channels.folder import Folder
from scheduler.dispatch.lock import only_worker
from scheduler.domain.change import Change
from scheduler.domain.channel import Capabilities, Outgoing, Prepared, Receipt
from scheduler.domain.delivery import Delivery, State
from scheduler.ports import Finder, Publisher
from scheduler.testing.clock import FakeClock
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE
from tests.integration.scene import Scene

DELIVERIES = 100
STEPS = ("claimed", "preparing", "before write", "after write", "before send", "after send")
Die = Callable[[str], None]


class BlindFile(MemoryNetwork):
    """A network whose record outlives its clients: one appended line for each time that a post appears."""

    def __init__(self, ledger: Path, *, settle_seconds: int = 0) -> None:
        super().__init__(settle_seconds=settle_seconds)
        self.ledger = ledger

    def publish(self, prepared: Prepared) -> Receipt:
        """Each call makes one more post: it knows no keys."""
        code = prepared.outgoing.code
        with self.ledger.open("a") as file:
            file.write(f"{code}\n")
        return Receipt(remote_id=code, url=f"file:{code}")


class ReadableFile(BlindFile):
    """The same, with posts that can be read back."""

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """By the code."""
        there = outgoing.code in self.ledger.read_text().split() if self.ledger.exists() else False
        return Receipt(remote_id=outgoing.code, url=f"file:{outgoing.code}") if there else None


class Mortal:
    """A publisher that may die at a step of its work."""

    def __init__(self, inner: Publisher, die: Die) -> None:
        self.inner = inner
        self.die = die

    def capabilities(self) -> Capabilities:
        """Those of the inner one."""
        return self.inner.capabilities()

    def verify(self) -> str:
        """That of the inner one."""
        return self.inner.verify()

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """May die before."""
        self.die("preparing")
        return self.inner.prepare(outgoing)

    def publish(self, prepared: Prepared) -> Receipt:
        """May die before, and after the network has taken it."""
        self.die("before send")
        receipt = self.inner.publish(prepared)
        self.die("after send")
        return receipt


class MortalFinder(Mortal):
    """The same, for one that can be read back."""

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """That of the inner one."""
        assert isinstance(self.inner, Finder)
        return self.inner.find(outgoing, since)


def network(folder: Path, name: str) -> Publisher:
    ledger = folder / "ledger.txt"
    made: dict[str, Callable[[], Publisher]] = {
        "folder": lambda: Folder(folder / "outbox"),
        "readable": lambda: ReadableFile(ledger),
        "blind": lambda: BlindFile(ledger),
    }
    return made[name]()


def posts(folder: Path, name: str) -> list[str]:
    """What the network itself knows: a code for each time it appeared."""
    if name == "folder":
        return [path.parent.name for path in (folder / "outbox").glob("[!.]*/post.json")]
    return (folder / "ledger.txt").read_text().split()


def work(folder: Path, name: str, die: Die, now: datetime) -> None:
    """One worker's life."""
    inner = network(folder, name)
    mortal = (MortalFinder if isinstance(inner, Finder) else Mortal)(inner, die)
    scene = Scene.make(folder, mortal)
    scene.clock = FakeClock(now)
    write, claim = scene.store.changes.write, scene.store.due.claim

    def mortal_write(changes: Sequence[Change]) -> Sequence[bool]:
        die("before write")
        written = write(changes)
        die("after write")
        return written

    def mortal_claim(**options: Any) -> Sequence[Delivery]:
        claimed = claim(**options)
        die("claimed")
        return claimed

    scene.store.changes.write = mortal_write  # type: ignore[method-assign]
    scene.store.due.claim = mortal_claim  # type: ignore[method-assign]
    with only_worker(folder / "worker.lock"):
        scene.caretaker.start()
        scene.drain()


def live_and_die(folder: Path, name: str, random: Random) -> bool:
    """Forks a worker that dies at a step, or at any instant; whether it was killed."""
    step, countdown, delay = random.choice((*STEPS, "any")), random.randrange(4), random.uniform(0, 0.08)

    def die(at: str) -> None:
        nonlocal countdown
        if at == step:
            countdown -= 1
            if countdown < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        work(folder, name, die, NINE)
        os._exit(0)
    if step == "any":
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("a worker failed")
    return os.WIFSIGNALED(status)


def main(folder: Path, name: str, seed: int, kills: int) -> dict[str, object]:
    """Kills until enough were, then lets a last worker finish after the delays that crashes cost."""
    scene = Scene.make(folder, network(folder, name))
    scene.plan(DELIVERIES, late=timedelta(minutes=5))
    scene.store.close()
    random = Random(seed)
    started = time.monotonic()
    killed = sum(live_and_die(folder, name, random) for _ in range(kills))
    work(folder, name, lambda step: None, NINE + timedelta(minutes=2))
    scene = Scene.make(folder, network(folder, name))
    published = [one.code for one in scene.store.deliveries.select(states={State.PUBLISHED})]
    return {
        "kills": killed,
        "posts": sorted(posts(folder, name)),
        "published": sorted(published),
        "states": {str(state): count for state, count in scene.states().items()},
        "held": [one.code for one in scene.store.deliveries.select(states={State.HELD})],
        "left": [path.name for path in folder.glob("outbox/.*")],
        "seconds": round(time.monotonic() - started, 2),
    }


if __name__ == "__main__":
    where, which, seed_, kills_ = sys.argv[1:]
    sys.stdout.write(json.dumps(main(Path(where), which, int(seed_), int(kills_))))
