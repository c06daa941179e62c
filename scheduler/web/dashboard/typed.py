"""What somebody typed into the edit form: only what differs from the post is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from scheduler.domain.errors import QuotidianError
from scheduler.domain.post import Post
from scheduler.usecases.typed import (
    AS_SET,
    read_alt_text,
    read_expiry,
    read_hashtags,
    read_link,
    read_template,
    read_words,
)
from scheduler.usecases.wishes import Wishes
from scheduler.web.dashboard.visit import Visit

Value = TypeVar("Value")


def wishes_of(visit: Visit, post: Post) -> Wishes:
    """Raises WordsUnusable and TimeUnusable, each with the field as its `setting`."""
    form = visit.form
    words = form.get("words")
    same = words is None or _lines(words) == _lines(post.words)
    template = form.get("template")
    return Wishes(
        words=None if same else _read("words", read_words, words or ""),
        hashtags=_read("hashtags", read_hashtags, form["hashtags"]) if "hashtags" in form else None,
        link=_read("link", read_link, form["link"] or "none") if "link" in form else None,
        alt_text=_read("alt", read_alt_text, form["alt"]) if "alt" in form else None,
        expires=_read("expires", read_expiry, form["expires"]) if "expires" in form else None,
        template=None if template is None else read_template(template or AS_SET, visit.app.folders.templates),
    )


def _read(field: str, read: Callable[[str], Value], text: str) -> Value:
    try:
        return read(text)
    except QuotidianError as error:
        error.setting = field
        raise


def _lines(text: str) -> list[str]:
    """A browser ends lines its own way."""
    return [line.strip() for line in text.strip().splitlines()]
