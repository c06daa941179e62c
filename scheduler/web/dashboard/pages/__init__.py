"""One page a file; this list is where each is found."""

from __future__ import annotations

from scheduler.web.dashboard.pages import (
    calendar,
    decisions,
    guide,
    moving,
    review,
    signin,
    thumbs,
    today,
)
from scheduler.web.dashboard.visit import Page

PAGES: tuple[Page, ...] = (
    *calendar.PAGES,
    *decisions.PAGES,
    *guide.PAGES,
    *moving.PAGES,
    *review.PAGES,
    *signin.PAGES,
    *thumbs.PAGES,
    *today.PAGES,
)
