"""What a person sees who asks how things stand: status, log, report."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.dispatch.lock import only_worker
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

ARTICLE = "---\ntitle: {title}\n---\n\nA body likes change more than it likes rules, at any desk and at any age.\n"
FORMULA = '=HYPERLINK("http://evil.example";"click")'


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """A clinic in Madrid, on a Monday at nine in the morning, with one article queued and its post approved."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "mon 10:30, tue 10:30")
    (workspace.root / "settings.env").write_text(f"{slots}TIME_ZONE=Europe/Madrid\n", "utf-8")
    workspace.drop("necks.md", ARTICLE.format(title=f"'{FORMULA}'"))
    workspace.run("queue")
    workspace.run("approve", "--all")
    return clock


def publish(workspace: Workspace, clock: FakeClock) -> None:
    clock.pass_by(hours=1)
    assert workspace.run("worker", "--drain").output.startswith("1 published.")


def test_status_tells_worker_counts_and_what_comes_next(workspace: Workspace, clock: FakeClock) -> None:
    words = workspace.run("status")
    assert words.exit_code == 0
    assert "The worker is not running." in words.output
    assert "Deliveries: 1 scheduled." in words.output
    assert "folder: the next one is due at 2026-11-23 10:30:00 +0100" in words.output
    found = workspace.json("status")
    assert found["channels"][0]["next_at"] == "2026-11-23T09:30:00Z"
    assert (found["counts"]["scheduled"], found["overdue"], found["waiting"]) == (1, [], [])


def test_status_tells_of_each_channel_how_much_is_queued_and_how_late_it_is(
    workspace: Workspace, clock: FakeClock
) -> None:
    (before,) = workspace.json("status")["channels"]
    assert (before["queued"], before["due"], before["late_seconds"]) == (1, 0, 0.0)
    clock.pass_by(minutes=35)
    (late,) = workspace.json("status")["channels"]
    assert (late["queued"], late["due"], late["late_seconds"]) == (1, 1, 300.0)
    workspace.run("worker", "--drain")

    (after,) = workspace.json("status")["channels"]
    assert (after["queued"], after["due"], after["counts"]["published"]) == (0, 0, 1)
    assert after["last_day"] == {"sent": 1, "p50_seconds": 300.0, "p99_seconds": 300.0, "most_seconds": 300.0}
    assert workspace.json("status")["heartbeat"]["at"] == "2026-11-23T09:35:00Z"


def test_status_sees_a_worker_and_does_not_disturb_it(workspace: Workspace) -> None:
    with only_worker(workspace.root / "var" / "worker.lock"):
        assert workspace.json("status")["worker"] == {"running": True, "process": os.getpid()}
        assert f"The worker runs (process {os.getpid()})." in workspace.run("status").output
    assert workspace.json("status")["worker"] == {"running": False, "process": None}


def test_status_fails_when_something_is_overdue(workspace: Workspace, clock: FakeClock) -> None:
    clock.pass_by(minutes=44)
    assert workspace.run("status").exit_code == 0
    clock.pass_by(minutes=2)
    late = workspace.run("status")
    assert late.exit_code == 1
    assert "1 delivery overdue: " in late.output
    assert workspace.json("status")["overdue"] != []


def test_status_names_the_posts_that_wait_for_a_yes(workspace: Workspace) -> None:
    workspace.drop("necks.md", ARTICLE.format(title="Necks"))
    workspace.run("queue")
    assert "1 post waiting for your yes: 1" in workspace.run("status").output


FILTERS = {
    "": 1,
    "--status published": 1,
    "--status refused": 0,
    "--channel folder": 1,
    "--channel elsewhere": 0,
    "--article hyperLINK": 1,
    "--article sleep": 0,
    "--since 2026-11-23T11:00:00": 1,
    "--since 2026-11-23T11:00:01": 0,
    "--until 2026-11-23T11:00:01": 1,
    "--until 2026-11-23": 0,
}


def test_the_log_is_searched_in_the_clinics_own_time(workspace: Workspace, clock: FakeClock) -> None:
    publish(workspace, clock)
    assert {words: len(workspace.json("log", *words.split())) for words in FILTERS} == FILTERS


def test_the_log_for_a_spreadsheet_has_local_times_and_nothing_to_compute(
    workspace: Workspace, clock: FakeClock
) -> None:
    publish(workspace, clock)
    head, row = csv.reader(io.StringIO(workspace.run("log", "--csv").stdout))
    found = dict(zip(head, row, strict=True))
    assert found["at"] == "2026-11-23 11:00:00 +0100"
    assert found["article"] == f"'{FORMULA}"
    assert found["outcome"] == "published"
    assert found["remote_url"].startswith("file:///")


def test_the_log_can_be_csv_or_json_but_not_both(workspace: Workspace) -> None:
    assert workspace.run("log", "--csv", "--json").exit_code == 2


def test_following_the_log_tells_each_new_try_once_until_ctrl_c(workspace: Workspace) -> None:
    words = [sys.executable, "-m", "scheduler", "log", "--follow", "--json", "--workspace", str(workspace.root)]
    workspace.drop("necks.md", ARTICLE.format(title="Necks"))
    workspace.drop(
        "desks.md", "---\ntitle: Desks\n---\n\nA desk of the right height spares the neck of whoever sits at it.\n"
    )
    workspace.run("queue", "posts/articles/necks.md")
    workspace.run("approve", "--all", "--confirm")
    workspace.drain_until(1)
    # A suite that runs in the background is deaf to Ctrl+C, and what it starts would be, too.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    root = Path(__file__).parents[2]
    with subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, text=True, preexec_fn=heard) as follower:
        assert follower.stdout
        assert json.loads(follower.stdout.readline())["article"] == "Necks"
        workspace.run("queue")
        workspace.run("approve", "--all", "--confirm")
        workspace.drain_until(2)
        assert json.loads(follower.stdout.readline())["article"] == "Desks"
        follower.send_signal(signal.SIGINT)
        assert follower.stdout.read() == ""
        assert follower.wait(timeout=30) == 0
