"""A worker that runs takes up a changed settings.env: what is being sent ends first, and nothing goes out twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from scheduler.dispatch.lock import worker_of
from tests.acceptance.walk import PATIENCE_SECONDS, Workspace

ROOT = Path(__file__).parents[2]
ARTICLE = "Night\n\nRest is the one treatment that only you can give yourself, each night of the year.\n"
BASE = "BOOKING__MAIN=https://book.example.com/visit\nAPPROVAL=flagged\n"
SLOTS = "CHANNELS__FOLDER__SLOTS=mon 08:30\n"


class Worker:
    """A real one, and what it has logged so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.records: list[dict[str, Any]] = []
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.records.append(json.loads(line))

    def said(self, event: str, words: str = "") -> int:
        """How often."""
        return sum(each["event"] == event and words in str(each) for each in list(self.records))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=40) == 0


@contextmanager
def working(workspace: Workspace, settings: str = BASE + SLOTS) -> Iterator[Worker]:
    change(workspace, settings)
    command = [sys.executable, "-m", "scheduler", "worker", "--workspace", str(workspace.root)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            worker = Worker(process)
            until(lambda: worker.said("ready"))
            yield worker
        finally:
            process.kill()
            worker.reader.join()


def change(workspace: Workspace, settings: str) -> None:
    (workspace.root / "settings.env").write_text(settings, "utf-8")


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_another_slot_and_another_channel_hold_without_a_restart(workspace: Workspace) -> None:
    workspace.drop("rest.txt", ARTICLE)
    with working(workspace) as worker:
        until(lambda: worker.said("card"))
        change(workspace, BASE + SLOTS + "CHANNELS__NEWS__SLOTS=every 1 second\n")
        until(lambda: list((workspace.root / "var" / "outbox" / "news").glob("*/post.json")))
        assert worker_of(workspace.root / "var" / "worker.lock") == worker.process.pid
        worker.stop()
    assert worker.said("settings", "hold as they are now") == 1
    assert workspace.sent() == []


def test_settings_that_can_not_be_used_are_told_once_and_the_ones_before_hold(workspace: Workspace) -> None:
    with working(workspace) as worker:
        change(workspace, BASE + SLOTS + "TIME_ZONE=Atlantis\n")
        until(lambda: worker.said("settings", "'Atlantis' is not an IANA time zone"))
        workspace.drop("rest.txt", ARTICLE)
        until(lambda: worker.said("card"))
        change(workspace, BASE + SLOTS)
        change(workspace, BASE + SLOTS + "BRAND=Linden\n")
        until(lambda: worker.said("settings", "hold as they are now"))
        worker.stop()
    (complaint,) = [each for each in worker.records if "Atlantis" in str(each)]
    assert complaint["place"].endswith("settings.env, line 4, TIME_ZONE")
    assert complaint["words"].endswith("The settings before it hold.")


def test_keys_that_are_missing_stop_nobody(workspace: Workspace) -> None:
    with working(workspace) as worker:
        change(workspace, BASE + SLOTS + "CHANNELS__BIRD__NETWORK=x\n")
        until(lambda: worker.said("settings", "X needs the API key"))
        change(workspace, BASE + "CHANNELS__FOLDER__SLOTS=every 1 second\n")
        workspace.drop("rest.txt", ARTICLE)
        until(lambda: len(workspace.sent()) == 1)
        worker.stop()


def test_a_remark_is_no_change(workspace: Workspace) -> None:
    with working(workspace) as worker:
        change(workspace, f"# Ours.\n{BASE}{SLOTS}")
        change(workspace, f"# Ours, and yours.\n{BASE}{SLOTS}")
        time.sleep(3)
        worker.stop()
    assert worker.said("settings") == 0
    assert worker.said("ready") == 1


def test_the_dashboard_beside_follows_with_the_next_page_and_to_another_address(workspace: Workspace) -> None:
    def shown(settings: str) -> str:
        change(workspace, settings)
        until(lambda: worker.said("dashboard"))
        return str([each for each in worker.records if each["event"] == "dashboard"][-1]["address"])

    with working(workspace) as worker:
        address = shown(BASE + SLOTS + "DASHBOARD=127.0.0.1:0\n")
        change(workspace, BASE + SLOTS + "DASHBOARD=127.0.0.1:0\nBRAND=Linden Clinic\n")
        until(lambda: "Linden Clinic" in httpx.get(address).text)
        change(workspace, BASE + SLOTS + "DASHBOARD=0.0.0.0:0\n")
        until(lambda: "would be open to everybody" in httpx.get(address).text)
        change(workspace, BASE + SLOTS)
        until(lambda: refuses(address))
        worker.stop()


def refuses(address: str) -> bool:
    try:
        httpx.get(address)
    except httpx.TransportError:
        return True
    return False


@pytest.mark.long
def test_twenty_quick_changes_lose_and_double_nothing_and_take_no_memory(workspace: Workspace) -> None:
    def settings(number: int) -> str:
        return f"{BASE}CHANNELS__FOLDER__SLOTS=every 1 second\nBRAND=Clinic {number}\nPOSTS_PER_ARTICLE=5\n"

    for name in ("a.txt", "b.txt", "c.txt"):
        workspace.drop(name, ARTICLE.replace("treatment", f"treatment {name[0]}"))
    with working(workspace, settings(0)) as worker:
        until(lambda: worker.said("delivery"))
        before = memory(worker)
        for number in range(1, 21):
            known = worker.said("ready")
            change(workspace, settings(number))
            if number % 2:
                until(lambda known=known: worker.said("ready") > known)  # type: ignore[misc]
        until(lambda: len(workspace.sent()) == 3)
        until(lambda: worker.said("settings") >= 10)
        grown = memory(worker) - before
        worker.stop()
    published = [entry["code"] for entry in workspace.json("log") if entry["outcome"] == "published"]
    assert len(published) == len(set(published)) == 3
    assert grown < 12 * 1024, f"{grown} KiB more"


def memory(worker: Worker) -> int:
    """KiB."""
    lines = Path(f"/proc/{worker.process.pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
