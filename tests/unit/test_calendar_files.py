"""Closing days: what an iCalendar file closes, and files that are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.bootstrap import hostile
from scheduler.domain.closed import Closing
from scheduler.domain.errors import FileUnusable, SettingsUnusable
from scheduler.readers.calendarfile import read_closings
from scheduler.readers.work import CalendarRequest
from scheduler.testing.samples import NINE


def ics(*events: str) -> str:
    """A calendar of these events, each given as its lines without BEGIN and END."""
    inside = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\n{event}\r\nEND:VEVENT\r\n" for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{inside}END:VCALENDAR\r\n"


def read(folder: Path, *events: str, zone: str = "Europe/Madrid") -> list[tuple[str, str, str]]:
    """Start and end as minutes UTC, and the name."""
    (folder / "closed.ics").write_text(ics(*events), "utf-8", newline="")
    found = read_closings(CalendarRequest(root=folder, name="closed.ics", zone=zone, now=NINE))
    return [(f"{one.start:%Y-%m-%dT%H:%M}", f"{one.end:%Y-%m-%dT%H:%M}", one.name) for one in found]


DAY = "SUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20261224\r\n"
LUNCH = "SUMMARY:Meeting\r\nDTSTART;TZID=America/New_York:20261201T120000\r\n"
CLOSED = [
    (DAY + "DTEND;VALUE=DATE:20261227", [("2026-12-23T23:00", "2026-12-26T23:00", "Christmas")]),
    (DAY.strip(), [("2026-12-23T23:00", "2026-12-24T23:00", "Christmas")]),
    (DAY + "DTEND;VALUE=DATE:20261224", [("2026-12-23T23:00", "2026-12-24T23:00", "Christmas")]),
    (DAY + "DURATION:P2D", [("2026-12-23T23:00", "2026-12-25T23:00", "Christmas")]),
    (LUNCH + "DURATION:PT90M", [("2026-12-01T17:00", "2026-12-01T18:30", "Meeting")]),
    (LUNCH + "DTEND:20261201T180000Z", [("2026-12-01T17:00", "2026-12-01T18:00", "Meeting")]),
    ("DTSTART:20261201T120000\r\nDTEND:20261201T130000", [("2026-12-01T11:00", "2026-12-01T12:00", "closed")]),
    (DAY + "STATUS:CANCELLED", []),
    ("SUMMARY:Old\r\nDTSTART;VALUE=DATE:20200101", []),
]


@pytest.mark.parametrize(("event", "closings"), CLOSED)
def test_an_event_closes_its_days_or_hours_on_the_clocks_that_it_names(
    tmp_path: Path, event: str, closings: list[tuple[str, str, str]]
) -> None:
    assert read(tmp_path, event) == closings


def test_a_yearly_event_closes_every_year_but_the_one_that_is_left_out(tmp_path: Path) -> None:
    event = "SUMMARY:Fair\r\nDTSTART;VALUE=DATE:20250601\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20280601"
    found = read(tmp_path, event, zone="Etc/UTC")
    assert [start for start, _, _ in found] == ["2027-06-01T00:00", "2029-06-01T00:00"]


def test_events_that_overlap_close_once_and_those_that_meet_stay_apart(tmp_path: Path) -> None:
    spans = [(1, 4), (2, 3), (4, 6), (9, 10)]
    events = [f"DTSTART;VALUE=DATE:2027010{a}\r\nDTEND;VALUE=DATE:202701{b:02}" for a, b in spans]
    found = read(tmp_path, *events, zone="Etc/UTC")
    assert [(start[8:10], end[8:10]) for start, end, _ in found] == [("01", "04"), ("04", "06"), ("09", "10")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("this is no calendar", "no calendar that can be read"),
        (ics("DTSTART;VALUE=DATE:20261399"), "no calendar that can be read"),
        (ics(DAY + "RRULE:FREQ=SECONDLY"), "“Christmas” comes several times a day"),
        (ics(DAY + "RRULE:FREQ=DAILY;BYSECOND=1,2,3"), "several times a day"),
        (ics(*(f"DTSTART;VALUE=DATE:20270101\r\nSUMMARY:{n}" for n in range(2_001))), "2001 events; 2000 are read"),
        (ics(*(DAY + "RRULE:FREQ=DAILY" for _ in range(12))), "times in three years"),
    ],
)
def test_a_file_that_is_no_calendar_or_wants_too_much_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "closed.ics").write_text(text, "utf-8")
    with pytest.raises(FileUnusable, match=words) as refused:
        read_closings(CalendarRequest(root=tmp_path, name="closed.ics", zone="Etc/UTC", now=NINE))
    assert refused.value.path == "closed.ics"
    assert ".ics" in refused.value.hint


def test_a_broken_calendar_is_told_with_the_setting_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "closed.ics").write_text(ics(DAY.strip()), "utf-8")
    (closing,) = hostile.read_closings(tmp_path, "closed.ics", zone="Etc/UTC", now=NINE)
    day = datetime(2026, 12, 24, tzinfo=UTC)
    assert closing == Closing(start=day, end=day.replace(day=25), name="Christmas")
    with pytest.raises(SettingsUnusable, match="no such file") as refused:
        hostile.read_closings(tmp_path, "gone.ics", zone="Etc/UTC", now=NINE)
    assert refused.value.place == "gone.ics, CALENDAR"
