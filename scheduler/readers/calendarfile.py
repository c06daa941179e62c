"""Reads closing days from an iCalendar file: every event is a time at which nothing goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event

from scheduler.domain.closed import Closing, merged
from scheduler.domain.errors import FileUnusable
from scheduler.domain.slots import HORIZON, instant
from scheduler.readers import loading
from scheduler.readers.work import CalendarRequest

MOST_EVENTS = 2_000
MOST_CLOSINGS = 10_000
LONGEST_NAME = 80
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
HINT = "Export it again as an iCalendar file (.ics), with closing days only."


def read_closings(request: CalendarRequest) -> tuple[Closing, ...]:
    """What the file closes from now on to the horizon, sorted, overlaps as one. Raises FileUnusable."""
    data = loading.load(request.name, root=request.root, folder=request.root)
    try:
        calendar = Calendar.from_ical(data)
        _check_cost(calendar, request.name)
        zone = ZoneInfo(request.zone)
        first, last = ((request.now + by).astimezone(zone) for by in (timedelta(days=-1), HORIZON))
        found = recurring_ical_events.of(calendar).between(first, last)
        closings = [closing for event in found for closing in _closings(event, request.zone)]
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        words = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise FileUnusable(f"This is no calendar that can be read: {words}.", hint=HINT, path=request.name) from None
    if len(closings) > MOST_CLOSINGS:
        words = f"Its events come {len(closings)} times in three years; {MOST_CLOSINGS} are read."
        raise FileUnusable(words, hint=HINT, path=request.name)
    return merged(closings)


def _check_cost(calendar: Calendar, name: str) -> None:
    events = list(calendar.walk("VEVENT"))
    if len(events) > MOST_EVENTS:
        raise FileUnusable(f"It has {len(events)} events; {MOST_EVENTS} are read.", hint=HINT, path=name)
    for event in events:
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            often = [str(word).upper() for word in rule.get("FREQ", [])]
            if set(often) & set(TOO_OFTEN) or any(rule.get(f"BY{part}") for part in ("SECOND", "MINUTE", "HOUR")):
                words = f"“{_name(event)}” comes several times a day, which no closing does."
                raise FileUnusable(words, hint=HINT, path=name)


def _closings(event: Event, zone: str) -> Iterator[Closing]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    start, end = event.start, event.end
    if not isinstance(start, datetime) and end <= start:
        # Some programs end a day's event on that day, though the standard means the day after.
        end = start + timedelta(days=1)
    yield Closing(start=_instant(start, zone), end=_instant(end, zone), name=_name(event))


def _instant(at: date, zone: str) -> datetime:
    if not isinstance(at, datetime):
        return instant(at, time(), zone)
    if at.tzinfo is None:
        return instant(at.date(), at.time(), zone)
    return at.astimezone(UTC)


def _name(event: Component) -> str:
    printable = (letter if letter.isprintable() else " " for letter in str(event.get("SUMMARY", "closed")))
    return " ".join("".join(printable).split())[:LONGEST_NAME]
