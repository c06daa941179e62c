"""quotidian campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.cli.common import command, count, emit, opened, say
from scheduler.cli.pause import said
from scheduler.domain.slots import at_instant
from scheduler.usecases.campaignlist import Standing, standings

if TYPE_CHECKING:
    from scheduler.bootstrap import App


@command(example="quotidian campaigns")
def campaigns(workspace: str, as_json: bool) -> None:
    """Show every campaign: how long it lasts, what it has coming, and whether it is paused.

    An article joins one by a line such as `campaign: three-month-drip` at its top, all articles join the one that the
    setting CAMPAIGN names. `quotidian pause NAME` stops a campaign, `quotidian list --campaign NAME` shows its posts.
    """
    with opened(workspace) as app:
        found = standings(app.campaigns, app.store.calendar.bookings(), app.store.pauses)
        if as_json:
            emit([_document(one) for one in found])
            return
        for one in found:
            say(_words(one, app))


def _words(one: Standing, app: App) -> str:
    lines = [one.name, f"  {_about(one)}"]
    if one.next_at and one.last_at:
        span = " to ".join(at_instant(at, app.settings.time_zone).said for at in (one.next_at, one.last_at))
        lines.append(f"  {count(one.coming, 'delivery', 'deliveries')} to come, {span}; {one.published} out.")
    elif one.published:
        lines.append(f"  Nothing more to come; {one.published} out.")
    if one.pause:
        lines.append(f"  It is {said(one.pause, app)}.")
    return "\n".join(lines)


def _about(one: Standing) -> str:
    if one.campaign is None:
        return f"It can't be used: {one.broken}" if one.broken else "Its file is gone; its deliveries stay."
    return (
        one.campaign.about or f"{count(one.campaign.weeks, 'week')}, {count(one.campaign.wanted, 'post')} an article."
    )


def _document(one: Standing) -> dict[str, Any]:
    return {
        "name": one.name,
        "about": one.campaign.about if one.campaign else None,
        "weeks": one.campaign.weeks if one.campaign else None,
        "posts_per_article": one.campaign.wanted if one.campaign else None,
        "error": one.broken or None,
        "coming": one.coming,
        "published": one.published,
        "next_at": one.next_at,
        "last_at": one.last_at,
        "paused": one.pause,
    }
