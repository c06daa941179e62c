"""A changed settings.env holds with the next page, whole or not at all, and nobody comes in by it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.bootstrap import App
from scheduler.bootstrap.renewal import AGAIN_SECONDS, Renewal
from scheduler.testing.clock import FakeClock
from scheduler.web.dashboard.signin import Door, hashed
from tests.web.clinic import SETTINGS, clock_of
from tests.web.visitor import HASH, OURS, Visitor


def file_of(app: App) -> Path:
    return app.folders.root / "settings.env"


def change(app: App, more: str) -> None:
    file_of(app).write_text(f"{SETTINGS}{more}\n", "utf-8")


def test_a_change_holds_with_the_next_page(clinic: App, ann: Visitor) -> None:
    assert "Linden Clinic" in ann.get("/").text
    change(clinic, "BRAND=Oak Clinic")
    assert "Oak Clinic" in ann.get("/").text


def test_a_line_that_can_not_be_used_is_told_until_it_is_mended(clinic: App, ann: Visitor) -> None:
    change(clinic, "BRAND=Oak Clinic\nLATE=perhaps")
    page = ann.get("/").text
    assert "The changed settings can’t be used" in page
    assert "settings.env, line 11, LATE" in page
    assert "Linden Clinic" in page
    assert "The changed settings can’t be used" in ann.get("/").text
    change(clinic, "BRAND=Oak Clinic\nLATE=ask")
    page = ann.get("/").text
    assert "can’t be used" not in page
    assert "Oak Clinic" in page


def test_settings_that_are_gone_or_no_text_change_nothing(clinic: App, ann: Visitor) -> None:
    file_of(clinic).write_bytes(b"\xff\xfe")
    assert "not UTF-8 text" in ann.get("/").text
    file_of(clinic).unlink()
    assert "There is no settings.env" in ann.get("/").text
    assert ann.get("/channels").status_code == 200


def test_a_file_that_is_still_being_saved_is_not_believed(clinic: App) -> None:
    clinic.clock = FakeClock(datetime.fromtimestamp(file_of(clinic).stat().st_mtime, UTC) + timedelta(hours=1))
    renewal = Renewal(app=clinic)
    file_of(clinic).write_text("", "utf-8")
    saved_at = clinic.clock.now().timestamp() - 0.5
    os.utime(file_of(clinic), (saved_at, saved_at))
    assert not renewal.look()
    assert renewal.app is clinic
    clock_of(clinic).pass_by(seconds=1)
    assert renewal.look()


def test_what_was_saved_while_it_was_opened_is_not_overlooked(clinic: App) -> None:
    clinic.clock = FakeClock(datetime.fromtimestamp(file_of(clinic).stat().st_mtime, UTC) + timedelta(seconds=5))
    assert not Renewal(app=clinic).look()
    clinic.settings = clinic.settings.model_copy(update={"brand": "Read before"})
    renewal = Renewal(app=clinic)
    assert renewal.look()
    assert renewal.app.settings.brand == "Linden Clinic"


def test_keys_that_are_missing_change_nothing_for_the_others(clinic: App) -> None:
    renewal = Renewal(app=clinic)
    change(clinic, "CHANNELS__BIRD__NETWORK=x")
    assert not renewal.look()
    assert clinic.unusable
    assert clinic.unusable.message == "X needs the API key."


def test_a_remark_is_no_change(clinic: App) -> None:
    renewal = Renewal(app=clinic)
    change(clinic, "# Ours.")
    assert not renewal.look()
    assert (renewal.app, clinic.unusable) == (clinic, None)


def test_what_lacked_a_file_is_tried_again(clinic: App) -> None:
    renewal = Renewal(app=clinic)
    change(clinic, "CALENDAR=closed.ics")
    assert not renewal.look()
    assert clinic.unusable
    (clinic.folders.root / "closed.ics").write_text("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n", "utf-8")
    assert not renewal.look()
    clock_of(clinic).pass_by(seconds=AGAIN_SECONDS)
    assert renewal.look()


@pytest.mark.parametrize("line", ["VAR_FOLDER=elsewhere", "DATABASE_URL=sqlite:///other.db"])
def test_another_database_needs_a_start(clinic: App, line: str) -> None:
    renewal = Renewal(app=clinic)
    change(clinic, line)
    assert not renewal.look()
    assert clinic.unusable
    assert clinic.unusable.message == "Another VAR_FOLDER or DATABASE_URL is taken up only at a start."


def test_a_new_password_is_asked_for_at_once_and_the_old_one_opens_nothing(clinic: App, ann: Visitor) -> None:
    assert ann.get("/").status_code == 200
    change(clinic, f"DASHBOARD_PASSWORD='{HASH}'")
    assert ann.get("/").status_code == 303
    assert ann.sign_in().status_code == 303
    assert ann.get("/").status_code == 200


def test_nobody_stays_in_by_an_old_password(clinic: App, stranger: Visitor) -> None:
    change(clinic, f"DASHBOARD_PASSWORD='{HASH}'")
    stranger.sign_in()
    assert stranger.get("/").status_code == 200
    change(clinic, f"DASHBOARD_PASSWORD='{hashed('another horse battery')}'")
    assert stranger.get("/").status_code == 303
    assert stranger.sign_in().status_code == 403


def test_a_door_that_strangers_reach_never_loses_its_lock(clinic: App) -> None:
    for is_local in (True, False):
        door = Door(sessions=clinic.store.sessions, password=HASH, host_user="Ann", is_local=is_local)
        door.relock("")
        assert door.is_locked is not is_local


def test_a_new_name_is_answered_to_and_an_old_one_no_longer(clinic: App, ann: Visitor) -> None:
    assert ann.get("/", host="posts.clinic.example").status_code == 421
    change(clinic, "DASHBOARD_HOSTS=posts.clinic.example")
    assert ann.get("/", host="posts.clinic.example").status_code == 200
    change(clinic, "")
    ann.get("/")
    assert ann.get("/", host="posts.clinic.example").status_code == 421


def test_a_form_that_was_open_meanwhile_still_counts(clinic: App, ann: Visitor) -> None:
    token = ann.token()
    change(clinic, "BRAND=Oak Clinic")
    data = {"token": token, "why": "", "until": ""}
    assert ann.ask("POST", "/channels/main/pause", data=data, headers=OURS).status_code == 303
    assert "main" in clinic.store.pauses.all()


@pytest.mark.long
def test_whoever_looks_while_settings_change_and_change_sees_whole_pages(clinic: App, ann: Visitor) -> None:
    def look(number: int) -> int:
        if number % 4 == 0:
            change(clinic, f"BRAND=Clinic {number}")
        return ann.another().get("/channels").status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(look, range(40))) == {200}
    change(clinic, "BRAND=The last")
    assert "The last" in ann.get("/").text
