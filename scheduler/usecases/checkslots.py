"""What `doctor` says of an account's calendar and of the rules of its zone: will its slots ever come?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from scheduler.domain.slots import WEEKDAYS, WeeklySlot, at_instant, upcoming
from scheduler.domain.timetable import Timetable
from scheduler.usecases.preflight import Diagnosis, Verdict, good

SOON = timedelta(days=30)
OLD = timedelta(days=2 * 365)
CLOSED_HINT = "Give the channel other slots, or shorten QUIET, BLOCKED or the calendar."


def calendars(tables: Iterable[Timetable], *, now: datetime) -> Iterator[Diagnosis]:
    """Of each account, the next time at which it may publish, and which slots never come."""
    for table in tables:
        yield _opening(table, now)
        if never := list(_never(table)):
            words = f"{', '.join(never)} in the quiet hours."
            yield Diagnosis(what=f"slots {table.account}", verdict=Verdict.LOOK, words=words, hint=CLOSED_HINT)


def _opening(table: Timetable, now: datetime) -> Diagnosis:
    what, first = f"calendar {table.account}", next(table.times(after=now), None)
    if first and first.due_at - now <= SOON:
        return good(what, f"its next slot is {first.said}")
    missed = next(upcoming(table.slots, zone=table.zone, after=now))
    why = f"{missed.said} {table.why_closed(missed.due_at)}" if table.why_closed(missed.due_at) else ""
    words = f"No slot is open within {SOON.days} days{f', the next one is {first.said}' if first else ''}."
    verdict = Verdict.LOOK if first else Verdict.BAD
    return Diagnosis(what=what, verdict=verdict, words=f"{words} {why}{'.' if why else ''}".strip(), hint=CLOSED_HINT)


def _never(table: Timetable) -> Iterator[str]:
    for slot in table.slots:
        if isinstance(slot, WeeklySlot) and any(hours.holds(slot.at) for hours in table.closed.quiet):
            yield f"{WEEKDAYS[slot.weekday]} {slot.at:%H:%M} lies"


def zone_rules(zone: str, version: str, source: str, *, known: bool, now: datetime) -> Diagnosis:
    """Whether the rules of the clocks may be out of date; `version` is IANA's, such as 2026b."""
    words = f"{zone}, rules of {version or 'an unknown version'} from {source}, {at_instant(now, zone).said} now"
    year = int(version[:4]) if version[:4].isdigit() else 0
    if not known:
        hint = "Name a zone of the IANA database in TIME_ZONE, such as Europe/Madrid."
        return Diagnosis(
            what="time zone", verdict=Verdict.LOOK, words=f"{words}; tzdata knows no such zone.", hint=hint
        )
    if year and now - datetime(year, 1, 1, tzinfo=now.tzinfo) > OLD:
        hint = "Governments change them: bring the system's time zones or the package tzdata up to date."
        return Diagnosis(what="time zone", verdict=Verdict.LOOK, words=f"{words}; they are old.", hint=hint)
    return good("time zone", words)
