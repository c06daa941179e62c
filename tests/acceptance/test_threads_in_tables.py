"""A marketer's thread: one row of a table, its parts between lines of three dashes, out in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

PARTS = ["Three things before you sit down.", "Put both feet on the floor.", "Look out of the window."]
TABLE = '[[post]]\ntext = """\n{}\n"""\nwhen = 2026-12-01T09:00:00\n'


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "daily 10:30")
    (workspace.root / "settings.env").write_text(f"{slots}TIME_ZONE=Etc/UTC\n", "utf-8")
    for article in (workspace.root / "posts" / "articles").iterdir():
        article.unlink()
    return clock


def save(workspace: Workspace, *parts: str) -> Path:
    path = workspace.root / "posts" / "queue" / "thread.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(TABLE.format("\n---\n".join(parts)), "utf-8")
    return path


def planned(workspace: Workspace) -> list[tuple[str, str]]:
    return [(one["wall_time"][11:], one["text"].split("\n")[0]) for one in workspace.json("plan")["planned"]]


def test_a_thread_is_planned_part_by_part_and_goes_out_as_answers(workspace: Workspace, clock: FakeClock) -> None:
    save(workspace, *PARTS)
    assert planned(workspace) == list(zip(["09:00", "09:00:01", "09:00:02"], PARTS, strict=True))
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    clock.pass_by(days=8, seconds=5)
    assert workspace.run("worker", "--drain").exit_code == 0

    sent = sorted(workspace.sent(), key=lambda post: PARTS.index(post["text"].split("\n")[0]))
    assert [post.get("reply_to") for post in sent] == [None, *(post["code"] for post in sent[:2])]
    assert [bool(post["link"]) for post in sent] == [True, False, False]


def test_the_parts_follow_their_row_when_it_moves_and_are_cancelled_together(
    workspace: Workspace, clock: FakeClock
) -> None:
    path = save(workspace, *PARTS)
    workspace.run("queue")
    path.write_text(path.read_text("utf-8").replace("09:00:00", "11:00:00").replace("Look", "Gaze"), "utf-8")
    assert workspace.run("queue").exit_code == 0
    deliveries = workspace.json("list")[0]["deliveries"]
    assert [one["wall_time"][11:] for one in deliveries] == ["11:00", "11:00:01", "11:00:02"]

    workspace.run("cancel", deliveries[0]["code"], "--by", "Ann")
    assert {one["state"] for one in workspace.json("list")[0]["deliveries"]} == {"cancelled"}


@pytest.mark.parametrize(
    ("parts", "why"), [([PARTS[0], PARTS[0]], "say the same"), ([PARTS[0], "a " * 200], "comes to")]
)
def test_a_thread_that_can_not_go_out_whole_is_left_out_whole(
    workspace: Workspace, clock: FakeClock, parts: list[str], why: str
) -> None:
    save(workspace, *parts)
    found = workspace.json("plan")

    assert found["planned"] == []
    assert why in found["left_out"][0]["reason"]


def test_a_thread_that_is_asked_to_come_again_does_not_and_the_plan_says_why(
    workspace: Workspace, clock: FakeClock
) -> None:
    path = save(workspace, *PARTS)
    path.write_text(path.read_text("utf-8") + "evergreen = true\n", "utf-8")
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    clock.pass_by(days=8, seconds=5)
    workspace.run("worker", "--drain")
    clock.pass_by(days=200)

    found = workspace.json("plan")
    assert found["planned"] == []
    assert found["ended"][0]["reason"] == "It is a thread."


def test_each_part_is_listed_with_its_own_words(workspace: Workspace, clock: FakeClock) -> None:
    save(workspace, *PARTS)
    planned_lines = workspace.run("queue").stdout
    listed_lines = workspace.run("list").stdout
    for number, words in enumerate(PARTS, start=1):
        assert f"{number} of 3: {words}" in planned_lines
        assert f"{number} of 3: {words}" in listed_lines
