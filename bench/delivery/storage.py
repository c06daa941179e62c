"""The database in trouble while deliveries go out: locked by somebody else, a full disk, a kill in a migration.

`python bench/delivery/storage.py 60` locks it for a minute. A full disk needs the right to mount a small one.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from alembic import command

from scheduler.bootstrap.trial import Trial
from scheduler.store import open_store
from scheduler.store.database import Database
from scheduler.store.upgrade import configuration
from scheduler.testing.plan import Plan
from scheduler.testing.samples import NINE
from scheduler.testing.stage import Stage
from scheduler.testing.tally import Tally

DELIVERIES = 300
OLD = "0006"
WORDS: dict[str, object] = {"state": "scheduled", "zone": "Etc/UTC", "wall_time": "2026-11-23T09:00"}
WORDS |= dict.fromkeys(("attempt", "crashes", "fence"), 0)
UNDER_WAY_SECONDS = 1.0
"""Requests whose intent was written before may still go out."""
LOCKER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
"""


@contextmanager
def trial(root: Path, record: Path | None = None) -> Iterator[Trial]:
    """Deliveries to four kinds of network, planned; nothing else goes wrong."""
    plan = Plan(deliveries=DELIVERIES, seed=1, rate=0)
    made = Trial(root=root, plan=plan, stage=Stage(NINE, seats=1), chance=Random(1), record=record)
    made.prepare()
    yield made


def requests(made: Trial) -> int:
    """How many posts the networks have."""
    return len(made.ledger.everything())


def meanwhile(made: Trial, trouble: Callable[[], object]) -> None:
    """The trouble comes when the first posts are out, in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            while not requests(made):
                time.sleep(0.01)
            trouble()
        finally:
            os._exit(0)
    made.live()
    os.waitpid(child, 0)


def locked(seconds: float) -> Tally:
    """Somebody else holds the database for so long."""
    with TemporaryDirectory() as name, trial(Path(name)) as made:

        def lock() -> None:
            path = next(Path(name).rglob("quotidian.db"))
            with subprocess.Popen([sys.executable, "-c", LOCKER, path, str(seconds)], stdout=subprocess.PIPE) as other:
                assert other.stdout
                other.stdout.readline()
                time.sleep(UNDER_WAY_SECONDS)
                before = requests(made)
                time.sleep(max(0.0, seconds - 2 * UNDER_WAY_SECONDS))
                print(f"  requests while it was locked: {requests(made) - before}", flush=True)
                other.wait()

        meanwhile(made, lock)
        return made.count()[0]


def full(seconds: float) -> Tally:
    """The disk is full for so long. Raises CalledProcessError where no disk can be mounted."""
    with TemporaryDirectory() as outside, TemporaryDirectory() as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", name], check=True, capture_output=True)
        try:
            with trial(Path(name), Path(outside) / "record") as made:

                def fill() -> None:
                    ballast = Path(name) / "ballast"
                    with ballast.open("wb", buffering=0) as file, suppress(OSError):
                        while True:
                            file.write(bytes(4096))
                    time.sleep(UNDER_WAY_SECONDS)
                    before = requests(made)
                    time.sleep(seconds)
                    print(f"  requests while it was full: {requests(made) - before}", flush=True)
                    ballast.unlink()

                meanwhile(made, fill)
                return made.count()[0]
        finally:
            subprocess.run(["umount", name], check=True)


def killed_in_a_migration(times: int) -> tuple[int, int]:
    """How many upgrades were killed midway, and how many databases were whole and could be used afterwards."""
    chance, killed, whole = Random(1), 0, 0
    with TemporaryDirectory() as name:
        old = Path(name) / "old.db"
        _make_old(old)
        needed = _upgrade(_copy(old, 0), after=None)[1]
        for number in range(1, times + 1):
            path = _copy(old, number)
            killed += _upgrade(path, after=chance.uniform(0, needed))[0]
            open_store(f"sqlite:///{path}").close()
            with closing(sqlite3.connect(path)) as connection:
                ok = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                count = connection.execute("SELECT count(*) FROM deliveries").fetchone()[0]
            whole += ok and count == DELIVERIES
    return killed, whole


def _copy(old: Path, number: int) -> Path:
    path = old.with_name(f"{number}.db")
    path.write_bytes(old.read_bytes())
    return path


def _make_old(path: Path) -> None:
    """A database of an older version with deliveries in it."""
    _to(path, OLD)
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(deliveries)") if row[3] and row[4] is None]
        for number in range(1, DELIVERIES + 1):
            words = WORDS | dict.fromkeys(("id", "post_id", "due_at"), number)
            values = [words.get(each, str(number)) for each in columns]
            marks = ", ".join("?" * len(columns))
            connection.execute(f"INSERT INTO deliveries ({', '.join(columns)}) VALUES ({marks})", values)
        connection.commit()


def _to(path: Path, revision: str) -> None:
    database, config = Database(f"sqlite:///{path}"), configuration()
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    database.close()


def _upgrade(path: Path, after: float | None) -> tuple[bool, float]:
    """In a fork that is killed after so many seconds; whether it was, and how long it took."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _to(path, "head")
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status), time.monotonic() - started


def main(seconds: float = 3) -> None:
    """All three."""
    print(f"database locked for {seconds:g} s while {DELIVERIES} deliveries go out")
    print(f"  {locked(seconds)}")
    print(f"disk full for {seconds:g} s")
    try:
        print(f"  {full(seconds)}")
    except subprocess.CalledProcessError as error:
        print(f"  skipped: a small disk can't be mounted here ({error.stderr.decode().strip()})")
    killed, whole = killed_in_a_migration(20)
    print(f"migrations killed midway: {killed} of 20; databases whole afterwards: {whole}")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
