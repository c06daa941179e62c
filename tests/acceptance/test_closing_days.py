"""A calendar that changes while the worker runs, and what doctor says of slots and clocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from scheduler.bootstrap import open_app
from scheduler.service import Service
from scheduler.testing.clock import FakeClock
from tests.acceptance.walk import EVERY_SECOND, Workspace

ARTICLE = "Necks\n\nA body likes change more than it likes rules, at any desk and at any age.\n"
CLOSED = "\n".join(
    [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//clinic//EN", "BEGIN:VEVENT", "UID:1", "SUMMARY:Staff day"),
        *("DTSTART;VALUE=DATE:20261125", "END:VEVENT", "END:VCALENDAR", ""),
    ]
)
SLOTS = EVERY_SECOND.replace("every 1 second", "tue 10:30, wed 10:30, thu 10:30").replace("ARTICLE=5", "ARTICLE=1")


@dataclass
class Running:
    """A worker between two looks, and what it logged."""

    service: Service
    workspace: Workspace
    records: list[str] = field(default_factory=list)

    def scan(self, calendar: str) -> list[str]:
        """What is planned after the file was saved like this."""
        (self.workspace.root / "closed.ics").write_text(calendar, "utf-8")
        self.service.scan()
        return [one.wall_time for one in self.service.app.store.deliveries.select()]


@pytest.fixture
def running(workspace: Workspace) -> Iterator[Running]:
    settings = f"{SLOTS}TIME_ZONE=Europe/Madrid\nCALENDAR=closed.ics\n"
    (workspace.root / "settings.env").write_text(settings, "utf-8")
    (workspace.root / "closed.ics").write_text(CLOSED.replace("20261125", "20261224"), "utf-8")
    for path in (workspace.root / "posts" / "articles").iterdir():
        path.unlink()
    workspace.drop("necks.txt", ARTICLE)
    app = open_app(workspace.root)
    app.clock = FakeClock()
    found = Running(Service(app=app), workspace)
    app.log = lambda event, /, **fields: found.records.append(f"{event} {fields}")
    yield found
    app.close()


def test_a_day_that_the_calendar_closes_is_cleared_and_nothing_new_goes_there(running: Running) -> None:
    assert running.scan(CLOSED.replace("20261125", "20261231")) == ["2026-11-24T10:30"]
    assert running.scan(CLOSED.replace("20261125", "20261124")) == ["2026-11-25T10:30"]
    running.workspace.drop("backs.txt", ARTICLE.replace("body", "back").replace("Necks", "Backs"))
    assert running.scan(CLOSED.replace("20261125", "20261124")) == ["2026-11-25T10:30", "2026-11-26T10:30"]


def test_a_broken_calendar_is_told_once_and_the_last_good_one_holds(running: Running) -> None:
    running.scan(CLOSED.replace("20261125", "20261124"))
    assert running.scan("BEGIN:VCALENDAR\nnothing") == ["2026-11-25T10:30"]
    running.service.scan()
    running.workspace.drop("backs.txt", ARTICLE.replace("body", "back").replace("Necks", "Backs"))
    running.service.scan()
    planned = running.service.app.store.deliveries.select()
    assert [one.wall_time for one in planned] == ["2026-11-25T10:30", "2026-11-26T10:30"]
    told = [one for one in running.records if one.startswith("calendar") and "The last one holds." in one]
    assert len(told) == 1
    assert "closed.ics, CALENDAR" in told[0]
    found = {one["what"]: one["verdict"] for one in running.workspace.json("doctor")}
    assert found["calendar"] == "bad"


@pytest.mark.parametrize(
    ("rules", "what", "verdict", "words"),
    [
        ("", "calendar folder", "good", "its next slot is "),
        ("CHANNELS__FOLDER__QUIET=10:00-11:00", "calendar folder", "bad", "No slot is open within 30 days."),
        ("CHANNELS__FOLDER__QUIET=10:00-11:00", "slots folder", "look", "tue 10:30"),
        ("BLOCKED=01-01..12-31", "calendar folder", "bad", "lies in the blocked days 01-01..12-31."),
        ("", "time zone", "good", "Etc/UTC, rules of 20"),
    ],
)
def test_doctor_tells_of_slots_that_never_come_and_of_the_rules_of_the_clocks(
    workspace: Workspace, rules: str, what: str, verdict: str, words: str
) -> None:
    (workspace.root / "settings.env").write_text(f"{SLOTS}{rules}\n", "utf-8")
    found = {one["what"]: one for one in workspace.json("doctor")}
    assert found[what]["verdict"] == verdict
    assert words in found[what]["words"]
