"""Today: what needs you, what goes out next, and how the worker is."""

from __future__ import annotations

from scheduler.web.dashboard.looks import shown
from scheduler.web.dashboard.visit import Answer, Page, Visit


def today(visit: Visit) -> Answer:
    """The first page."""
    return shown(visit, "today.html", place="today")


PAGES = (Page(path="/", view=today),)
