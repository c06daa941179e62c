"""One page a file; this list is where each is found."""

from __future__ import annotations

from scheduler.web.dashboard.pages import (
    articles,
    calendar,
    cards,
    channels,
    decisions,
    exports,
    fonts,
    guide,
    log,
    moving,
    report,
    review,
    signin,
    slots,
    story,
    thumbs,
    today,
)
from scheduler.web.dashboard.visit import Page

PAGES: tuple[Page, ...] = (
    *articles.PAGES,
    *calendar.PAGES,
    *cards.PAGES,
    *channels.PAGES,
    *decisions.PAGES,
    *exports.PAGES,
    *fonts.PAGES,
    *guide.PAGES,
    *log.PAGES,
    *moving.PAGES,
    *report.PAGES,
    *review.PAGES,
    *signin.PAGES,
    *slots.PAGES,
    *story.PAGES,
    *thumbs.PAGES,
    *today.PAGES,
)
