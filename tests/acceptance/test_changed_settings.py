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
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from scheduler.channels.folder import Folder
from scheduler.dispatch.lock import worker_of
from scheduler.domain.channel import Account, Prepared, Receipt
from tests.acceptance.walk import PATIENCE_SECONDS, Workspace
from tests.servers.x import XServer
from tests.servers.x_faults import Call, Fault
from tests.servers.x_keys import OPTIONS as KEYS

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
def working(
    workspace: Workspace, settings: str = BASE + SLOTS, program: tuple[str, ...] = ("-m", "scheduler")
) -> Iterator[Worker]:
    change(workspace, settings)
    workspace.run("queue")
    command = [sys.executable, *program, "worker", "--workspace", str(workspace.root)]
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
        change(workspace, BASE + SLOTS + "CHANNELS__NEWS__SLOTS=every 1 second\n")
        until(lambda: list((workspace.root / "var" / "outbox" / "news").glob("*/post.json")))
        assert worker_of(workspace.root / "var" / "worker.lock") == worker.process.pid
        worker.stop()
    assert worker.said("settings", "hold as they are now") == 1
    assert workspace.sent() == []


@pytest.mark.long
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


@pytest.mark.long
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


class Slow(XServer):
    """Takes its time with each post."""

    def __init__(self) -> None:
        self.asked, self.may_answer = Event(), Event()
        super().__init__()

    def next_fault(self, call: Call) -> Fault | None:
        if call is Call.POST:
            self.asked.set()
            self.may_answer.wait(PATIENCE_SECONDS)
        return super().next_fault(call)


@pytest.mark.long
def test_a_request_that_is_under_way_ends_first_and_its_post_goes_out_once(workspace: Workspace) -> None:
    server = Slow()
    keys = "".join(f"CHANNELS__X__OPTIONS__{key.upper()}={value}\n" for key, value in KEYS.items())
    settings = f"{BASE}POSTS_PER_ARTICLE=1\nCHANNELS__X__NETWORK=x\n{keys}CHANNELS__X__OPTIONS__SERVER={server.url}\n"
    (workspace.root / "settings.env").chmod(0o600)
    workspace.drop("rest.txt", ARTICLE)
    with working(workspace, settings + "CHANNELS__X__SLOTS=every 1 second\n") as worker:
        assert server.asked.wait(PATIENCE_SECONDS)
        change(workspace, settings + "CHANNELS__X__SLOTS=every 2 seconds\nCHANNELS__X__SENDERS=4\n")
        time.sleep(4)
        assert not worker.said("settings")
        server.may_answer.set()
        until(lambda: worker.said("ready") == 2)
        time.sleep(3)
        worker.stop()
    server.close()
    events = [each["event"] for each in worker.records]
    assert events.index("delivery") < events.index("settings")
    assert [entry["outcome"] for entry in workspace.json("log")] == ["published"]
    assert server.calls.count(Call.POST) == 1


class Stuck(Folder):
    """Hangs with its first post until a file lies in its folder, and notes each try."""

    def __init__(self, account: Account) -> None:
        super().__init__(Path(account.folder))

    def publish(self, prepared: Prepared) -> Receipt:
        self._outbox.parent.mkdir(parents=True, exist_ok=True)
        with (self._outbox.parent / "tries").open("a") as tries:
            tries.write(f"{prepared.outgoing.code}\n")
        while not (self._outbox.parent / "go").exists():
            time.sleep(0.1)
        return super().publish(prepared)


STUCK = """
from scheduler import plugins, service
from scheduler.cli import main
plugins.CHANNELS["stuck"] = "tests.acceptance.test_changed_settings:Stuck"
service.STOP_SECONDS = 1
main()
"""


@pytest.mark.long
def test_a_network_that_hangs_holds_up_no_other_one_and_its_post_is_not_tried_again(workspace: Workspace) -> None:
    outbox = workspace.root / "var" / "outbox"
    settings = f"{BASE}POSTS_PER_ARTICLE=1\nCHANNELS__S__NETWORK=stuck\nCHANNELS__S__SLOTS=every 1 second\n"
    workspace.drop("rest.txt", ARTICLE)
    with working(workspace, settings, ("-c", STUCK)) as worker:
        until(lambda: (outbox / "tries").exists())
        change(workspace, settings + "CHANNELS__FOLDER__SLOTS=every 1 second\n")
        until(lambda: workspace.sent())
        (outbox / "go").touch()
        until(lambda: len(workspace.json("log")) == 2)
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(timeout=40) == 0
    assert len((outbox / "tries").read_text().splitlines()) == 1
    assert {entry["outcome"] for entry in workspace.json("log")} == {"published"}


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
