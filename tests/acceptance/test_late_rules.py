"""What becomes of posts when the computer was off at their time: as the article says, else as the settings say."""

from __future__ import annotations

import pytest

from scheduler import bootstrap
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

WORDS = "Most adults sleep seven to nine hours, and we ask about the nights as well as about the days.\n"


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    return clock


@pytest.mark.parametrize(
    ("setting", "article", "status"),
    [
        ("", "", "held"),
        ("skip", "", "cancelled"),
        ("RESLOT", "", "scheduled"),
        ("ask", "skip", "cancelled"),
        ("skip", "reslot", "scheduled"),
    ],
)
def test_a_late_post_fares_as_its_article_or_else_the_settings_say(
    workspace: Workspace, clock: FakeClock, setting: str, article: str, status: str
) -> None:
    rule = f"LATE={setting}\n" if setting else ""
    slots = EVERY_SECOND.replace("every 1 second", "daily 10:30").replace("ARTICLE=5", "ARTICLE=1")
    (workspace.root / "settings.env").write_text(f"{slots}{rule}", "utf-8")
    for path in (workspace.root / "posts" / "articles").iterdir():
        path.unlink()
    text = f"---\nlate: {article}\n---\n\nSleep\n\n{WORDS}"
    (workspace.root / "posts" / "articles" / "sleep.md").write_text(text, "utf-8")
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    clock.pass_by(days=3)
    workspace.run("worker", "--drain")
    (post,) = workspace.json("list")
    assert post["deliveries"][0]["state"] == status


def test_a_late_post_of_a_campaign_fares_as_the_campaign_says(workspace: Workspace, clock: FakeClock) -> None:
    folder = workspace.root / "assets" / "campaigns"
    folder.mkdir(exist_ok=True)
    (folder / "brief.toml").write_text('late = "skip"\n[[rhythm]]\nweeks = 2\nposts_a_week = 7\n', "utf-8")
    slots = EVERY_SECOND.replace("every 1 second", "daily 10:30").replace("ARTICLE=5", "ARTICLE=1")
    (workspace.root / "settings.env").write_text(slots, "utf-8")
    for path in (workspace.root / "posts" / "articles").iterdir():
        path.unlink()
    (workspace.root / "posts" / "articles" / "sleep.md").write_text(f"---\ncampaign: brief\n---\n\nSleep\n\n{WORDS}")
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    clock.pass_by(days=20)
    workspace.run("worker", "--drain")
    (post,) = workspace.json("list")
    assert post["deliveries"][0]["state"] == "cancelled"
