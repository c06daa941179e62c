"""How the log's templates tell a delivery: its words without what was added, and instants to the second."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from babel.dates import format_date, format_time

from scheduler.web.dashboard.visit import Visit


def story_words(visit: Visit) -> Mapping[str, Any]:
    """Functions for templates."""
    return {"gist": gist, "exact": partial(_exact, visit)}


def gist(text: str, link: str) -> str:
    """What a delivery says, without its call and link, in one line."""
    before = text.partition(link)[0] if link else text
    words, _, call = before.rstrip().rpartition("\n\n")
    return " ".join((words if words and link and call else before).split())


def _exact(visit: Visit, at: datetime) -> str:
    """`08:30:02` today, `22 Nov 08:30:02` else."""
    local, locale = at.astimezone(visit.zone), visit.app.settings.locale
    clock = format_time(local, "HH:mm:ss", locale=locale)
    if local.date() == visit.local_now.date():
        return clock
    form = "d MMM" if local.year == visit.local_now.year else "d MMM y"
    return f"{format_date(local, form, locale=locale)}, {clock}"
