"""A marketer changes more of a post than its words: link, hashtags, card template, alt text, expiry; of one or many."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler import bootstrap
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

ARTICLE = "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n"
ROWS = "text,date\nA walk wakes a tired back.,2026-12-01 09:00\nA nap mends a short night.,2026-12-02 09:00\n"
EVENT = "https://example.com/open-day"


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Three approved posts: one of an article with its card, two of a table without."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "daily 12:00")
    (workspace.root / "settings.env").write_text(f"{slots}TIME_ZONE=Europe/Madrid\n", "utf-8")
    (workspace.root / "posts" / "queue" / "december.csv").write_text(ROWS, "utf-8")
    workspace.drop("necks.txt", ARTICLE)
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    return clock


pytestmark = pytest.mark.usefixtures("clock")


def cut(workspace: Workspace) -> dict[str, Any]:
    """The post of the article."""
    (found,) = workspace.json("list", "--article", "Necks")
    return dict(found)


def test_a_link_of_its_own_stands_in_the_text_and_can_be_taken_back(workspace: Workspace) -> None:
    number, before = str(cut(workspace)["id"]), cut(workspace)["deliveries"][0]["text"]
    assert workspace.run("edit", number, "--link", EVENT, "--by", "Bo").exit_code == 0
    assert f"{EVENT}?" in cut(workspace)["deliveries"][0]["text"]
    assert not cut(workspace)["may_go_out"]
    workspace.run("edit", number, "--link", "none")
    assert "http" not in cut(workspace)["deliveries"][0]["text"]
    workspace.run("edit", number, "--link", "booking")
    assert cut(workspace)["deliveries"][0]["text"] == before
    assert f"Bo changed the link to {EVENT}" in workspace.run("why", number).output


def test_another_template_paints_another_card_and_one_where_there_was_none(workspace: Workspace) -> None:
    before = cut(workspace)["card"]
    workspace.run("edit", str(cut(workspace)["id"]), "--template", "bold")
    after = cut(workspace)["card"]
    assert (before["template"] != "bold", after["template"]) == (True, "bold")
    assert cut(workspace)["deliveries"][0]["card_sha256"] == after["sha256"]
    (row, *_) = workspace.json("list", "--article", "december")
    assert row["card"] is None
    assert workspace.json("edit", str(row["id"]), "--template", "editorial")["card"]["template"] == "editorial"


def test_an_alt_text_goes_with_the_same_picture_and_the_cards_own_comes_back(workspace: Workspace) -> None:
    number, before = str(cut(workspace)["id"]), cut(workspace)["card"]
    after = workspace.json("edit", number, "--alt", "Green letters on sand.")
    assert (after["card"]["alt_text"], after["card"]["sha256"]) == ("Green letters on sand.", before["sha256"])
    assert after["deliveries"][0]["alt_text"] == "Green letters on sand."
    assert workspace.json("edit", number, "--alt", "")["card"]["alt_text"] == before["alt_text"]


def test_an_expiry_keeps_the_yes_and_holds_for_moves(workspace: Workspace, clock: FakeClock) -> None:
    (row, *_) = workspace.json("list", "--text", "tired back")
    number = str(row["id"])
    assert workspace.json("edit", number, "--expires", "2026-12-03 18:00")["may_go_out"]
    assert "expires before 2026-12-04 09:00" in workspace.run("move", number, "+3d").stderr
    too_soon = workspace.run("edit", number, "--expires", "2026-11-30")
    assert (too_soon.exit_code, "It would expire before 2026-12-01 09:00" in too_soon.stderr) == (1, True)
    assert "This expiry has passed." in workspace.run("edit", number, "--expires", "2026-11-01").stderr
    assert workspace.run("edit", number, "--expires", "never").exit_code == 0
    assert workspace.run("move", number, "+3d").exit_code == 0


def test_many_posts_get_hashtags_and_a_link_at_once_after_a_look(workspace: Workspace) -> None:
    refused = workspace.run("edit", "--channel", "folder", "--hashtags", "open day")
    assert (refused.exit_code, "This changes 3 posts:" in refused.stderr) == (2, True)
    shown = workspace.json("edit", "--channel", "folder", "--link", EVENT, "--dry-run")
    assert [one["what"] for one in shown["would_change"]] == [f"changed the link to {EVENT}"] * 3
    done = workspace.json("edit", "--channel", "folder", "--hashtags", "open day", "--link", EVENT, "--yes")
    assert (len(done["done"]), done["errors"]) == (3, [])
    for post in workspace.json("list"):
        (delivery,) = post["deliveries"]
        assert delivery["text"].endswith("#OpenDay")
        assert EVENT in delivery["text"]


def test_of_many_those_that_can_not_be_edited_are_told_and_stay(workspace: Workspace) -> None:
    workspace.run("cancel", "--text", "short night")
    done = workspace.run("edit", "1", "2", "3", "99", "--hashtags", "rest", "--yes")
    assert done.exit_code == 1
    assert done.output.count("edited by") == 2
    assert "is still to come" in done.stderr
    assert "There is no post 99." in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--link", "example.com"), 1, "is not a whole address"),
        (("--link", "javascript:alert(1)"), 1, "is not a whole address"),
        (("--link", "https://example.com/\x1b[2J"), 1, "is not a whole address"),
        (("--template", "nope"), 1, "There is no card template “nope”."),
        (("--expires", "soon"), 1, "'soon' is not a time."),
        (("--alt", "a" * 3000), 1, "at most 2000"),
    ],
)
def test_what_can_not_be_meant_changes_nothing(
    workspace: Workspace, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = workspace.json("list")
    refused = workspace.run("edit", "1", *words)
    assert (refused.exit_code, sentence in refused.stderr) == (code, True)
    assert workspace.json("list") == before


def test_words_are_for_one_post(workspace: Workspace) -> None:
    assert workspace.run("edit", "1", "2", "--text", "The same for both.").exit_code == 2
    assert workspace.run("edit", "--channel", "folder", "--alt", "The same for all.").exit_code == 2
    assert workspace.run("edit", "--channel", "folder").exit_code == 2
