"""A clinic with opening hours: what it plans keeps to them, also when they change afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from scheduler import bootstrap
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

ARTICLE = "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n"
RULES = """TIME_ZONE=Europe/Madrid
CHANNELS__FOLDER__QUIET=21:00-09:00
BLOCKED=11-24
CALENDAR=closed.ics
"""
CLOSED = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//clinic//EN
BEGIN:VEVENT
UID:1
SUMMARY:Staff day
DTSTART;VALUE=DATE:20261125
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def clinic(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Monday the 23rd of November, ten in the morning in Madrid; two slots a day, one of them early."""
    clock = FakeClock()
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: clock)
    workspace.drop("necks.txt", ARTICLE)
    (workspace.root / "closed.ics").write_text(CLOSED, "utf-8")
    configure(workspace, RULES)
    return workspace


def configure(clinic: Workspace, rules: str) -> None:
    slots = EVERY_SECOND.replace("every 1 second", "daily 08:30, tue 10:30, wed 10:30, thu 10:30")
    (clinic.root / "settings.env").write_text(slots + rules, "utf-8")


def planned(clinic: Workspace) -> list[str]:
    return [one["wall_time"] for one in clinic.json("plan")["planned"]]


def test_a_plan_keeps_to_quiet_hours_blocked_days_and_the_calendar(clinic: Workspace) -> None:
    assert planned(clinic) == ["2026-11-26T10:30"]
    configure(clinic, "TIME_ZONE=Europe/Madrid\n")
    assert planned(clinic) == ["2026-11-24T08:30"]


def test_a_calendar_that_is_not_there_stops_the_plan_and_names_the_setting(clinic: Workspace) -> None:
    (clinic.root / "closed.ics").unlink()
    refused = clinic.run("plan")
    assert refused.exit_code == 3
    assert "There is no such file." in refused.stderr
    assert "closed.ics, CALENDAR" in refused.stderr


def test_what_was_planned_makes_way_when_the_worker_starts_on_new_rules(clinic: Workspace) -> None:
    configure(clinic, "TIME_ZONE=Europe/Madrid\n")
    clinic.run("queue")
    configure(clinic, RULES)
    clinic.run("worker", "--once")
    ((delivery,),) = [post["deliveries"] for post in clinic.json("list")]
    assert delivery["wall_time"] == "2026-11-26T10:30"
    told = "2026-11-24 08:30 lies in the blocked days 11-24; moved to 2026-11-26 10:30."
    assert told in clinic.run("why", delivery["code"]).output


def test_a_move_out_of_hours_is_refused(clinic: Workspace) -> None:
    clinic.run("queue")
    refused = clinic.run("move", "1", "2026-11-26 21:30")
    assert refused.exit_code == 1
    assert "2026-11-26 21:30 lies in the quiet hours 21:00-09:00." in refused.stderr


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Path]:
    """The file of a zone whose clocks run as Madrid's."""
    (tmp_path / "zones" / "Test").mkdir(parents=True)
    file = tmp_path / "zones" / "Test" / "Town"
    file.write_bytes(rules_of("Europe/Madrid"))
    reset_tzpath([str(tmp_path / "zones")])
    ZoneInfo.clear_cache()
    yield file
    reset_tzpath()
    ZoneInfo.clear_cache()


def rules_of(zone: str) -> bytes:
    return (files("tzdata") / "zoneinfo" / zone).read_bytes()


def test_a_worker_that_starts_with_new_zone_rules_keeps_the_promised_wall_time(clinic: Workspace, town: Path) -> None:
    configure(clinic, "TIME_ZONE=Test/Town\n")
    clinic.run("queue")
    clinic.run("move", "1", "2027-07-01 08:30")
    town.write_bytes(rules_of("Africa/Tunis"))
    ZoneInfo.clear_cache()
    clinic.run("worker", "--once")
    ((delivery,),) = [post["deliveries"] for post in clinic.json("list")]
    assert (delivery["wall_time"], delivery["due_at"][:16]) == ("2027-07-01T08:30", "2027-07-01T07:30")
    assert "The rules of Test/Town changed: 2027-07-01 08:30 is 2027-07-01 07:30 UTC" in clinic.run("why", "1").output
