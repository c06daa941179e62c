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
from scheduler.dispatch import systemd
from scheduler.dispatch.clock import SystemClock
from scheduler.domain.errors import DatabaseUnusable
from scheduler.domain.heartbeat import SILENT, Heartbeat
from scheduler.service import Service
from scheduler.store import Store, open_store
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


def test_a_worker_that_starts_beside_another_one_leaves_its_leases_alone(store: Store) -> None:
    mark, one = SystemClock().mark(), service(store)
    assert not one._another_lives()
    for pid, lives in ((os.getpid(), False), (os.getppid(), True), (gone(), False)):
        store.heartbeat.beat(Heartbeat(at=NINE, boot=mark.boot, pid=pid))
        assert one._another_lives() is lives
    store.heartbeat.beat(Heartbeat(at=NINE, boot="before the machine was restarted", pid=os.getppid()))

    assert not one._another_lives()


def gone() -> int:
    """The number of a process that was."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid
