"""The day in a date that a machine wrote."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR = 1990

_DATE = re.compile(r"\s*((?:19|20)\d{2})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")


def day_of(words: str) -> str:
    """YYYY-MM-DD of an ISO date or time; empty for anything else."""
    found = _DATE.match(words)
    if not found:
        return ""
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return ""
    return day.isoformat() if day.year >= FIRST_YEAR else ""
