"""A running worker follows the calendar of closing days: what rests on the accounts' calendars is made anew."""

from __future__ import annotations

from functools import cached_property

from scheduler.bootstrap.app import App
from scheduler.domain.errors import SettingsUnusable

KEPT = frozenset({"store", "inbox", "shelf", "rules", "check", "taste", "offices", "campaigns", "channels", "courier"})
"""The courier knows what this process has under way; the others don't rest on a calendar."""


def reread(app: App) -> bool:
    """Whether the calendar's file changed and closes other days since. One that can't be read is told in the log, once;
    then the last good one holds."""
    try:
        changed = app.channels.reread()
    except SettingsUnusable as error:
        app.log("calendar", words=f"{error.message} The last one holds.", place=error.place, hint=error.hint)
        return False
    if not changed:
        return False
    app.log("calendar", words="It closes other days now.")
    for name in set(app.__dict__) - KEPT:
        if isinstance(getattr(App, name, None), cached_property):
            app.__dict__.pop(name, None)
    return True
