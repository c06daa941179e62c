"""A marketer changes many posts at once: by a filter, asked before, and told what couldn't be changed."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import Any

import pytest
from icalendar import Calendar

from scheduler import bootstrap
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

ROWS = "text,date,category\n" + "".join(
    f"A walk of {number} minutes wakes a tired back.,2026-12-{number:02} 09:00,{'walks' if number % 2 else 'rest'}\n"
    for number in range(1, 9)
)


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """Monday the 23rd of November, ten in the morning in Madrid; eight approved posts, one a morning in December."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "daily 12:00")
    (workspace.root / "settings.env").write_text(f"{slots}TIME_ZONE=Europe/Madrid\n", "utf-8")
    (workspace.root / "posts" / "queue" / "december.csv").write_text(ROWS, "utf-8")
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    return clock


pytestmark = pytest.mark.usefixtures("clock")


def times(workspace: Workspace) -> list[str]:
    return [one["wall_time"] for post in workspace.json("list") for one in post["deliveries"]]


def states(workspace: Workspace, *words: str) -> list[str]:
    return [one["state"] for post in workspace.json("list", *words) for one in post["deliveries"]]


def test_a_filter_that_finds_several_shows_them_and_changes_nothing_where_nobody_can_be_asked(
    workspace: Workspace,
) -> None:
    refused = workspace.run("hold", "--category", "walks")
    assert refused.exit_code == 2
    assert "This changes 4 deliveries:" in refused.stderr
    assert "“A walk of 1 minutes wakes a tired back." in refused.stderr
    assert "then say --yes" in refused.stderr
    assert set(states(workspace)) == {"scheduled"}


def test_with_yes_all_that_fit_are_changed_and_each_change_bears_a_name(workspace: Workspace) -> None:
    done = workspace.json("hold", "--category", "walks", "--yes", "--by", "Bo")
    assert (len(done["done"]), done["errors"]) == (4, [])
    assert states(workspace, "--category", "walks") == ["held"] * 4
    told = [one for one in workspace.json("log", "--changes") if one["what"] == "held it"]
    assert [(one["who"], one["subject"]) for one in told] == [("Bo", f"delivery {code}") for code in done["done"]]
    assert "Bo held it" in workspace.run("why", done["done"][0]).output


def test_a_dry_run_shows_and_changes_nothing(workspace: Workspace) -> None:
    before = workspace.json("list")
    shown = workspace.run("cancel", "--since", "2026-12-05", "--dry-run")
    assert shown.exit_code == 0
    assert "This changes 4 deliveries:" in shown.output
    would = workspace.json("move", "--since", "2026-12-05", "+1w", "--dry-run")["would_change"]
    assert [one["to"]["due_at"][:10] for one in would] == [f"2026-12-{day}" for day in (12, 13, 14, 15)]
    assert workspace.json("list") == before


def typed(workspace: Workspace, answer: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What a person at a terminal gets; the clock is the machine's."""
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    command = [sys.executable, "-m", "scheduler", *words, "--workspace", str(workspace.root)]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False)
    os.close(ours)
    os.close(theirs)
    return done


def test_in_a_terminal_a_yes_is_asked_for_and_a_no_changes_nothing(workspace: Workspace) -> None:
    no = typed(workspace, "n\n", "hold", "--text", "tired back")
    assert (no.returncode, no.stdout) == (1, "Nothing was changed.\n")
    assert "Go on?" in no.stderr
    assert set(states(workspace)) == {"scheduled"}
    assert typed(workspace, "y\n", "hold", "--text", "tired back").returncode == 0
    assert set(states(workspace)) == {"held"}


def test_what_can_not_be_changed_is_told_and_the_rest_is_done(workspace: Workspace) -> None:
    workspace.run("cancel", "2")
    done = workspace.run("hold", "1", "2", "99", "nocode", "3")
    assert done.exit_code == 1
    for sentence in ("Post 2 has no delivery that is still", "There is no post 99.", "There is no delivery nocode."):
        assert sentence in done.stderr
    assert states(workspace)[:3] == ["held", "cancelled", "held"]
    again = workspace.run("hold", "--status", "held", "--status", "scheduled", "--yes")
    assert again.exit_code == 1
    assert "A held delivery can't be held." in again.stderr
    assert set(states(workspace)) == {"held", "cancelled"}


def test_ids_and_a_filter_together_mean_what_fits_both(workspace: Workspace) -> None:
    assert len(workspace.json("hold", "1", "2", "3", "--category", "walks")["done"]) == 2
    nothing = workspace.run("hold", "1", "--channel", "folder", "--text", "no such words")
    assert (nothing.exit_code, "None of these fits the filter." in nothing.stderr) == (1, True)


def test_a_filter_that_finds_nothing_changes_nothing_and_a_wrong_name_is_told(workspace: Workspace) -> None:
    assert workspace.run("release", "--channel", "folder").output == "Nothing was changed.\n"
    for words in (("--channel", "orkut"), ("--campaign", "spring")):
        refused = workspace.run("hold", *words)
        assert (refused.exit_code, "There is no" in refused.stderr) == (1, True)
    assert workspace.run("hold").exit_code == 2


def test_a_whole_row_of_posts_moves_by_a_day_though_each_stands_where_the_one_before_it_goes(
    workspace: Workspace,
) -> None:
    before = times(workspace)
    moved = workspace.run("move", "--article", "december", "+1d", "--yes", "--by", "Bo")
    assert moved.exit_code == 0, moved.output
    assert times(workspace) == [f"2026-12-{day:02}T09:00" for day in range(2, 10)]
    assert workspace.run("move", "--article", "december", "-1d", "--yes").exit_code == 0
    assert times(workspace) == before


def test_a_post_in_the_way_is_named_and_those_that_run_into_it_keep_their_times(workspace: Workspace) -> None:
    workspace.run("move", "8", "2026-12-05 10:00")
    moved = workspace.run("move", "--until", "2026-12-05 09:30", "+25h", "--yes")
    assert moved.exit_code == 1
    assert "2026-12-05 10:00 is taken by another post on folder." in moved.stderr
    assert "or move post 8 first: `quotidian move" in moved.stderr
    assert times(workspace)[:4] == ["2026-12-02T10:00", "2026-12-03T10:00", "2026-12-04T09:00", "2026-12-04T10:00"]


def test_the_next_free_slots_are_given_in_order_each_once(workspace: Workspace) -> None:
    moved = workspace.run("move", "--category", "rest", "next", "--yes")
    assert moved.exit_code == 0
    rest = [
        one["deliveries"][0]["wall_time"] for post in [workspace.json("list", "--category", "rest")] for one in post
    ]
    assert rest == [f"2026-11-{day}T12:00" for day in (23, 24, 25, 26)]


def test_held_posts_are_released_together_into_free_slots(workspace: Workspace) -> None:
    workspace.run("hold", "--category", "walks", "--yes")
    released = workspace.json("release", "--category", "walks", "--yes")
    assert len(released["done"]) == 4
    assert set(states(workspace)) == {"scheduled"}
    assert len(set(times(workspace))) == 8


def test_days_keep_the_clock_on_the_wall_through_a_clock_change_and_hours_pass(workspace: Workspace) -> None:
    workspace.run("move", "1", "2027-03-27 09:00")
    assert "2027-03-28 09:00" in workspace.run("move", "1", "+1d").output
    assert workspace.json("show", "1")["deliveries"][0]["due_at"] == "2027-03-28T07:00:00Z"
    assert "2027-03-27 08:00" in workspace.run("move", "1", "-24h").output
    assert "has passed" in workspace.run("move", "1", "-52w").stderr


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("--category", "rest"), [2, 4, 6, 8]),
        (("--text", "OF 3 MINUTES"), [3]),
        (("--since", "2026-12-03", "--until", "2026-12-05 09:00"), [3, 4]),
        (("--article", "December"), [1, 2, 3, 4, 5, 6, 7, 8]),
        (("--status", "draft"), []),
        (("--channel", "folder", "--status", "scheduled", "--until", "2026-12-03"), [1, 2]),
    ],
)
def test_the_list_shows_what_fits(workspace: Workspace, words: tuple[str, ...], numbers: list[int]) -> None:
    found: list[dict[str, Any]] = workspace.json("list", *words)
    assert [one["id"] for one in found] == numbers
    assert numbers or workspace.run("list", *words).output == "Nothing fits.\n"


def test_the_changes_open_in_a_spreadsheet_as_words(workspace: Workspace) -> None:
    workspace.run("hold", "1", "--by", "=1+1")
    sheet = workspace.run("log", "--changes", "--csv", "--since", "2026-11-23").output
    assert sheet.startswith("at,who,subject,what\n")
    assert ",'=1+1,delivery" in sheet
    assert workspace.run("log", "--changes", "--until", "2026-11-01").output == "Nothing was changed.\n"
    assert workspace.run("log", "--changes", "--follow").exit_code == 2


def test_a_pause_says_until_when_and_why_and_then_goes_on_by_itself(workspace: Workspace, clock: FakeClock) -> None:
    told = workspace.run(
        "pause", "folder", "--until", "2026-12-01 08:00", "--why", "Moving house", "--by", "Ann"
    ).output
    assert "until 2026-12-01 08:00:00 +0100, “Moving house”." in told
    for words in (("list",), ("status",), ("why", "1")):
        assert "“Moving house”" in workspace.run(*words).output
    clock.pass_by(days=7, hours=22, minutes=30)
    assert workspace.run("worker", "--once").output.startswith("Nothing was due.")
    assert "is paused" not in workspace.run("list").output
    clock.pass_by(minutes=31)
    assert workspace.run("worker", "--once").output.startswith("1 published.")
    assert "worker" in workspace.run("log", "--changes").output
    assert workspace.run("pause", "folder", "--until", "2026-12-01 08:00").exit_code == 1


def test_the_calendar_file_follows_the_plan_and_holds_what_it_would_add(workspace: Workspace) -> None:
    path = workspace.root / "posts.ics"
    workspace.run("cancel", "1")
    workspace.run("hold", "2")
    workspace.drop("necks.txt", "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n")
    assert "9 posts in" in workspace.run("plan", "--ics", str(path)).stderr
    events = list(Calendar.from_ical(path.read_bytes()).events)
    assert [event["status"] for event in events][:3] == ["CANCELLED", "TENTATIVE", "CONFIRMED"]
    assert [event.start.isoformat() for event in events][2] == "2026-12-03T09:00:00+01:00"
    before = {event["uid"] for event in events}
    workspace.run("queue")
    workspace.run("move", "3", "+1h")
    assert "9 posts in" in workspace.run("list", "--ics", str(path)).stderr
    again = list(Calendar.from_ical(path.read_bytes()).events)
    assert {event["uid"] for event in again} == before
    assert "2026-12-03T10:00:00+01:00" in {event.start.isoformat() for event in again}
    assert workspace.run("list", "--ics", str(workspace.root / "no" / "such.ics")).exit_code == 3
