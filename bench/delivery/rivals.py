"""The plain way, post and then record, beside ours: the same faults, the same network, the same kills.

Most schedulers publish, write down that they did, and try again after an error. `python bench/delivery/rivals.py 400`.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from scheduler.bootstrap.trial import run
from scheduler.domain.channel import Prepared
from scheduler.domain.delivery import State
from scheduler.testing.faults import Fault, Storm
from scheduler.testing.herd import Herd, Life, fates
from scheduler.testing.ledger import FileLedger
from scheduler.testing.network import MemoryNetwork, Moment
from scheduler.testing.plan import Plan
from scheduler.testing.samples import NINE, outgoing
from scheduler.testing.stage import NEVER, Stage
from scheduler.testing.tally import Tally, tally

TRIES = 5
RATE = 0.1
FAULTS = (
    Fault.BUSY,
    Fault.DNS,
    Fault.TIMEOUT_BEFORE,
    Fault.TIMEOUT_AFTER,
    Fault.LATE,
    Fault.ERROR_BEFORE,
    Fault.ERROR_AFTER,
    Fault.LIMITED,
    Fault.LIMITED_BARE,
    Fault.UNAUTHORIZED,
    Fault.TRUNCATED,
    Fault.DROP_AFTER,
    Fault.DRIP,
)
ROW = "{:18} {:>9} {:>6} {:>11} | {:>9} {:>6} {:>11} {:>6}"


def plain(count: int, *, seed: int, kills: int = 0, among: tuple[Fault, ...] = FAULTS, rate: float = RATE) -> Tally:
    """What came of so many posts, published the plain way."""
    with TemporaryDirectory() as name:
        folder, chance = Path(name), Random(seed)
        _plan(folder, count)
        stage = Stage(NINE, seats=1)

        def work(life: Life) -> None:
            storm = Storm(f"{seed} {life.number}", rate=rate, among=among)
            network = MemoryNetwork(
                faults=storm, ledger=FileLedger(folder / "record"), now=stage.now, settle_seconds=4, at=life.pass_by
            )
            _publish_all(folder, network, life)
            stage.rest(life.seat, since=stage.epoch, wake=NEVER)

        planned = fates(kills, per_kill=max(1, count // (kills or 1)), seconds=0.05, chance=chance)
        Herd(stage=stage, seats=1, work=work, fates=planned, chance=chance).run()
        with closing(_open(folder)) as posts:
            states = {
                code: State.PUBLISHED if sent else State.FAILED
                for code, sent in posts.execute("SELECT code, sent FROM posts")
            }
        return tally(states, [taken.code for taken in FileLedger(folder / "record").everything()])


def _open(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "posts.db", isolation_level=None)


def _plan(folder: Path, count: int) -> None:
    with closing(_open(folder)) as posts:
        posts.execute("CREATE TABLE posts (code TEXT PRIMARY KEY, sent INT NOT NULL, tries INT NOT NULL)")
        posts.execute("BEGIN")
        posts.executemany("INSERT INTO posts VALUES (?, 0, 0)", [(f"t{number:06}",) for number in range(count)])
        posts.execute("COMMIT")


def _publish_all(folder: Path, network: MemoryNetwork, life: Life) -> None:
    waiting = "SELECT code FROM posts WHERE NOT sent AND tries < ? ORDER BY tries, code LIMIT 1"
    with closing(_open(folder)) as posts:
        while row := posts.execute(waiting, (TRIES,)).fetchone():
            life.pass_by(Moment.IDLE)
            try:
                network.publish(Prepared(outgoing=outgoing(folder, code=row[0])))
            except Exception:
                posts.execute("UPDATE posts SET tries = tries + 1 WHERE code = ?", row)
            else:
                posts.execute("UPDATE posts SET sent = 1 WHERE code = ?", row)


def compare(title: str, count: int, *, kills: int, among: tuple[Fault, ...], rate: float) -> None:
    """A row: the plain way, then ours."""
    theirs = plain(count, seed=1, kills=kills, among=among, rate=rate)
    plan = Plan(deliveries=count, seed=1, kills=kills, among=among, rate=rate, kinds=("readable",))
    ours = run(plan).total
    print(
        ROW.format(
            title,
            *(theirs.published, theirs.lost, theirs.duplicated),
            *(ours.published, ours.lost, ours.duplicated, ours.held),
        ),
        flush=True,
    )


def main(count: int = 40) -> None:
    """Every fault by itself, then kills, then everything."""
    print(f"{count} posts each; a tenth of the requests fails, and where it says so, a worker dies {count // 10} times")
    print(ROW.format("", "plain: out", "lost", "duplicated", "ours: out", "lost", "duplicated", "held"))
    for fault in FAULTS:
        compare(fault.name.lower(), count, kills=0, among=(fault,), rate=RATE)
    compare("kill -9", count, kills=count // 10, among=FAULTS, rate=0)
    compare("all of these", count, kills=count // 10, among=FAULTS, rate=RATE)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
