"""The preview: one HTML file with every coming post as it will look, to be opened or sent to a colleague."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.post import Post
from scheduler.usecases.review import Entry
from scheduler.web.pages import page

LINK_SHOWN = 34
"""Characters of a link that a network shows, about."""
KINDS = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One coming delivery: its time in the workspace's zone, its state in a word and whether a person has to act."""

    at: datetime
    delivery: Delivery
    post: Post
    article: str
    picture: str
    length: str
    word: str
    style: str

    @property
    def words(self) -> tuple[str, str, str]:
        """The text before its link, the link as networks show it, and the text after it."""
        if not self.delivery.link:
            return self.delivery.text, "", ""
        before, link, after = self.delivery.text.partition(self.delivery.link)
        shown = link.partition("://")[2]
        return before, shown[:LINK_SHOWN] + ("…" if len(shown) > LINK_SHOWN else ""), after


def coming(found: Sequence[Entry]) -> list[tuple[Entry, Delivery]]:
    """Every delivery that may still go out, by its instant."""
    pairs = [(entry, delivery) for entry in found for delivery in entry.deliveries if delivery.state in LIVE]
    return sorted(pairs, key=lambda pair: pair[1].due_at)


def render(
    found: Sequence[Entry], *, zone: str, now: datetime, length: Callable[[Delivery], str] = lambda _: ""
) -> str:
    """The page. Pictures are inside it, so it needs nothing beside it; `length` says how long a text is, in words."""
    shown = [_coming(entry, delivery, zone, length(delivery)) for entry, delivery in coming(found)]
    days = [(day, list(group)) for day, group in groupby(shown, key=lambda each: each.at.date())]
    left_out = [entry for entry in found if not entry.deliveries]
    waiting = sum(each.style == "confirm" for each in shown)
    local = now.astimezone(ZoneInfo(zone))
    return page("preview.html", days=days, left_out=left_out, count=len(shown), waiting=waiting, zone=zone, now=local)


def _coming(entry: Entry, delivery: Delivery, zone: str, length: str) -> Coming:
    word, style = _state(entry.post, delivery)
    return Coming(
        at=delivery.due_at.astimezone(ZoneInfo(zone)),
        delivery=delivery,
        post=entry.post,
        article=entry.article,
        picture=_picture(delivery.card_path),
        length=length,
        word=word,
        style=style,
    )


def _state(post: Post, delivery: Delivery) -> tuple[str, str]:
    if delivery.state is not State.SCHEDULED:
        return delivery.state.value.capitalize(), delivery.state.value
    if post.may_go_out:
        return "Scheduled", "scheduled"
    return ("Confirm needed", "confirm") if post.findings else ("Draft", "draft")


def _picture(path: str) -> str:
    """As a data address; empty when the file is gone, which the page says."""
    try:
        data = Path(path).read_bytes()
    except OSError:
        return ""
    return f"data:{KINDS[Path(path).suffix.lstrip('.')]};base64,{base64.b64encode(data).decode()}"
