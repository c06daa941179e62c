"""The shapes of X's requests and answers as small JSON schemas, made from X's API description, version 2.167."""

from __future__ import annotations

from typing import Any

from tests.servers.x_faults import Call

ID = {"type": "string", "pattern": "^[0-9]{1,19}$"}
TEXT = {"type": "string"}
CATEGORY = {"enum": ["tweet_image", "tweet_gif", "tweet_video"]}


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    """An object with these keys and no others."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def data(required: list[str], **properties: Any) -> dict[str, Any]:
    """An answer whose `data` has these keys."""
    inner = {"type": "object", "required": required, "properties": properties}
    return {"type": "object", "required": ["data"], "properties": {"data": inner}}


PROCESSING = closed(
    [], state=TEXT, check_after_secs={"type": "integer"}, progress_percent={"type": "integer", "maximum": 100}
)
UPLOADED = data(["id"], id=ID, media_key=TEXT, size={"type": "integer"}, processing_info=PROCESSING)

REQUESTS: dict[Call, dict[str, Any]] = {
    Call.UPLOAD: closed(["media", "media_category"], media=TEXT, media_category=CATEGORY),
    Call.INITIALIZE: closed(
        [],
        media_type={"enum": ["image/png", "image/jpeg", "image/webp"]},
        total_bytes={"type": "integer", "minimum": 0, "maximum": 17179869184},
        media_category=CATEGORY,
    ),
    Call.APPEND: closed(
        ["media", "segment_index"], media=TEXT, segment_index={"type": "integer", "minimum": 0, "maximum": 999}
    ),
    Call.ALT: closed(
        ["id"], id=ID, metadata=closed([], alt_text=closed(["text"], text={"type": "string", "maxLength": 1000}))
    ),
    Call.POST: closed(
        [],
        text=TEXT,
        reply=closed(["in_reply_to_tweet_id"], in_reply_to_tweet_id=ID),
        media=closed(["media_ids"], media_ids={"type": "array", "minItems": 1, "maxItems": 4, "items": ID}),
    ),
}
QUERIES: dict[Call, dict[str, Any]] = {
    Call.STATUS: closed(["media_id"], media_id=ID, command={"const": "STATUS"}),
    Call.TIMELINE: closed(
        [],
        **{
            "post.fields": {
                "type": "string",
                "pattern": "^(,?(created_at|entities|id|referenced_tweets|text))+$",
            }
        },
        max_results={"type": "string", "pattern": "^([5-9]|[1-9][0-9]|100)$"},
        pagination_token={"type": "string", "minLength": 1},
        start_time={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        exclude={"enum": ["retweets", "replies", "retweets,replies"]},
    ),
}
POSTED = {
    "type": "object",
    "required": ["id", "text"],
    "properties": {"id": ID, "text": TEXT, "created_at": TEXT, "entities": {"type": "object"}},
}
ANSWERS: dict[Call, dict[str, Any]] = {
    Call.UPLOAD: UPLOADED,
    Call.INITIALIZE: data(["id"], id=ID),
    Call.APPEND: data([]),
    Call.FINALIZE: UPLOADED,
    Call.STATUS: UPLOADED,
    Call.ALT: data(["id"], id=ID),
    Call.POST: data(["id", "text"], id=ID, text=TEXT),
    Call.ME: data([], id=TEXT, username=TEXT, name=TEXT),
    Call.TIMELINE: {
        "type": "object",
        "required": ["meta"],
        "properties": {
            "data": {"type": "array", "items": POSTED},
            "meta": {"type": "object", "required": ["result_count"], "properties": {"next_token": TEXT}},
        },
    },
}
