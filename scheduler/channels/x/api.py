"""The few calls of X's API that we make, and the form in which their answers have to be.

Source: X's description of its API, version 2.167.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import tweepy

from scheduler.channels.x.wire import InTime, Patience, Session, Unanswered, always, only

ID = re.compile(r"[0-9]{1,19}")
PAGE = 100
MOST_PAGES = 10
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What signs our requests (OAuth 1.0a). Never shown."""

    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """An uploaded picture. `state` is empty where X had nothing to process; `check_after` is in seconds."""

    id: str
    state: str = ""
    check_after: int = 0


class Api:
    """One account. Every method raises Unreached, Unanswered or Rejected."""

    def __init__(self, keys: Keys, *, patience: Patience, server: str = "") -> None:
        self._client = tweepy.Client(
            consumer_key=keys.api_key,
            consumer_secret=keys.api_secret,
            access_token=keys.access_token,
            access_token_secret=keys.access_secret,
            wait_on_rate_limit=False,
        )
        self._client.session = Session(patience=patience, server=server)

    def me(self) -> tuple[str, str]:
        """Our id and our name."""
        data = _data(self._call("GET", "/2/users/me"))
        return _id(data), str(data.get("username", ""))

    def post(self, text: str, media: tuple[str, ...], *, reply_to: str = "", in_time: InTime = always) -> str:
        """Publishes; the post's id. Nothing leaves unless `in_time` says so at that moment."""
        attached = {"media": {"media_ids": list(media)}} if media else {}
        answered = {"reply": {"in_reply_to_tweet_id": reply_to}} if reply_to else {}
        with only(in_time):
            return _id(_data(self._call("POST", "/2/tweets", {"text": text, **attached, **answered})))

    def upload(self, picture: bytes) -> Media:
        """A picture in one piece."""
        body = {"media": _base64(picture), "media_category": "tweet_image"}
        return _media(self._call("POST", "/2/media/upload", body))

    def initialize(self, *, media_type: str, total_bytes: int) -> str:
        """Begins a picture in several pieces; its id."""
        body = {"media_type": media_type, "total_bytes": total_bytes, "media_category": "tweet_image"}
        return _id(_data(self._call("POST", "/2/media/upload/initialize", body)))

    def append(self, media_id: str, index: int, piece: bytes) -> None:
        """One piece, counted from nought."""
        body = {"media": _base64(piece), "segment_index": index}
        self._call("POST", f"/2/media/upload/{media_id}/append", body)

    def finalize(self, media_id: str) -> Media:
        """Puts the pieces together."""
        return _media(self._call("POST", f"/2/media/upload/{media_id}/finalize"))

    def status(self, media_id: str) -> Media:
        """How far X is with a picture."""
        query = {"media_id": media_id, "command": "STATUS"}
        return _media(self._call("GET", "/2/media/upload", query=query))

    def describe(self, media_id: str, alt_text: str) -> None:
        """Gives a picture its alt text."""
        self._call("POST", "/2/media/metadata", {"id": media_id, "metadata": {"alt_text": {"text": alt_text}}})

    def posts(self, user_id: str, since: datetime) -> list[Data]:
        """All own posts at or after `since` (UTC), no reposts; Unanswered where that isn't certain to be all."""
        query = {
            "max_results": PAGE,
            "start_time": f"{since:%Y-%m-%dT%H:%M:%SZ}",
            "exclude": "retweets",
            "post.fields": "created_at,entities,referenced_tweets,text",
        }
        found: list[Data] = []
        for _ in range(MOST_PAGES):
            page, token = _page(self._call("GET", f"/2/users/{user_id}/tweets", query=query))
            found += page
            if not token:
                return found
            query["pagination_token"] = token
        raise Unanswered(f"over {len(found)} posts since then")

    def _call(self, method: str, route: str, body: Data | None = None, *, query: Data | None = None) -> Data:
        response = self._client.request(method, route, params=query, json=body, user_auth=True)
        return _object(response.content) if response.content else {}


def _object(body: bytes) -> Data:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise Unanswered("an answer that is no JSON") from None
    if not isinstance(answer, dict):
        raise Unanswered("an answer that is no object")
    return answer


def _data(answer: Data) -> Data:
    data = answer.get("data")
    if not isinstance(data, dict):
        raise Unanswered("an answer without data")
    return data


def _id(data: Data) -> str:
    found = data.get("id")
    if not isinstance(found, str) or not ID.fullmatch(found):
        raise Unanswered("an answer without an id")
    return found


def _media(answer: Data) -> Media:
    data = _data(answer)
    info = data.get("processing_info")
    if not isinstance(info, dict):
        return Media(id=_id(data))
    seconds = info.get("check_after_secs")
    return Media(id=_id(data), state=str(info.get("state", "")), check_after=seconds if isinstance(seconds, int) else 0)


def _page(answer: Data) -> tuple[list[Data], str]:
    """The posts of one page and the token of the next. A page that misses anything is no proof of absence."""
    posts, meta = answer.get("data", []), answer.get("meta")
    if not isinstance(posts, list) or not isinstance(meta, dict):
        raise Unanswered("a page of posts without the documented form")
    if answer.get("errors") or meta.get("result_count") != len(posts):
        raise Unanswered("an incomplete page of posts")
    return posts, str(meta.get("next_token") or "")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
