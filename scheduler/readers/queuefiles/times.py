"""A time of day as people write it: `9am`, `9:00 Uhr`, `21h30`, `24:00`, with an offset from UTC where one is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_MARK = r"a\.? ?m\.?|p\.? ?m\.?|uhr|h|hrs?|o'clock|o’clock"
_TIME = re.compile(
    rf"(\d{{1,2}})(?: ?(?::|\.|h|uhr) ?(\d{{2}}))?(?:[:.](\d{{2}})(?:[.,]\d{{1,9}})?)? ?({_MARK})?"
    r" ?(z|utc|gmt|(?:utc|gmt)? ?[+\-−]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)
_NOON = {"noon": time(12), "midday": time(12), "mittag": time(12), "midi": time(12), "mediodía": time(12)}
_MOST_OFFSET = 14 * 60


class Unreadable(Exception):
    """One sentence about words that can't be understood, and the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """A wall-clock time; `next_day` is true for 24:00. `offset` is in minutes ahead of UTC, where one was named."""

    at: time
    next_day: bool = False
    offset: int | None = None


def read_time(words: str) -> TimeOfDay:
    """Raises Unreadable: no time, an hour that may be in the morning or in the evening, a named zone."""
    found = _TIME.fullmatch(words)
    if found is None:
        if noon := _NOON.get(words.casefold()):
            return TimeOfDay(at=noon)
        raise Unreadable(f"“{words}” is not a time of day.", "Write it as 09:00 or 9am.")
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    mark = re.sub(r"[. ]", "", (found[4] or "").casefold())
    if not mark and found[2] is None:
        raise Unreadable(f"“{words}” may be in the morning or in the evening.", "Write 09:00 or 9am.")
    offset = _offset(found[5], words)
    if (hour, minute, second) == (24, 0, 0) and mark not in ("am", "pm"):
        return TimeOfDay(at=time(0), next_day=True, offset=offset)
    if mark in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise Unreadable(f"“{words}” counts to 12 and to 24 at once.", "Write 09:00 or 9am.")
        hour = hour % 12 + 12 * (mark == "pm")
    if hour > 23 or minute > 59 or second > 59:
        raise Unreadable(f"“{words}” is not a time of day; the last one is 23:59.", "Write it as 09:00 or 9am.")
    return TimeOfDay(at=time(hour, minute, second), offset=offset)


def _offset(words: str | None, whole: str) -> int | None:
    if not words:
        return None
    number = re.sub(r"[^\d+-]", "", words.replace("−", "-"))
    if not number:
        return 0
    digits = number[1:]
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours * 60 + minutes > _MOST_OFFSET or minutes > 59:
        raise Unreadable(f"“{whole}” names no offset from UTC that there is.", "Leave it out, or write +01:00.")
    return (hours * 60 + minutes) * (-1 if number[0] == "-" else 1)
