"""The day in a date, as a machine or a person wrote it."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR = 1990

# The first letters that tell a month from the others, in English, German, French, Spanish, Portuguese, Italian, Dutch.
MONTHS = (
    *("jan ene gen ينا ינו", "feb fév fev feb فبر פבר", "mar mär maa mrt مار מרץ", "apr abr avr أبر إبر אפר"),
    *("may mai mag mei ماي מאי", "jun juin giu يون יונ", "jul juil lug يول יול", "aug ago août aou أغس אוג"),
    *("sep set سبت ספט", "oct okt out ott أكت אוק", "nov نوف נוב", "dec dez déc dic ديس דצמ"),
)

_MACHINES = re.compile(r"\s*((?:19|20)\d{2})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?:\s+d[ei])?\s+ב?([^\W\d_]{3,12})\.?,?(?:\s+d[ei])?\s+((?:19|20)\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})(?!\d)")


def day_of(words: str) -> str:
    """YYYY-MM-DD of an ISO date or time; empty for anything else."""
    found = _MACHINES.match(words)
    return _day(*map(int, found.groups())) if found else ""


def day_in(words: str) -> str:
    """YYYY-MM-DD of the first date that people would read in these words; empty where there is none.

    A date of figures and slashes is none: nobody knows which of them is the month.
    """
    if found := _ISO.search(words):
        return _day(*map(int, found.groups()))
    if found := _DOTTED.search(words):
        return _day(int(found.group(3)), int(found.group(2)), int(found.group(1)))
    if found := _DAY_FIRST.search(words):
        return _day(int(found.group(3)), _month(found.group(2)), int(found.group(1)))
    if found := _MONTH_FIRST.search(words):
        return _day(int(found.group(3)), _month(found.group(1)), int(found.group(2)))
    return ""


def _month(name: str) -> int:
    low = name.lower()
    return next((number for number, starts in enumerate(MONTHS, 1) if low.startswith(tuple(starts.split()))), 0)


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if year >= FIRST_YEAR else ""
    except ValueError:
        return ""
