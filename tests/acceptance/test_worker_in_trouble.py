"""The worker when things go wrong around it: it says what is the matter, goes on, and stops when it is told to."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest

from scheduler.bootstrap import open_app
from scheduler.domain.errors import DatabaseUnusable
from scheduler.service import Service
from tests.acceptance.walk import EVERY_SECOND, Workspace

GOOD = "Night {number}\n\nRest is the one treatment that only you can give yourself, each night of the year.\n"
PATIENCE_SECONDS = 30


@dataclass
class Running:
    """A service in a thread of this process, and what it logged."""

    service: Service
    records: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def told(self, event: str, words: str = "") -> bool:
        return any(name == event and words in str(fields) for name, fields in self.records)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock is waited for a moment only."""
    monkeypatch.setattr("scheduler.store.database.BUSY_SECONDS", 0.2)
    monkeypatch.setattr("scheduler.service.SCAN_SECONDS", 1)


@contextmanager
def running(workspace: Workspace) -> Iterator[Running]:
    app = open_app(workspace.root)
    found = Running(Service(app=app))
    app.log = lambda event, /, **fields: found.records.append((event, fields))
    found.service.start()
    thread = Thread(target=found.service.run)
    thread.start()
    try:
        yield found
    finally:
        found.service.stopping.set()
        thread.join(PATIENCE_SECONDS)
        app.close()


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    other = sqlite3.connect(workspace.root / "var" / "quotidian.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.rollback()
    other.close()


def old(workspace: Workspace, name: str, text: str | bytes = GOOD) -> None:
    """An article that nobody is still saving."""
    workspace.drop(name, text)
    os.utime(workspace.root / "posts" / "articles" / name, (1, 1))


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


@pytest.mark.usefixtures("impatient")
def test_a_file_that_the_database_could_not_take_is_taken_in_as_soon_as_it_can(workspace: Workspace) -> None:
    app = open_app(workspace.root)
    service = Service(app=app)
    service.start()
    old(workspace, "rest.txt")
    with locked(workspace), pytest.raises(DatabaseUnusable, match="locked"):
        service.scan()
    service.scan()
    app.close()
    (post,) = workspace.json("list")
    assert post["deliveries"]


@pytest.mark.usefixtures("impatient")
def test_a_running_worker_outlives_a_locked_database_and_then_publishes(workspace: Workspace) -> None:
    (workspace.root / "settings.env").write_text(f"{EVERY_SECOND}APPROVAL=flagged\n", "utf-8")
    with running(workspace) as worker:
        with locked(workspace):
            old(workspace, "rest.txt")
            until(lambda: worker.told("trouble", "locked by another program"))
        until(lambda: len(workspace.sent()) == 1)


@pytest.mark.usefixtures("impatient")
def test_a_running_worker_outlives_files_and_folders_that_vanish(workspace: Workspace) -> None:
    articles = workspace.root / "posts" / "articles"
    with running(workspace) as worker:
        until(lambda: worker.told("ready"))
        shutil.rmtree(articles)
        time.sleep(1.5)
        articles.mkdir()
        old(workspace, "rest.txt")
        until(lambda: worker.told("file", "'new'"))


@pytest.mark.usefixtures("impatient")
def test_a_bad_file_stops_neither_the_worker_nor_the_files_after_it(workspace: Workspace) -> None:
    old(workspace, "a.txt", b"\xff\xfe\0")
    old(workspace, "b\nc \udcff.txt")
    old(workspace, "z.txt")
    with running(workspace) as worker:
        until(lambda: worker.told("file", "'posts/articles/z.txt', 'fate': 'new'"))
        assert worker.told("file", "program's own format")
        assert worker.told("file", "can't be printed")


def process(workspace: Workspace) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scheduler", "worker", "--workspace", str(workspace.root)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, start_new_session=True)


def terminate(worker: subprocess.Popen[str]) -> None:
    worker.send_signal(signal.SIGTERM)


def ctrl_c(worker: subprocess.Popen[str]) -> None:
    """A terminal tells all processes in its foreground."""
    os.killpg(worker.pid, signal.SIGINT)


@pytest.mark.parametrize("tell", [terminate, ctrl_c])
def test_a_worker_that_is_busy_reading_stops_within_seconds_and_loses_nothing(
    workspace: Workspace, tell: Callable[[subprocess.Popen[str]], None]
) -> None:
    for number in range(3):
        old(workspace, f"{number}.txt", GOOD.format(number=number))
    with process(workspace) as worker:
        assert worker.stderr is not None
        while json.loads(worker.stderr.readline())["event"] != "file":
            pass
        started = time.monotonic()
        tell(worker)
        log = [json.loads(line) for line in worker.stderr]
    assert worker.returncode == 0
    assert time.monotonic() - started < 5
    assert log[-1]["event"] == "stopped"
    assert all(record.get("fate") in (None, "new") for record in log)
    fates = {each["fate"] for each in workspace.json("queue")["files"]}
    assert fates == {"known", "new"}
    assert len(workspace.json("list")) == 3


def test_a_lock_that_cannot_be_opened_is_told(workspace: Workspace) -> None:
    (workspace.root / "var" / "worker.lock").mkdir(parents=True)
    done = workspace.run("worker", "--once")
    assert done.exit_code == 3
    assert "The worker's lock can't be opened: Is a directory." in done.stderr
