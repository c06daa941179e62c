"""A running worker follows the calendar of closing days: what rests on the accounts' calendars is made anew."""

from __future__ import annotations

from functools import cached_property

from scheduler.bootstrap.app import App

KEPT = frozenset({"store", "inbox", "shelf", "rules", "check", "taste", "offices", "campaigns", "channels", "courier"})
"""The courier knows what this process has under way; the others don't rest on a calendar."""


def reread(app: App) -> bool:
    """Whether the calendar's file changed and closes other days since. Raises SettingsUnusable, once, for a file that
    can't be read: then the last good one holds."""
    if not app.channels.reread():
        return False
    for name in set(app.__dict__) - KEPT:
        if isinstance(getattr(App, name, None), cached_property):
            app.__dict__.pop(name, None)
    return True
