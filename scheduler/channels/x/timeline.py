"""Looks for one of our posts among those that the account shows: by the code in its link, then by its text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scheduler.channels.x.api import ID, Data
from scheduler.channels.x.wire import Unanswered
from scheduler.domain.channel import Outgoing
from scheduler.domain.links import code_in

SHORT_LINK = re.compile(r"https://t\.co/\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A post as the account shows it. `links` has the addresses behind each of its short links.

    `reply_to` is the id of the post that it answers, where it answers one.
    """

    id: str
    text: str
    created_at: datetime
    links: Mapping[str, tuple[str, ...]]
    reply_to: str = ""


def found(shown: Iterable[Data], outgoing: Outgoing, since: datetime) -> str | None:
    """The id of our post; None when it certainly isn't there.

    Raises Unanswered for posts without the documented form, or with a link that can't be looked behind.
    """
    posts = [post for post in map(_posted, shown) if post.created_at >= since]
    for matches in (_has_code, _has_text):
        for post in posts:
            if matches(post, outgoing):
                return post.id
    if any(set(SHORT_LINK.findall(post.text)) - set(post.links) for post in posts):
        raise Unanswered("a post with a link that can't be looked behind")
    return None


def _has_code(post: Posted, outgoing: Outgoing) -> bool:
    return any(code_in(link) == outgoing.code for links in post.links.values() for link in links)


def _has_text(post: Posted, outgoing: Outgoing) -> bool:
    """With its links expanded; the one that X appends for a picture is none of ours. A part answers its own thread."""
    if post.id in outgoing.taken or (post.reply_to and post.reply_to != outgoing.reply_to):
        return False
    text = post.text
    for short, links in post.links.items():
        text = text.replace(short, "" if not links or re.search(r"/(photo|video)/1$", links[0]) else links[0])
    return _plain(html.unescape(text)) == _plain(outgoing.text)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _posted(data: Data) -> Posted:
    if not isinstance(data, dict):
        raise Unanswered("a post without the documented form")
    ident, text, created_at = (data.get(key) for key in ("id", "text", "created_at"))
    if not (isinstance(ident, str) and ID.fullmatch(ident) and isinstance(text, str) and isinstance(created_at, str)):
        raise Unanswered("a post without the documented form")
    more: dict[str, Any] = {"links": _links(data.get("entities")), "reply_to": _answered(data.get("referenced_tweets"))}
    return Posted(id=ident, text=text, created_at=_instant(created_at), **more)


def _answered(references: object) -> str:
    for one in references if isinstance(references, list) else []:
        if isinstance(one, dict) and one.get("type") == "replied_to":
            return str(one.get("id", ""))
    return ""


def _instant(words: str) -> datetime:
    try:
        instant = datetime.fromisoformat(words)
    except ValueError:
        raise Unanswered("a post without a date") from None
    return instant.replace(tzinfo=instant.tzinfo or UTC)


def _links(entities: object) -> dict[str, tuple[str, ...]]:
    urls = entities.get("urls") if isinstance(entities, dict) else None
    links: dict[str, tuple[str, ...]] = {}
    for url in urls if isinstance(urls, list) else []:
        if isinstance(url, dict) and isinstance(short := url.get("url"), str):
            behind = (url.get("expanded_url"), url.get("unwound_url"))
            links[short] = links.get(short, ()) + tuple(link for link in behind if isinstance(link, str))
    return {short: behind for short, behind in links.items() if behind}
