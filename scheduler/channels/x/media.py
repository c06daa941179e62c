"""A picture goes up to X: in one piece or in several, and X may take its time with it, but not for ever."""

from __future__ import annotations

import time

from scheduler.channels.pictures import Picture
from scheduler.channels.x.api import Api, Media
from scheduler.channels.x.wire import Patience, Unanswered
from scheduler.domain.errors import Refused

PIECE_BYTES = 1_000_000
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
DONE = ("", "succeeded")
CANNOT = "X can't process this picture."


def put_up(api: Api, picture: Picture, alt_text: str, patience: Patience) -> str:
    """The id of the picture, ready to be posted. Raises Refused, and what the calls raise."""
    until = time.monotonic() + patience.prepare
    media_id = _processed(api, _uploaded(api, picture, until), until, patience.poll)
    if alt_text:
        _mind(until)
        api.describe(media_id, alt_text)
    return media_id


def _uploaded(api: Api, picture: Picture, until: float) -> Media:
    data = picture.data
    if len(data) <= PIECE_BYTES:
        return api.upload(data)
    media_id = api.initialize(media_type=MEDIA_TYPES[picture.suffix], total_bytes=len(data))
    for index, start in enumerate(range(0, len(data), PIECE_BYTES)):
        _mind(until)
        api.append(media_id, index, data[start : start + PIECE_BYTES])
    _mind(until)
    return api.finalize(media_id)


def _processed(api: Api, media: Media, until: float, poll: float) -> str:
    while media.state not in DONE:
        if media.state == "failed":
            raise Refused(
                CANNOT,
                hint="Open the card's file and look at it; with another CARD_FORMAT, posts to come have other files.",
            )
        _mind(until)
        time.sleep(min(max(media.check_after, poll), max(until - time.monotonic(), 0)))
        media = api.status(media.id)
    return media.id


def _mind(until: float) -> None:
    if time.monotonic() >= until:
        raise Unanswered("the picture took too long")
