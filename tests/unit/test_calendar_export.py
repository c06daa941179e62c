"""The coming posts as an iCalendar file: valid, stable, and deaf to whatever stands in a text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.shown import shown
from scheduler.domain.slots import at_instant, at_wall
from scheduler.testing.samples import NINE, delivery, post
from scheduler.web.ics import coming, ics

HOSTILE = 'Rest.\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil@example\r\nATTACH:file:///etc/passwd\nSUMMARY;X="a:b":c\\n'


def read(*deliveries: Delivery, approved: bool = True, brand: str = "The Clinic") -> tuple[Calendar, list[Event]]:
    written = ics([(post(approved=approved), one) for one in deliveries], brand=brand, now=NINE)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    calendar = Calendar.from_ical(written)
    assert isinstance(calendar, Calendar)
    return calendar, list(calendar.events)


def at(wall: str, zone: str = "Europe/Madrid", **changes: object) -> Delivery:
    slot = at_wall(wall, zone)
    promise = {"due_at": slot.due_at, "wall_time": slot.wall_time, "zone": zone}
    return replace(delivery(), **promise, **changes)  # type: ignore[arg-type]


def test_an_event_says_when_what_and_where_in_the_brands_own_time() -> None:
    calendar, (event,) = read(at("2026-12-01T09:00"))
    assert event["uid"] == "k3f9x2a@quotidian"
    assert event["summary"] == "account: Short walks help a stiff back."
    assert delivery().link in str(event["description"])
    assert (event.start.isoformat(), event["dtstart"].params["TZID"]) == ("2026-12-01T09:00:00+01:00", "Europe/Madrid")
    assert event["status"] == "CONFIRMED"
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Madrid"]
    assert calendar["x-wr-calname"] == "The Clinic"


def test_the_zone_that_comes_along_tells_the_clock_changes_of_the_time() -> None:
    for wall, utc in (("2027-03-27T09:00", "08:00"), ("2027-03-28T09:00", "07:00"), ("2027-10-31T09:00", "08:00")):
        calendar, (event,) = read(at(wall))
        (zone,) = calendar.timezones
        ours = zone.to_tz()
        assert isinstance(event.start, datetime)
        start = event.start.replace(tzinfo=ours)
        assert start.astimezone(UTC).strftime("%H:%M") == utc


def test_the_second_of_two_equal_wall_times_is_told_in_utc() -> None:
    second = at_instant(datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "Europe/Madrid")
    assert second.fold == 1
    promise = {"due_at": second.due_at, "wall_time": second.wall_time, "zone": second.zone, "fold": 1}
    _, (event,) = read(replace(delivery(), **promise))  # type: ignore[arg-type]
    assert event["dtstart"].to_ical() == b"20271031T013000Z"


@pytest.mark.parametrize(
    ("state", "approved", "status"),
    [
        (State.SCHEDULED, True, "CONFIRMED"),
        (State.SCHEDULED, False, "TENTATIVE"),
        (State.HELD, True, "TENTATIVE"),
        (State.CANCELLED, True, "CANCELLED"),
    ],
)
def test_the_status_is_that_of_the_post(state: State, approved: bool, status: str) -> None:
    _, (event,) = read(at("2026-12-01T09:00", state=state), approved=approved)
    assert event["status"] == status


def test_only_what_is_to_come_is_told_and_what_was_called_off() -> None:
    states = (State.SCHEDULED, State.HELD, State.PUBLISHED, State.CANCELLED)
    found = [(post(), replace(delivery(), state=state, due_at=NINE + timedelta(hours=1))) for state in states]
    found.append((post(), replace(delivery(), state=State.CANCELLED, due_at=NINE - timedelta(hours=1))))
    assert [one.state for _, one in coming(found, now=NINE)] == [State.SCHEDULED, State.HELD, State.CANCELLED]


def test_no_posts_make_a_calendar_without_events() -> None:
    assert read()[1] == []


def values(one: Delivery, brand: str) -> dict[str, str]:
    """What stands in the file, by the letter of RFC 5545; icalendar takes a backslash before an n for a line break."""
    lines = ics([(post(), one)], brand=brand, now=NINE).decode().replace("\r\n ", "").split("\r\n")
    named = (line.partition(":") for line in lines)
    return {name: re.sub(r"\\(.)", lambda got: "\n" if got[1] in "nN" else got[1], value) for name, _, value in named}


TEXTS = st.one_of(
    st.just(HOSTILE), st.text(max_size=200), st.text(alphabet='\r\n\x0b\x85\u2028\\;:,"^=BEGINDVT é😀', max_size=90)
)


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_breaks_a_line_or_brings_a_property_in(text: str, channel: str, brand: str) -> None:
    hostile = at("2026-12-01T09:00", text=text, channel=channel, link="")
    calendar, (event,) = read(hostile, brand=brand)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "CATEGORIES", "STATUS", "TRANSP"}
    assert set(calendar) == {"PRODID", "VERSION", "METHOD", "X-WR-CALNAME"}
    assert values(hostile, brand)["DESCRIPTION"] == shown("\n".join(text.splitlines()))
    assert values(hostile, brand)["SUMMARY"].startswith(shown(" ".join(channel.split())))
