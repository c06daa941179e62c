"""Cuts the power at random points of deliveries, and looks whether an intent was forgotten whose request had gone out.

`python -m tests.powercut.cuts 100` prints what came of a hundred cuts; `--synchronous OFF` shows that the layer bites.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from scheduler.bootstrap.trial import RECORD, Trial
from scheduler.domain.delivery import State
from scheduler.store import database
from scheduler.testing.ledger import FileLedger
from scheduler.testing.plan import Plan
from scheduler.testing.samples import NINE
from scheduler.testing.stage import Stage
from tests.powercut.disk import Act, Disk, acts

RECORDER = Path(__file__).with_name("recorder.c")
LUCK = (0.0, 0.5, 0.9)
"""Share of the unsynced that is there after all: none, half, most."""
LATER = timedelta(minutes=3)
DELIVERIES = 24
BEFORE = 20
"""Acts before the first request: the first claim and the first intent are among them."""
OUT = {State.SENDING, State.PUBLISHED}


@dataclass(kw_only=True)
class Found:
    """What came of the cuts."""

    cuts: int = 0
    requests: int = 0
    intents_lost: int = 0
    damaged: int = 0
    lost: int = 0
    duplicated: int = 0
    falsely_published: int = 0


def compiler() -> str | None:
    """Where there is one."""
    return shutil.which("cc") or shutil.which("gcc")


@contextmanager
def recorded(*, synchronous: str = "EXTRA") -> Iterator[list[Act]]:
    """What a worker does to its workspace while it publishes."""
    with tempfile.TemporaryDirectory(prefix="powercut-") as name:
        folder = Path(name)
        library, work, record = folder / "recorder.so", folder / "work", folder / "record"
        work.mkdir()
        subprocess.run([compiler() or "cc", "-O1", "-shared", "-fPIC", "-o", library, RECORDER, "-ldl"], check=True)
        paths = {"LD_PRELOAD": str(library), "RECORD_UNDER": str(work), "RECORD_TO": str(record)}
        command = [sys.executable, "-m", "tests.powercut.cuts", "--work", str(work), "--synchronous", synchronous]
        subprocess.run(command, env={**os.environ, **paths}, check=True, cwd=Path(__file__).parents[2])
        yield acts(record)


def trial(root: Path, boot: str, **given: object) -> Trial:
    """Deliveries to a network that can be read back, in this folder; nothing else goes wrong."""
    plan = Plan(deliveries=DELIVERIES, seed=1, rate=0, kinds=("readable",))
    return Trial(
        root=root, plan=plan, stage=Stage(NINE + LATER * (boot != "first"), seats=1, boot=boot), chance=Random(1)
    )


def work(root: Path, synchronous: str) -> None:
    """The process that is recorded."""
    vars(database)["PRAGMAS"] = [each.replace("EXTRA", synchronous) for each in database.PRAGMAS]
    trial(root, "first").run()


def cut(record: Sequence[Act], begin: int, at: int, chance: Random, found: Found) -> None:
    """One cut after so many acts, those before `begin` long ago; the power comes back, and the next worker goes on."""
    disk = Disk(world=frozenset({RECORD}))
    disk.play(record[:begin])
    disk.settle()
    disk.play(record[begin:at])
    with tempfile.TemporaryDirectory(prefix="powercut-") as name:
        root = Path(name)
        for path, content in disk.after_cut(chance.choice(LUCK), chance).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        _look(root, found)
        again = trial(root, "second")
        again.live()
        total, _ = again.count()
    found.cuts += 1
    found.lost += total.lost
    found.duplicated += total.duplicated
    found.falsely_published += total.falsely_published


def _look(root: Path, found: Found) -> None:
    """Before anybody works on it: every request that went out must be known."""
    with closing(sqlite3.connect(next(root.rglob("quotidian.db")))) as connection:
        found.damaged += connection.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        states = dict(connection.execute("SELECT code, state FROM deliveries"))
    requests = [taken.code for taken in FileLedger(root / RECORD).everything()]
    found.requests += len(requests)
    found.intents_lost += sum(states.get(code) not in OUT for code in requests)


def cuts(count: int, *, seed: int = 1, synchronous: str = "EXTRA") -> Found:
    """So many cuts, anywhere between the first claim and the last outcome."""
    chance, found = Random(seed), Found()
    with recorded(synchronous=synchronous) as record:
        requests = [at for at, (word, operands, _) in enumerate(record) if word == "write" and operands[0] == RECORD]
        begin = requests[0] - BEFORE
        for _ in range(count):
            cut(record, begin, chance.randrange(begin, len(record)), chance, found)
    return found


def main() -> None:
    """At the command line."""
    asked = argparse.ArgumentParser()
    asked.add_argument("count", type=int, nargs="?", default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--synchronous", default="EXTRA")
    asked.add_argument("--work", type=Path)
    given = asked.parse_args()
    if given.work:
        work(given.work, given.synchronous)
    else:
        sys.stdout.write(f"{json.dumps(vars(cuts(given.count, seed=given.seed, synchronous=given.synchronous)))}\n")


if __name__ == "__main__":
    main()
