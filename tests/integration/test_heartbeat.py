"""The worker's signs of life: a row that people can ask for, and a watchdog that is fed by a working database only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from scheduler.bootstrap import App
from scheduler.bootstrap.signs import Signs
from scheduler.dispatch import systemd
from scheduler.dispatch.clock import SystemClock
from scheduler.domain.errors import DatabaseUnusable
from scheduler.domain.heartbeat import RUNS, SILENT, Heartbeat, about
from scheduler.ports import Clock
from scheduler.service import Service
from scheduler.store import Store, open_store
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import NINE
from scheduler.usecases import preflight
from scheduler.usecases.preflight import Verdict

SIGN = Heartbeat(at=NINE, boot="first", pid=7)


@dataclass
class Broken:
    """A database that doesn't answer."""

    def beat(self, sign: Heartbeat) -> None:
        raise DatabaseUnusable("locked")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'test.db'}")
    yield opened
    opened.close()


@pytest.fixture
def systemds_ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield ear


def service(store: object) -> Service:
    return Service(app=cast(App, SimpleNamespace(store=store, clock=SystemClock())))


def signs(store: object, clock: Clock | None = None, *, passes: bool = False) -> Signs:
    return Signs(app=cast(App, SimpleNamespace(store=store, clock=clock or SystemClock())), passes=passes)


def test_the_last_sign_of_life_is_kept_and_no_other(store: Store) -> None:
    assert store.heartbeat.last() is None
    for sign in (SIGN, replace(SIGN, at=NINE + timedelta(seconds=10))):
        store.heartbeat.beat(sign)

    assert store.heartbeat.last() == replace(SIGN, at=NINE + timedelta(seconds=10))


def test_the_watchdog_is_fed_when_the_database_has_taken_the_sign(store: Store, systemds_ear: socket.socket) -> None:
    service(store).beat()

    assert systemds_ear.recv(100) == b"WATCHDOG=1"
    sign = store.heartbeat.last()
    assert sign
    assert sign.boot == SystemClock().mark().boot


def test_the_watchdog_starves_while_the_database_does_not_answer(systemds_ear: socket.socket) -> None:
    with pytest.raises(DatabaseUnusable):
        service(SimpleNamespace(heartbeat=Broken())).beat()
    with pytest.raises(BlockingIOError):
        systemds_ear.recv(100)


@pytest.mark.parametrize("address", ["", "/nowhere/to/be/found", "@quotidian-nobody-listens"])
def test_where_nobody_listens_nothing_happens(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)

    assert systemd.tell(systemd.READY) is None  # type: ignore[func-returns-value]


def test_a_worker_that_runs_without_a_sign_of_life_is_told_of() -> None:
    assert preflight.worker(SIGN, now=NINE + SILENT).verdict is Verdict.GOOD
    silent = preflight.worker(SIGN, now=NINE + SILENT + timedelta(seconds=1))

    assert (silent.verdict, silent.words) == (
        Verdict.BAD,
        "It runs, but has given no sign of life since 2026-11-23 09:00 UTC.",
    )


def passed_by(store: Store, monkeypatch: pytest.MonkeyPatch, *minutes: float) -> Heartbeat:
    """A worker that cron calls again after so many minutes each time, and that beats twice while it is there."""
    clock = FakeClock()
    for pid, wait in enumerate((0, *minutes), 100):
        monkeypatch.setattr(os, "getpid", lambda pid=pid: pid)
        clock.pass_by(minutes=wait)
        for _ in range(2):
            signs(store, clock, passes=True).give()
    sign = store.heartbeat.last()
    assert sign
    return sign


def test_a_worker_that_cron_calls_has_a_rhythm_by_which_it_is_late(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = passed_by(store, monkeypatch, 5, 5, 1, 5, 5, 5, 5)

    assert (len(sign.runs), sign.rhythm) == (RUNS, timedelta(minutes=5))
    assert not sign.is_late(sign.at + timedelta(minutes=12))
    assert sign.is_late(sign.at + timedelta(minutes=13))


def test_two_runs_by_hand_are_no_rhythm(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = passed_by(store, monkeypatch, 1)

    assert sign.rhythm is None
    assert not sign.is_late(sign.at + timedelta(days=9))
    assert preflight.cron(sign, now=NINE) == []


def test_a_worker_that_stays_forgets_the_runs_before_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    passed_by(store, monkeypatch, 5, 5)
    signs(store).give()
    sign = store.heartbeat.last()

    assert sign
    assert sign.runs == ()


def test_doctor_tells_of_cron_and_when_it_stays_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = passed_by(store, monkeypatch, 5, 5)
    (well,) = preflight.cron(sign, now=sign.at + timedelta(minutes=4))
    (late,) = preflight.cron(sign, now=sign.at + timedelta(minutes=40))

    assert (well.verdict, well.words) == (
        Verdict.GOOD,
        "Cron runs it about every 5 minutes, last at 2026-11-23 09:10 UTC.",
    )
    assert late.verdict is Verdict.BAD


@pytest.mark.parametrize(
    ("minutes", "words"), [(0.2, "minute"), (1, "minute"), (15, "15 minutes"), (60, "60 minutes"), (1440, "24 hours")]
)
def test_a_rhythm_is_told_in_words(minutes: float, words: str) -> None:
    assert about(timedelta(minutes=minutes)) == f"about every {words}"


def test_a_worker_that_starts_beside_another_one_leaves_its_leases_alone(store: Store) -> None:
    mark, one = SystemClock().mark(), signs(store)
    assert not one.another_lives()
    for pid, lives in ((os.getpid(), False), (os.getppid(), True), (gone(), False)):
        store.heartbeat.beat(Heartbeat(at=NINE, boot=mark.boot, pid=pid))
        assert one.another_lives() is lives
    store.heartbeat.beat(Heartbeat(at=NINE, boot="before the machine was restarted", pid=os.getppid()))

    assert not one.another_lives()


def gone() -> int:
    """The number of a process that was."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid
