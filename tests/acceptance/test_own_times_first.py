"""A row that names a time, where the calendar has something else: what may move makes way, what was promised stays."""

from __future__ import annotations

import pytest

from scheduler import bootstrap
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

WALK, WATER, SLEEP = "Walk a little every day.", "Drink before you are thirsty.", "Sleep in a dark room."
SLOT = "2026-12-10 10:30"
"""Over two weeks ahead, by the only slot of the week."""


@pytest.fixture
def clinic(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "thu 10:30") + "CHANNELS__FOLDER__SPACING=60\n"
    (workspace.root / "settings.env").write_text(slots, "utf-8")
    for article in (workspace.root / "posts" / "articles").iterdir():
        article.unlink()
    save(workspace, "a.csv", *(f"{words},next slot" for words in (WALK, WATER, SLEEP)))
    workspace.run("queue")
    return workspace


def save(workspace: Workspace, name: str, *rows: str) -> None:
    (workspace.root / "posts" / "queue" / name).write_text("\n".join(("text,when", *rows, "")), "utf-8")


def calendar(workspace: Workspace) -> dict[str, str]:
    found = [(post["text"], one["wall_time"]) for post in workspace.json("list") for one in post["deliveries"]]
    return {words: wall_time.replace("T", " ") for words, wall_time in found}


@pytest.mark.parametrize("at", [SLOT, "2026-12-10 11:00"])
def test_a_draft_makes_way_to_its_next_free_slot_and_the_plan_says_so(clinic: Workspace, at: str) -> None:
    assert calendar(clinic)[SLEEP] == SLOT
    save(clinic, "b.csv", f"Breathe out slowly.,{at}")
    assert SLOT in clinic.run("plan").output
    (moved,) = clinic.json("plan")["moved"]
    clinic.run("queue")
    assert calendar(clinic) == {
        **{WALK: "2026-11-26 10:30", WATER: "2026-12-03 10:30", "Breathe out slowly.": at},
        SLEEP: "2026-12-17 10:30",
    }
    assert "a post with a time of its own goes first" in clinic.run("why", moved["code"]).output
    before = calendar(clinic)
    assert clinic.json("queue")["planned"] == []
    assert calendar(clinic) == before


@pytest.mark.parametrize("at", ["2026-12-03 10:30", "2026-12-03 10:00"])
def test_what_is_announced_stays_and_the_row_is_told_of_it(clinic: Workspace, at: str) -> None:
    before = calendar(clinic)
    save(clinic, "b.csv", f"Breathe out slowly.,{at}")
    refused = clinic.run("plan")
    assert refused.exit_code == 1
    told = "or move post 2 first: `quotidian move "
    assert told in " ".join(refused.output.split())
    assert told in " ".join(clinic.run("queue").output.split())
    assert calendar(clinic) == before


def test_what_somebody_approved_stays(clinic: Workspace) -> None:
    clinic.run("approve", "3", "--by", "Ann")
    save(clinic, "b.csv", f"Breathe out slowly.,{SLOT}")
    assert clinic.run("plan").exit_code == 1
    clinic.run("queue")
    assert calendar(clinic)[SLEEP] == SLOT


def test_a_row_that_is_refused_for_another_reason_moves_nobody(clinic: Workspace) -> None:
    save(clinic, "b.csv", f"{'Breathe out slowly. ' * 99},{SLOT}")
    clinic.run("queue")
    assert calendar(clinic)[SLEEP] == SLOT
