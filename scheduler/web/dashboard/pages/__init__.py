"""One page a file; this list is where each is found."""

from __future__ import annotations

from scheduler.web.dashboard.pages import decisions, guide, review, signin, thumbs, today
from scheduler.web.dashboard.visit import Page

PAGES: tuple[Page, ...] = (*today.PAGES, *calendar.PAGES, *moving.PAGES, *guide.PAGES, *decisions.PAGES, *review.PAGES, *signin.PAGES, *thumbs.PAGES)
