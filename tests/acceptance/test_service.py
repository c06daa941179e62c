"""The worker as a service: one a workspace, stopped cleanly, nothing lost while it was off."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduler.shipped import shipped
from tests.acceptance.walk import EVERY_SECOND, PATIENCE_SECONDS, Workspace

WORKER = Path(__file__).parents[2] / "worker.py"


@contextmanager
def service(workspace: Workspace) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, WORKER], cwd=workspace.root, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def stop(process: subprocess.Popen[str]) -> list[dict[str, object]]:
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=30)
    assert process.returncode == 0, log
    return [json.loads(line) for line in log.splitlines()]


def test_the_service_takes_files_in_publishes_and_stops_cleanly(workspace: Workspace) -> None:
    (workspace.root / "settings.env").write_text(f"{EVERY_SECOND}APPROVAL=flagged\n", "utf-8")
    workspace.drop("cough.md", next(shipped("posts/articles").glob("*.md")).read_bytes())
    with service(workspace) as process:
        until(lambda: len(workspace.sent()) >= 3)
        log = stop(process)
    events = [record["event"] for record in log]
    assert events[-1] == "stopped"
    assert {"file", "card", "ready", "delivery", "stopping"} <= set(events)
    states = {d["state"] for post in workspace.json("list") for d in post["deliveries"]}
    assert states <= {"published", "scheduled"}


def test_what_fell_due_while_the_worker_was_off_goes_out_once_when_it_is_back(workspace: Workspace) -> None:
    workspace.drop("cough.md", next(shipped("posts/articles").glob("*.md")).read_bytes())
    workspace.run("queue")
    workspace.run("approve", "--all", "--confirm")
    planned = [d["code"] for post in workspace.json("list") for d in post["deliveries"]]
    with service(workspace) as process:
        until(lambda: len(workspace.sent()) == len(planned))
        stop(process)
    published = [entry["code"] for entry in workspace.json("log") if entry["outcome"] == "published"]
    assert sorted(published) == sorted(planned)


def test_a_second_worker_is_refused_and_told_of_the_first(workspace: Workspace) -> None:
    with service(workspace) as process:
        until(lambda: (workspace.root / "var" / "worker.lock").exists())
        until(lambda: str(process.pid) in (workspace.root / "var" / "worker.lock").read_text())
        refused = workspace.run("worker", "--once")
        stop(process)
    assert refused.exit_code == 1
    assert f"Another worker (process {process.pid}) serves this workspace." in refused.stderr
