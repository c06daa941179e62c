"""What stands around every page: the worker's verdict, what waits, the keys, the fonts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from scheduler.bootstrap import App
from scheduler.dispatch.lock import only_worker
from scheduler.domain.heartbeat import Heartbeat
from scheduler.web.dashboard.looks import PLACES
from scheduler.web.dashboard.pulse import pulse_of
from tests.web.clinic import beat, clock_of
from tests.web.visitor import Visitor


def test_every_page_says_when_the_worker_stopped_and_what_is_overdue(clinic: App, ann: Visitor) -> None:
    clock_of(clinic).pass_by(days=3)
    overdue = pulse_of(clinic, now=clinic.clock.now()).overdue
    for path in ("/", "/channels", "/help", "/nowhere"):
        page = ann.get(path).text
        assert "Worker stopped" in page
        assert "The worker stopped" in page
        assert f"{overdue} post" in page
        assert overdue > 0


def test_a_worker_that_runs_is_well(clinic: App, ann: Visitor) -> None:
    beat(clinic)
    with only_worker(clinic.folders.lock):
        page = ann.get("/").text
    assert "Worker running" in page
    assert "The worker stopped" not in page


def called_by_cron(app: App) -> None:
    """Three times, five minutes apart, the last time now; before that it sent what was due."""
    at = [app.clock.now() - timedelta(minutes=minutes) for minutes in (10, 5, 0)]
    app.store.heartbeat.beat(Heartbeat(at=at[-1], boot="this", pid=1, runs=tuple(at)))


def test_a_worker_that_cron_runs_is_well_between_its_runs(empty: App) -> None:
    called_by_cron(empty)
    clock_of(empty).pass_by(minutes=4)
    page = Visitor(empty).get("/").text
    assert "Runs by cron" in page
    assert "last 4 min ago" in page
    assert "stopped" not in page


def test_a_worker_that_cron_forgot_is_late(clinic: App, ann: Visitor) -> None:
    called_by_cron(clinic)
    clock_of(clinic).pass_by(hours=3)
    page = ann.get("/").text
    assert "Cron is late" in page
    assert "usually does so about every 5 minutes" in page
    assert "Worker stopped" not in page


def test_a_worker_that_hangs_is_called_silent(clinic: App) -> None:
    with only_worker(clinic.folders.lock):
        pulse = pulse_of(clinic, now=clinic.clock.now() + timedelta(hours=1))
    assert pulse.runs
    assert pulse.silent
    assert not pulse.is_well


def test_the_verdict_alone_takes_no_message_away(ann: Visitor) -> None:
    ann.post("/keyboard", keys="off")
    assert "Worker" in ann.get("/pulse").text
    assert "Single keys are off" in ann.get("/keyboard").text


def test_single_keys_can_be_switched_off_and_on(ann: Visitor) -> None:
    ann.post("/keyboard", keys="off")
    assert 'data-keys="off"' in ann.get("/").text
    ann.post("/keyboard", keys="on")
    assert 'data-keys="off"' not in ann.get("/").text


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
def test_a_place_is_named_as_the_present_one(ann: Visitor, place: tuple[str, str, str]) -> None:
    page = ann.get(place[2]).text
    assert f'<a href="{place[2]}" aria-current="page">' in page
    assert page.count("<h1") == 1


def test_what_waits_is_counted_in_the_navigation(ann: Visitor) -> None:
    page = ann.get("/").text
    assert "to review</span>" in page
    assert "need you</span>" in page


def test_a_stranger_learns_nothing_from_the_frame(stranger: Visitor) -> None:
    page = stranger.get("/signin").text
    assert "Worker" not in page
    assert 'aria-label="Main"' not in page


def test_the_fonts_are_small_and_hold_the_letters(ann: Visitor, tmp_path: Path) -> None:
    answer = ann.get("/fonts/sans-400.woff2")
    (tmp_path / "font.woff2").write_bytes(answer.content)
    letters = TTFont(tmp_path / "font.woff2").getBestCmap()
    assert all(ord(letter) in letters for letter in "Aaéßž“”…€")
    assert len(answer.content) < 30_000
    assert "immutable" in answer.headers["cache-control"]


def test_another_font_is_not_made(ann: Visitor) -> None:
    assert ann.get("/fonts/serif-900.woff2").status_code == 404
