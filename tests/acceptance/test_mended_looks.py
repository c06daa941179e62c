"""A brand file with a mistake in it: told with its place, and once it is mended the cards come by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.bootstrap import App, open_app
from scheduler.service import Service
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

ARTICLE = "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n"
BROKEN = '[colours]\nprimary = "#0f4f46"\nsecondary = "no colour at all"\n'
MENDED = BROKEN.replace("no colour at all", "#ff7a59")


@pytest.fixture
def brand(workspace: Workspace) -> Path:
    """A post that got no card, as its look was broken."""
    brand = workspace.root / "assets" / "brand" / "brand.toml"
    brand.write_text(BROKEN, "utf-8")
    workspace.drop("necks.txt", ARTICLE)
    assert workspace.run("queue").exit_code == 1
    return brand


def service(workspace: Workspace) -> Service:
    return Service(app=open_app(workspace.root))


def test_a_broken_look_is_told_with_file_line_and_key(workspace: Workspace, brand: Path) -> None:
    (post,) = workspace.json("list")
    assert post["card"] is None
    assert f"{brand}, line 3, colours.secondary" in post["card_refusal"]
    done = workspace.run("card", "--text", "Rest.", "--out", str(workspace.root / "out"), "--json")
    error = json.loads(done.stdout)["error"]
    assert (error["path"], error["line"], error["setting"]) == (str(brand), 3, "colours.secondary")
    assert error["place"] not in error["message"]
    assert done.exit_code == 1


def test_the_worker_paints_and_plans_what_was_refused_once_the_look_is_mended(
    workspace: Workspace, brand: Path
) -> None:
    worker = service(workspace)
    worker.scan()
    assert not workspace.json("list")[0]["deliveries"]
    brand.write_text(MENDED, "utf-8")
    worker.scan()
    (post,) = workspace.json("list")
    assert (post["card"]["size"], post["card_refusal"]) == ("square", "")
    assert [each["state"] for each in post["deliveries"]] == ["scheduled"]
    worker.app.close()


def test_the_worker_doesnt_paint_again_and_again_what_can_not_be_painted(
    workspace: Workspace, brand: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = service(workspace)
    worker.scan()
    monkeypatch.setattr("scheduler.bootstrap.hostile.InChild", lambda **_: pytest.fail("it painted again"))
    worker.scan()
    assert len([entry for entry in worker.app.store.journal.audit("post 1") if "no card" in entry.what]) == 1
    worker.app.close()


def test_who_approves_right_after_mending_is_shown_the_card_first(workspace: Workspace, brand: Path) -> None:
    brand.write_text(MENDED, "utf-8")
    first = workspace.run("approve", "1")
    (post,) = workspace.json("list")
    assert first.exit_code == 1
    assert "Post 1 had no card until now." in first.output
    assert post["card"]["path"] in first.output
    assert len(post["deliveries"]) == 1
    assert "Post 1 approved" in workspace.run("approve", "--all").output


def test_who_approves_before_it_is_mended_is_told_what_to_mend(workspace: Workspace, brand: Path) -> None:
    done = workspace.run("approve", "1")
    assert done.exit_code == 1
    assert "Post 1 has no card yet." in done.output
    assert "brand.toml, line 3" in done.output


def approved(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> tuple[App, Path, Service]:
    clock = FakeClock()
    monkeypatch.setattr("scheduler.bootstrap.SystemClock", lambda: clock)
    slots = EVERY_SECOND.replace("every 1 second", "daily 10:30")
    (workspace.root / "settings.env").write_text(slots, "utf-8")
    workspace.drop("necks.txt", ARTICLE)
    workspace.run("queue")
    workspace.run("approve", "1")
    worker = service(workspace)
    worker.scan()
    clock.pass_by(hours=1, minutes=31)
    return worker.app, Path(workspace.json("list")[0]["card"]["path"]), worker


@pytest.mark.parametrize("touched_up", [False, True])
def test_a_card_that_is_gone_or_other_is_never_sent_and_retry_paints_it_as_it_was_approved(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, touched_up: bool
) -> None:
    app, picture, worker = approved(workspace, monkeypatch)
    was = picture.read_bytes()
    picture.write_bytes(was + b"touched up") if touched_up else picture.unlink()
    worker.deliver()
    (attempt,) = workspace.json("log")
    assert (attempt["outcome"], workspace.sent()) == ("refused", [])
    assert "quotidian retry" in attempt["hint"]
    assert workspace.run("retry", attempt["code"]).exit_code == 0
    assert picture.read_bytes() == was
    assert workspace.json("list")[0]["may_go_out"]
    app.close()
