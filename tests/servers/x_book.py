"""What the stand-in for X knows: pictures, posts, and what each call cost. Prices and rules as X tells them.

Its window for duplicates, a day, is our assumption: X tells none. And where X wants a top-level domain that exists, it
takes the reserved `.example` of our samples for one.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from twitter_text import extract_urls_with_indices, parse_tweet

POST, LINK_POST, ALT_TEXT, READ = 15, 200, 5, 1
"""Prices in thousandths of a dollar."""
LONGEST = 280
LARGEST_PICTURE = 5_000_000
SAME_TEXT = timedelta(days=1)
AS_IF = (".example/", ".network/")
USER_ID, USER_NAME = "4400", "linden_clinic"


class Refusal(Exception):
    """X says no: status and words."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        self.words = words
        super().__init__(words)


@dataclass(kw_only=True)
class Upload:
    """A picture; `states` are told one after the other, the last one for ever."""

    data: bytes = b""
    total_bytes: int = 0
    alt_text: str = ""
    states: list[str] = field(default_factory=list)
    pieces: int = 0
    is_whole: bool = True

    @property
    def is_ready(self) -> bool:
        return self.is_whole and self.states[:1] in ([], ["succeeded"])


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post that X took."""

    id: str
    text: str
    media: tuple[Upload, ...]
    at: datetime
    reply_to: str = ""


@dataclass(kw_only=True)
class Book:
    """The account's truth. `processing` are the states of each new picture; `shown_after` delays the timeline."""

    now: Callable[[], datetime]
    processing: tuple[str, ...] = ()
    shown_after: timedelta = timedelta(0)
    page: int = 100
    posts: list[Post] = field(default_factory=list)
    uploads: dict[str, Upload] = field(default_factory=dict)
    ledger: list[tuple[str, int]] = field(default_factory=list)

    @property
    def cost_usd(self) -> float:
        return sum(price for _, price in self.ledger) / 1000

    def upload(self, body: dict[str, Any]) -> dict[str, Any]:
        data = base64.b64decode(body["media"], validate=True)
        return self._kept(Upload(data=data, total_bytes=len(data), states=list(self.processing)))

    def initialize(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._kept(Upload(total_bytes=body["total_bytes"], is_whole=False))

    def _kept(self, upload: Upload) -> dict[str, Any]:
        if upload.total_bytes > LARGEST_PICTURE:
            raise Refusal(413, "Payload Too Large")
        media_id = str(7000 + len(self.uploads))
        self.uploads[media_id] = upload
        return self._state(media_id)

    def _state(self, media_id: str) -> dict[str, Any]:
        told: dict[str, Any] = {"id": media_id, "media_key": f"3_{media_id}"}
        if states := self._upload(media_id).states:
            told["processing_info"] = {"state": states[0], "check_after_secs": 0}
        return {"data": told}

    def _upload(self, media_id: str) -> Upload:
        if media_id not in self.uploads:
            raise Refusal(400, f"There is no media {media_id}.")
        return self.uploads[media_id]

    def append(self, media_id: str, body: dict[str, Any]) -> dict[str, Any]:
        upload = self._upload(media_id)
        piece = base64.b64decode(body["media"], validate=True)
        if body["segment_index"] != upload.pieces:
            raise Refusal(400, "A segment is missing.")
        upload.pieces += 1
        upload.data += piece
        return {"data": {"expires_at": 1}}

    def finalize(self, media_id: str) -> dict[str, Any]:
        upload = self._upload(media_id)
        if len(upload.data) != upload.total_bytes:
            raise Refusal(400, "Segments do not add up to the size that was told.")
        upload.is_whole, upload.states = True, list(self.processing)
        return self._state(media_id)

    def status(self, media_id: str) -> dict[str, Any]:
        states = self._upload(media_id).states
        if len(states) > 1:
            states.pop(0)
        return self._state(media_id)

    def describe(self, body: dict[str, Any]) -> dict[str, Any]:
        self._upload(body["id"]).alt_text = body["metadata"]["alt_text"]["text"]
        self.ledger.append(("alt text", ALT_TEXT))
        return {"data": {"id": body["id"]}}

    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        text = body.get("text", "")
        media = tuple(self._upload(media_id) for media_id in body.get("media", {}).get("media_ids", ()))
        reply_to = body.get("reply", {}).get("in_reply_to_tweet_id", "")
        self._mind(text, media, reply_to)
        post = Post(id=str(1800 + len(self.posts)), text=text, media=media, at=self.now(), reply_to=reply_to)
        self.posts.append(post)
        self.ledger.append(("post with a link", LINK_POST) if links(text) else ("post", POST))
        return {"data": {"id": post.id, "text": shown(post)[0]}}

    def _mind(self, text: str, media: tuple[Upload, ...], reply_to: str) -> None:
        if reply_to and reply_to not in {post.id for post in self.posts}:
            raise Refusal(403, "You attempted to reply to a Post that is deleted or not visible to you.")
        if not all(upload.is_ready for upload in media):
            raise Refusal(400, "Your media is not ready.")
        if not (text or media) or weight(text) > LONGEST:
            raise Refusal(400, "The text is empty or too long.")
        if any(post.text == text and self.now() - post.at < SAME_TEXT for post in self.posts):
            raise Refusal(403, "You are not allowed to create a post with duplicate content.")

    def timeline(self, query: dict[str, str]) -> dict[str, Any]:
        since = datetime.strptime(query["start_time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        seen = [post for post in reversed(self.posts) if since <= post.at <= self.now() - self.shown_after]
        start = int(query.get("pagination_token", "0"))
        part = seen[start : start + self.page]
        self.ledger += [("read", READ)] * len(part)
        meta: dict[str, Any] = {"result_count": len(part)}
        if start + self.page < len(seen):
            meta["next_token"] = str(start + self.page)
        return {"meta": meta} | ({"data": [told(post) for post in part]} if part else {})


def weight(text: str) -> int:
    """How long a text is for X."""
    return int(parse_tweet(text.replace(*AS_IF)).weightedLength)


def links(text: str) -> list[str]:
    """The addresses that X would shorten."""
    return [found["url"].replace(*reversed(AS_IF)) for found in extract_urls_with_indices(text.replace(*AS_IF))]


def shown(post: Post) -> tuple[str, list[dict[str, Any]]]:
    """The text as X gives it back, every address shortened, and what is behind the short ones."""
    text, behind = html.escape(post.text, quote=False), []
    for number, url in enumerate(links(post.text)):
        short = f"https://t.co/{post.id}a{number}"
        text = text.replace(html.escape(url, quote=False), short, 1)
        behind.append({"url": short, "expanded_url": url, "start": 0, "end": 0})
    if post.media:
        short = f"https://t.co/{post.id}m"
        text = f"{text} {short}"
        photo = f"https://x.com/{USER_NAME}/status/{post.id}/photo/1"
        behind.append({"url": short, "expanded_url": photo, "start": 0, "end": 0})
    return text, behind


def told(post: Post) -> dict[str, Any]:
    """A post in the timeline."""
    text, behind = shown(post)
    created_at = f"{post.at:%Y-%m-%dT%H:%M:%S}.000Z"
    answers = [{"type": "replied_to", "id": post.reply_to}]
    entities = {"entities": {"urls": behind}} if behind else {}
    references = {"referenced_tweets": answers} if post.reply_to else {}
    return {"id": post.id, "text": text, "created_at": created_at} | entities | references
