"""A marketer's Monday: tables in a folder, a look at what would happen, a yes, and posts that follow their rows."""

from __future__ import annotations

import json
import os

import pytest

from scheduler import bootstrap
from scheduler.service import Service
from scheduler.testing.clock import FakeClock
from scheduler.testing.samples import picture
from tests.acceptance.walk import EVERY_SECOND, Workspace
from tests.sheet import stamp, workbook

WALK, WATER, SLEEP = "Walk a little every day. 🙂", "Drink before you are thirsty.", "Sleep in a dark room."
TUESDAY = "2026-12-01 09:00"


@pytest.fixture
def clock(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """A Monday morning in November; slots every day at half past ten in Madrid, and no article."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "daily 10:30")
    (workspace.root / "settings.env").write_text(f"{slots}TIME_ZONE=Europe/Madrid\n", "utf-8")
    for article in (workspace.root / "posts" / "articles").iterdir():
        article.unlink()
    return clock


pytestmark = pytest.mark.usefixtures("clock")


def save(workspace: Workspace, name: str, data: str | bytes) -> None:
    path = workspace.root / "posts" / "queue" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def calendar(workspace: Workspace) -> list[tuple[str, str]]:
    """When each delivery is due, and its post's words."""
    posts = workspace.json("list")
    return sorted((one["wall_time"].replace("T", " "), post["text"]) for post in posts for one in post["deliveries"])


def test_plan_shows_what_queue_does_and_a_second_queue_does_nothing(workspace: Workspace) -> None:
    save(workspace, "a.csv", f"text;when\n{WALK};1.12.2026 9:00 Uhr\n{WATER};next slot\n")
    save(workspace, "b.xlsx", workbook([["Caption", "Date"], [SLEEP, stamp(46358.375)]]))
    planned = workspace.json("plan")
    assert [one["wall_time"] for one in planned["planned"]] == [
        "2026-12-01T09:00",
        "2026-12-02T09:00",
        "2026-11-23T10:30",
    ]
    assert workspace.json("list") == []
    done = workspace.json("queue")
    assert [one["text"] for one in done["planned"]] == [one["text"] for one in planned["planned"]]
    assert workspace.json("queue")["planned"] == []


def test_a_bad_row_names_its_cell_and_a_way_out_while_the_others_go_on(workspace: Workspace) -> None:
    save(workspace, "a.csv", f"Text,Posting Time\n{WALK},03/04/2027 9:00\n{WATER},{TUESDAY}\n")
    for command in ("plan", "queue"):
        result = workspace.run(command)
        assert result.exit_code == 1
        assert "“03/04/2027 9:00” may be 3 April or 4 March." in result.output
        assert "posts/queue/a.csv, row 2, column B “Posting Time”: 03/04/2027 9:00" in result.output
        assert "Write it as 2027-04-03 or as 2027-03-04" in result.output
    assert calendar(workspace) == [(TUESDAY, WATER)]


def test_a_post_without_a_picture_goes_out_as_it_stands(workspace: Workspace, clock: FakeClock) -> None:
    save(workspace, "a.csv", f"text,when,link,hashtags\n{WALK},{TUESDAY},none,#Walking\n")
    workspace.run("queue")
    workspace.run("approve", "--all", "--by", "Ann")
    clock.pass_by(days=7, hours=23)
    workspace.run("worker", "--drain")
    (post,) = workspace.outbox.iterdir()
    assert (post / "text.txt").read_text("utf-8").rstrip("\n") == f"{WALK}\n\n#Walking"
    assert not list(post.glob("card.*"))


def test_a_picture_beside_the_table_goes_out_with_its_alt_text(workspace: Workspace, clock: FakeClock) -> None:
    save(workspace, "walk.png", picture(shade=7))
    save(
        workspace,
        "a.csv",
        f"text,when,image,alt text\n{WALK},{TUESDAY},walk.png,A path in a park\n{WATER},next,no.png,\n",
    )
    assert "There is no picture “no.png”." in workspace.run("queue").output
    workspace.run("approve", "--all", "--by", "Ann")
    clock.pass_by(days=7, hours=23)
    workspace.run("worker", "--drain")
    (post,) = workspace.outbox.iterdir()
    assert (post / "card.png").read_bytes() == picture(shade=7)
    assert (post / "alt.txt").read_text("utf-8").strip() == "A path in a park"


def test_a_row_with_a_template_is_painted(workspace: Workspace) -> None:
    save(workspace, "a.toml", f'[[post]]\ntext = "{SLEEP}"\nwhen = 2026-12-01T09:00:00\ntemplate = "auto"\n')
    workspace.run("queue")
    (shown,) = workspace.json("list")
    assert SLEEP in json.dumps(workspace.json("show", str(shown["id"])), ensure_ascii=False)
    assert len(list((workspace.root / "var" / "cards").glob("*.png"))) == 1


def test_an_edited_table_is_announced_and_followed(workspace: Workspace) -> None:
    save(workspace, "a.csv", f"text,when\n{WALK},{TUESDAY}\n{WATER},next slot\n")
    workspace.run("queue")
    save(workspace, "a.csv", f"text,when\nWalk a little each day. 🙂,2026-12-01 10:00\n{WATER},next slot\n")
    told = workspace.run("plan").output
    assert "“Walk a little every day. 🙂” → “Walk a little each day. 🙂”" in told
    assert "2026-12-01 09:00 → 2026-12-01 10:00 on" in told
    assert (TUESDAY, WALK) in calendar(workspace)
    workspace.run("queue")
    assert calendar(workspace)[-1] == ("2026-12-01 10:00", "Walk a little each day. 🙂")


def test_a_removed_row_goes_with_prune_only(workspace: Workspace) -> None:
    save(workspace, "a.csv", f"text,when\n{WALK},{TUESDAY}\n{WATER},2026-12-02 09:00\n")
    workspace.run("queue")
    save(workspace, "a.csv", f"text,when\n{WALK},{TUESDAY}\n")
    assert "`quotidian queue --prune` cancels what isn't out" in workspace.run("queue").output
    assert "is cancelled because its row is gone" in workspace.run("plan", "--prune").output
    workspace.run("queue", "--prune")
    states = {post["text"]: post["deliveries"][0]["state"] for post in workspace.json("list")}
    assert states == {WALK: "scheduled", WATER: "cancelled"}


def test_the_worker_takes_tables_in_by_itself_and_logs_rows_that_it_cannot(workspace: Workspace) -> None:
    save(workspace, "a.csv", f"text,when\n{WALK},{TUESDAY}\nBad,03/04/2027 9:00\n")
    app = bootstrap.open_app(workspace.root)
    records: list[tuple[str, dict[str, object]]] = []
    app.log = lambda event, /, **fields: records.append((event, fields))
    os.utime(workspace.root / "posts" / "queue" / "a.csv", (1, 1))
    Service(app=app).scan()
    app.close()
    assert calendar(workspace) == [(TUESDAY, WALK)]
    (row,) = [fields for event, fields in records if event == "row"]
    assert (row["row"], row["column"], row["value"]) == (3, "B", "03/04/2027 9:00")
