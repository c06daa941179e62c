"""A marketer changes their mind: edits words, moves posts, stops channels and lets them go on."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler import bootstrap
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

ARTICLE = "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n"
BLOCKED = "Headaches\n\nOur deep tissue massage cures every kind of migraine for good, in a few sessions.\n"
WORDS = "A neck likes change more than it likes rules."
TOO_LONG = "A neck likes change more than it likes any rule that was ever written. " * 5


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Monday the 23rd of November, ten in the morning in Madrid; one approved post for Tuesday, half past ten."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "tue 10:30, thu 10:30")
    (workspace.root / "settings.env").write_text(f"{slots}TIME_ZONE=Europe/Madrid\n", "utf-8")
    workspace.drop("necks.txt", ARTICLE)
    workspace.run("queue")
    workspace.run("approve", "1", "--by", "Ann")
    return clock


pytestmark = pytest.mark.usefixtures("clock")


def test_an_edited_post_shows_its_new_words_everywhere_and_waits_for_a_new_yes(workspace: Workspace) -> None:
    (before,) = workspace.json("list")
    edited = workspace.run("edit", "1", "--text", WORDS, "--hashtags", "necks", "--by", "Bo")
    assert "Edited by Bo. Its yes is void: `quotidian approve 1`." in edited.output
    (post,) = workspace.json("list")
    assert (post["text"], post["edited"], post["excerpt"]) == (WORDS, True, before["text"])
    assert (post["may_go_out"], post["hashtags"]) == (False, ["#Necks"])
    assert post["card"]["sha256"] != before["card"]["sha256"]
    assert post["deliveries"][0]["text"].startswith(WORDS)
    assert f"Edited. The article says: “{before['text']}”" in workspace.run("show", "1").output
    page = Path(workspace.json("preview")["path"]).read_text("utf-8")
    assert WORDS in page
    assert f"The article says: “{before['text']}”" in page
    assert "Bo changed the words from" in workspace.run("why", "1").output


def test_what_goes_out_after_the_new_yes_are_the_new_words(workspace: Workspace, clock: FakeClock) -> None:
    code = workspace.json("list")[0]["deliveries"][0]["code"]
    workspace.run("edit", code, "--text", WORDS)
    workspace.run("approve", "1")
    clock.pass_by(days=1, minutes=30)
    workspace.run("worker", "--once")
    (sent,) = workspace.sent()
    assert sent["text"].startswith(f"{WORDS}\n\n")
    assert WORDS in sent["alt_text"]


def test_words_too_long_for_the_channel_are_refused_with_the_numbers(workspace: Workspace) -> None:
    before = workspace.json("list")
    refused = workspace.run("edit", "1", "--text", TOO_LONG)
    assert refused.exit_code == 1
    assert "of 280." in refused.stderr
    assert "Where: channel folder" in refused.stderr
    assert workspace.json("list") == before


def test_a_claim_that_an_edit_brings_in_or_takes_out_is_seen(workspace: Workspace) -> None:
    workspace.drop("massage.txt", BLOCKED)
    workspace.run("queue")
    blocked = next(post for post in workspace.json("list") if post["blocked"])
    freed = workspace.json("edit", str(blocked["id"]), "--text", "A massage can ease a tense neck for a while.")
    assert (freed["blocked"], [one["state"] for one in freed["deliveries"]]) == (False, ["scheduled"])
    edited = workspace.json("edit", "1", "--text", "Our massage cures every kind of migraine for good.")
    assert (edited["blocked"], [one["state"] for one in edited["deliveries"]]) == (True, ["held"])


def test_the_editor_opens_in_a_terminal(workspace: Workspace) -> None:
    typed = workspace.root / "editor"
    typed.write_text(f"#!/bin/sh\nprintf '%s\\n' '{WORDS}' > \"$1\"\n", "utf-8")
    typed.chmod(0o755)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scheduler", "edit", "1", "--workspace", str(workspace.root), "--by", "Bo"]
    environment = {**os.environ, "EDITOR": str(typed), "VISUAL": ""}
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, env=environment, check=False)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert workspace.json("show", "1")["text"] == WORDS


def test_without_a_terminal_the_words_have_to_be_given(workspace: Workspace) -> None:
    refused = workspace.run("edit", "1")
    assert refused.exit_code == 2
    assert "--text" in refused.stderr


def test_an_edit_without_a_change_says_so_and_keeps_the_yes(workspace: Workspace) -> None:
    (before,) = workspace.json("list")
    assert "Nothing was changed." in workspace.run("edit", "1", "--text", before["text"]).output
    assert workspace.json("list") == [before]


def test_a_post_moves_to_a_wall_clock_time_to_the_next_slot_and_to_now(workspace: Workspace) -> None:
    assert "scheduled, 2026-12-01 08:30." in workspace.run("move", "1", "2026-12-01 08:30", "--by", "Bo").output
    assert workspace.json("list")[0]["deliveries"][0]["due_at"] == "2026-12-01T07:30:00Z"
    assert "scheduled, 2026-11-24 10:30." in workspace.run("move", "1", "next").output
    assert workspace.run("move", "1", "now").exit_code == 0
    assert "Bo moved it from 2026-11-24 10:30 to 2026-12-01 08:30" in workspace.run("why", "1").output
    assert workspace.run("worker", "--once").output.startswith("1 published.")


def test_a_move_that_can_not_be_is_refused_with_a_way_out(workspace: Workspace) -> None:
    workspace.drop("heads.txt", BLOCKED.replace("cures every kind of migraine for good", "can ease a tense neck"))
    workspace.run("queue")
    for when, sentence, hint in (
        ("2026-11-23 09:59", "has passed", "say `now`"),
        ("2026-11-24 10:30", "is taken by another post on folder", "quotidian move"),
        ("soon", "'soon' is not a time", "2026-12-01 08:30"),
    ):
        refused = workspace.run("move", "2", when)
        assert refused.exit_code == 1
        assert sentence in refused.stderr
        assert hint in refused.stderr
    assert workspace.run("hold", "2").exit_code == 0
    assert "A held delivery can't be moved." in workspace.run("move", "2", "now").stderr


def test_what_was_cancelled_is_held_again_by_its_code_and_then_released(workspace: Workspace) -> None:
    (before,) = workspace.json("list")[0]["deliveries"]
    workspace.run("cancel", "1")
    assert workspace.json("list")[0]["deliveries"][0]["state"] == "cancelled"
    assert "held" in workspace.run("hold", before["code"], "--by", "Ann").output
    workspace.run("release", before["code"])
    (after,) = workspace.json("list")[0]["deliveries"]
    assert (after["state"], after["due_at"]) == (before["state"], before["due_at"])


def test_a_pause_is_seen_wherever_somebody_looks_and_holds_until_it_is_resumed(
    workspace: Workspace, clock: FakeClock
) -> None:
    told = "folder is paused by Ann since 2026-11-23 10:00:00 +0100."
    assert told in workspace.run("pause", "folder", "--by", "Ann").output
    clock.pass_by(days=1, hours=2)
    assert told in workspace.run("worker", "--once").output
    assert told in workspace.run("list").output
    assert "paused by Ann since 2026-11-23 10:00:00 +0100" in workspace.run("status").output
    assert "! channel folder: paused by Ann since 2026-11-23 09:00 UTC" in workspace.run("doctor").output
    assert "Its channel is paused by Ann" in workspace.run("why", "1").output
    assert workspace.sent() == []
    assert workspace.run("resume", "folder").output == "folder goes on.\n"
    assert workspace.run("worker", "--once").output.startswith("1 published.")


def test_everything_stops_and_goes_on_at_once(workspace: Workspace) -> None:
    assert workspace.json("pause", "--all")["done"] == ["folder"]
    again = workspace.json("pause", "folder", "--by", "Bo")
    assert (again["done"], [one["channel"] for one in again["paused"]]) == ([], ["folder"])
    assert workspace.json("resume", "--all") == {"done": ["folder"], "paused": []}
    assert workspace.run("resume", "--all").output == "Nothing was paused.\n"


@pytest.mark.parametrize("words", [("edit", "1", "--text", WORDS), ("move", "1", "now"), ("pause", "--all")])
def test_every_change_bears_a_name(workspace: Workspace, words: tuple[str, ...]) -> None:
    before = workspace.json("list")
    assert "A decision needs a name." in workspace.run(*words, "--by", " ").stderr
    assert workspace.json("list") == before


def test_an_unknown_channel_is_refused_with_those_there_are(workspace: Workspace) -> None:
    for word in ("pause", "resume"):
        refused = workspace.run(word, "orkut")
        assert refused.exit_code == 1
        assert "There is no channel or campaign 'orkut'." in refused.stderr
        assert "There are folder, " in refused.stderr
        assert workspace.run(word).exit_code == 2
