"""How templates tell a delivery: its words without what was added, and instants to the second."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from babel.dates import format_date, format_time

from scheduler.domain.brief import one_line
from scheduler.web.dashboard.visit import Visit


def story_words(visit: Visit) -> Mapping[str, Any]:
    """Functions for templates."""
    return {"exact": partial(_exact, visit)}


def gist(text: str, link: str) -> str:
    """What a delivery says, without its link and the words before it that call people there, in one line."""
    before, found, _ = text.partition(link) if link else (text, "", "")
    return one_line((found and before.rpartition("\n")[0]) or text.replace(link or "\0", ""))


def _exact(visit: Visit, at: datetime) -> str:
    """`08:30:02` or `8:30:02 AM` today, with `22 Nov, ` before it else."""
    local, locale = at.astimezone(visit.zone), visit.app.settings.locale
    clock = format_time(local, "medium", locale=locale)
    if local.date() == visit.local_now.date():
        return clock
    form = "d MMM" if local.year == visit.local_now.year else "d MMM y"
    return f"{format_date(local, form, locale=locale)}, {clock}"
