"""The coming posts as an iCalendar file (RFC 5545), for whatever calendar program people look into every day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.post import Post
from scheduler.domain.shown import shown

PRODUCT = "-//Quotidian//Quotidian//EN"
LONGEST_SUMMARY = 60
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
SPECIAL = re.compile(r"[\\;,\n]")
ZONE_MARGIN = timedelta(days=400)
"""How far beyond the last post the rules of its zone are told."""


class Words(vText):
    """Text by the letter of RFC 5545: vText takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        """Each of the four characters that mean something in a calendar, escaped once."""
        return SPECIAL.sub(lambda found: ESCAPED[found[0]], self).encode()


def coming(found: Iterable[tuple[Post, Delivery]], *, now: datetime) -> list[tuple[Post, Delivery]]:
    """What may still go out, and what was cancelled and would have: a calendar that has it has to strike it out."""
    return [(post, one) for post, one in found if one.state in LIVE or (_is_off(one) and one.due_at >= now)]


def ics(found: Iterable[tuple[Post, Delivery]], *, brand: str, now: datetime) -> bytes:
    """One event a delivery. Its UID is made of its code, so that a later file updates what an earlier one brought.

    Times are those of the clock on the wall, with the rules of their zones.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", Words(_line(brand) or "Quotidian"))
    days: list[date] = []
    for post, delivery in found:
        calendar.add_component(_event(post, delivery, now))
        days.append(delivery.due_at.date())
    if days:
        calendar.add_missing_timezones(first_date=min(days) - ZONE_MARGIN, last_date=max(days) + ZONE_MARGIN)
    written: bytes = calendar.to_ical()
    return written


def _event(post: Post, delivery: Delivery, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{delivery.code}@quotidian")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", _start(delivery))
    event.add("summary", Words(f"{_line(delivery.channel)}: {_first_words(post)}"))
    event.add("description", Words(shown(_with_link(delivery))))
    event.add("categories", Words(_line(delivery.channel)))
    event.add("status", _status(post, delivery))
    event.add("transp", "TRANSPARENT")
    return event


def _start(delivery: Delivery) -> datetime:
    """By the clock on the wall; of two equal wall times, which a calendar can't tell apart, the second in UTC."""
    at = delivery.due_at.replace(microsecond=0)
    wall = at.astimezone(ZoneInfo(delivery.zone))
    return at.astimezone(UTC) if wall.fold else wall


def _status(post: Post, delivery: Delivery) -> str:
    if _is_off(delivery):
        return "CANCELLED"
    return "CONFIRMED" if post.may_go_out and delivery.state is not State.HELD else "TENTATIVE"


def _is_off(delivery: Delivery) -> bool:
    return delivery.state in (State.CANCELLED, State.FAILED)


def _first_words(post: Post) -> str:
    words = _line(post.words)
    return words if len(words) <= LONGEST_SUMMARY else words[: LONGEST_SUMMARY - 1].rstrip() + "…"


def _with_link(delivery: Delivery) -> str:
    text = "\n".join(delivery.text.splitlines())
    return f"{text}\n\n{delivery.link}" if delivery.link and delivery.link not in text else text


def _line(text: str) -> str:
    return shown(" ".join(text.split()))
