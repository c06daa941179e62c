"""The preview: one HTML file with every coming post as it will look, to be opened or sent to a colleague."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Post
from scheduler.usecases.select import Upcoming
from scheduler.web.pages import stream

MOST = 500
"""So many coming posts, each with its picture, are what a browser shows well."""
LINK_SHOWN = 34
"""Characters of a link that a network shows, about."""
KINDS = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One coming delivery: its time in the workspace's zone, where its card lies, its state in a word and whether a
    person has to act."""

    at: datetime
    delivery: Delivery
    post: Post
    article: str
    card: str
    length: str
    word: str
    style: str

    @property
    def picture(self) -> str:
        """Read when it is written: together they would fill the memory."""
        return _picture(self.card)

    @property
    def words(self) -> tuple[str, str, str]:
        """The text before its link, the link as networks show it, and the text after it."""
        if not self.delivery.link:
            return self.delivery.text, "", ""
        before, link, after = self.delivery.text.partition(self.delivery.link)
        shown = link.partition("://")[2]
        return before, shown[:LINK_SHOWN] + ("…" if len(shown) > LINK_SHOWN else ""), after


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the page tells times, where a card lies that was painted to a path, and how long a text is, in words."""

    zone: str
    now: datetime
    find: Callable[[str], str] = str
    length: Callable[[Delivery], str] = lambda _: ""


def write(path: Path, found: Upcoming, look: Look) -> None:
    """The page, written as it is made. Pictures are inside it, so it needs nothing beside it. Raises OSError."""
    shown = [_coming(found, delivery, look) for delivery in found.deliveries]
    days = [(day, list(group)) for day, group in groupby(shown, key=lambda each: each.at.date())]
    waiting = sum(each.style == "confirm" for each in shown)
    with path.open("w", encoding="utf-8") as file:
        for text in stream(
            "preview.html",
            days=days,
            left_out=found.left_out,
            titles=found.titles,
            count=len(shown),
            more=found.more,
            waiting=waiting,
            zone=look.zone,
            now=look.now.astimezone(ZoneInfo(look.zone)),
        ):
            file.write(text)


def _coming(found: Upcoming, delivery: Delivery, look: Look) -> Coming:
    post = found.posts[delivery.post_id]
    word, style = _state(post, delivery)
    return Coming(
        at=delivery.due_at.astimezone(ZoneInfo(look.zone)),
        delivery=delivery,
        post=post,
        article=found.titles.get(post.article_id, ""),
        card=look.find(delivery.card_path),
        length=look.length(delivery),
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
