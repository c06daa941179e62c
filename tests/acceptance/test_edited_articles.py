"""A marketer changes an article that was queued before, and looks at what became of its posts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from scheduler import bootstrap
from scheduler.bootstrap import hostile
from scheduler.domain.article import Article, Cut
from scheduler.domain.transitions import claimed, given_back
from scheduler.readers.inbox import Inbox
from scheduler.service import Service
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

BREATH = "Slow breathing calms the heart within a few minutes of quiet practice."
CHAIR = "A chair that fits your back is worth more than any cushion you can buy."
LIGHT = "Bright light in the morning helps most people sleep better at night."
WINDOW = "An open window does more for a tired head than a third cup of coffee."
CHAIR_NOW = "A chair that fits your back is worth more than any pillow you can buy."
ARTICLE = "Calm days\n\n{}\n"


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Monday, ten in the morning in Madrid; three approved posts, on Tuesday and the two days after."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "daily 10:30").replace("ARTICLE=5", "ARTICLE=3")
    (workspace.root / "settings.env").write_text(f"{slots}TIME_ZONE=Europe/Madrid\n", "utf-8")
    save(workspace, BREATH, CHAIR, LIGHT)
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    return clock


pytestmark = pytest.mark.usefixtures("clock")


def save(workspace: Workspace, *sentences: str) -> None:
    workspace.drop("calm.txt", ARTICLE.format("\n\n".join(sentences)))
    os.utime(workspace.root / "posts" / "articles" / "calm.txt", (len("".join(sentences)), 1))


def post_of(workspace: Workspace, words: str) -> dict[str, Any]:
    (found,) = [one for one in workspace.json("list") if one["text"] == words]
    return dict(found)


def test_a_changed_sentence_is_announced_by_plan_and_followed_by_queue(workspace: Workspace) -> None:
    before = post_of(workspace, CHAIR)
    save(workspace, BREATH, CHAIR_NOW, LIGHT)
    told = f"{before['id']}: “{CHAIR}” → “{CHAIR_NOW}”"
    assert told in workspace.run("plan").output
    (file,) = workspace.json("plan")["files"]
    assert (file["fate"], file["posts"]) == ("changed", 0)
    assert file["changed"] == [{"post": before["id"], "from": CHAIR, "to": CHAIR_NOW}]
    assert post_of(workspace, CHAIR) == before
    output = workspace.run("queue").output
    assert "calm.txt changed: 1 post gets new words and waits for a yes." in output
    assert told in output
    after = post_of(workspace, CHAIR_NOW)
    assert (after["id"], after["may_go_out"]) == (before["id"], False)
    assert after["deliveries"][0]["due_at"] == before["deliveries"][0]["due_at"]
    assert after["deliveries"][0]["text"].startswith(CHAIR_NOW)
    assert CHAIR_NOW in Path(workspace.json("preview")["path"]).read_text("utf-8")
    assert f"changed the words from “{CHAIR}” to “{CHAIR_NOW}”" in workspace.run("why", str(before["id"])).output
    assert workspace.json("queue")["files"][0]["fate"] == "known"


def test_a_sentence_that_is_gone_holds_its_post_back_and_a_new_one_takes_its_turn(workspace: Workspace) -> None:
    gone = post_of(workspace, LIGHT)
    save(workspace, BREATH, CHAIR, WINDOW)
    output = workspace.run("queue").output
    assert "1 post is held back because its sentence is gone, 1 is new." in output
    shown = workspace.run("show", str(gone["id"])).output
    assert "block: The article no longer says this." in shown
    assert "The article changed: it no longer says this." in shown
    assert post_of(workspace, WINDOW)["deliveries"][0]["state"] == "scheduled"
    save(workspace, BREATH, CHAIR, LIGHT)
    workspace.run("queue")
    assert post_of(workspace, LIGHT)["deliveries"][0]["state"] == "scheduled"
    assert len(workspace.json("list")) == 4


def test_what_went_out_is_flagged_and_stays_as_it_was_sent(workspace: Workspace, clock: FakeClock) -> None:
    clock.pass_by(minutes=31)
    workspace.run("worker", "--once")
    (sent,) = workspace.sent()
    words = sent["text"].split("\n\n")[0]
    save(workspace, *(one for one in (BREATH, CHAIR, LIGHT) if one != words))
    assert "1 post already went out with words that the article no longer says." in workspace.run("plan").output
    (flagged,) = workspace.json("queue")["files"][0]["flagged"]
    assert flagged == {"post": post_of(workspace, words)["id"], "from": words, "to": None}
    assert "note: The article changed after this went out." in workspace.run("show", str(flagged["post"])).output
    assert "published; its article changed since" in workspace.run("list").output
    assert "The article changed after this went out." in workspace.run("why", str(flagged["post"])).output
    assert "The article changed after this went out." in workspace.run("report", "--month", "2026-11", "--csv").output
    assert [one["text"] for one in workspace.sent()] == [sent["text"]]


def test_a_worker_that_meets_a_post_on_its_way_changes_it_at_the_next_scan(
    workspace: Workspace, clock: FakeClock
) -> None:
    app = bootstrap.open_app(workspace.root)
    service = Service(app=app)
    service.scan()
    (number,) = [one["id"] for one in workspace.json("list") if one["text"] == CHAIR]
    (delivery,) = app.store.deliveries.select(post_id=number)
    taken = claimed(delivery, now=clock.now(), lease_seconds=60)
    app.store.deliveries.write(delivery, taken)
    save(workspace, BREATH, CHAIR_NOW, LIGHT)
    service.scan()
    assert app.store.posts.get(number).words == CHAIR
    app.store.deliveries.write(taken, given_back(taken))
    service.scan()
    assert app.store.posts.get(number).words == CHAIR_NOW
    app.close()


def test_a_worker_that_begins_anew_reads_only_what_changed_and_follows_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.run("worker", "--once")
    read: list[str] = []
    inner = hostile.read_and_cut

    def told(inbox: Inbox, name: str) -> tuple[Article, Cut]:
        read.append(name)
        return inner(inbox, name)

    monkeypatch.setattr(hostile, "read_and_cut", told)
    workspace.run("worker", "--once")
    assert read == []
    save(workspace, BREATH, CHAIR_NOW, LIGHT)
    workspace.run("worker", "--once")
    assert read == ["posts/articles/calm.txt"]
    assert post_of(workspace, CHAIR_NOW)["deliveries"][0]["text"].startswith(CHAIR_NOW)
    assert {one["excerpt"].split("\n\n")[-1] for one in workspace.json("list")} == {BREATH, CHAIR_NOW, LIGHT}
