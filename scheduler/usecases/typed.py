"""Words and hashtags as a person types them, made usable or refused before anything is done with them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from scheduler.domain.composing import hashtag
from scheduler.domain.errors import TimeUnusable, WordsUnusable
from scheduler.domain.links import is_address
from scheduler.domain.readymade import BOOKING, NO_LINK
from scheduler.domain.shown import STEERING

MOST_CHARACTERS = 1000
MOST_HASHTAGS = 10
LONGEST_HASHTAG = 100
LONGEST_ALT_TEXT = 2000
LONGEST_LINK = 2000
LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
END = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?", re.ASCII)
TO_BOOKING, AS_SET = "booking", "default"
"""What a person types for the booking page, and for what the settings say."""


def read_words(text: str) -> str:
    """What a person typed, in one paragraph. Raises WordsUnusable."""
    words = " ".join(text.split())
    if not any(character.isalnum() for character in words):
        raise WordsUnusable("There are no words.", hint="To keep the post back, use `quotidian hold`.")
    if len(words) > MOST_CHARACTERS:
        raise WordsUnusable(f"These are {len(words)} characters; a post takes at most {MOST_CHARACTERS}.")
    if STEERING.search(words):
        raise WordsUnusable("These words hold a character that can't be printed.")
    return words


def read_hashtags(text: str) -> tuple[str, ...]:
    """`neck pain, sleep` as hashtags; an empty text means none. Raises WordsUnusable."""
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    if len(entries) > MOST_HASHTAGS:
        raise WordsUnusable(f"A post takes at most {MOST_HASHTAGS} hashtags.")
    tags = [(entry, hashtag(entry)) for entry in entries]
    for entry, tag in tags:
        if not tag or len(tag) > LONGEST_HASHTAG:
            raise WordsUnusable(f"“{entry[:40]}” can't be a hashtag.", hint='Write for example: "neck pain, sleep".')
    return tuple(dict.fromkeys(tag for _, tag in tags))


def read_link(text: str) -> str:
    """An address, `none` or `booking`. Raises WordsUnusable."""
    words = text.strip()
    if words in (TO_BOOKING, NO_LINK):
        return BOOKING if words == TO_BOOKING else NO_LINK
    if len(words) > LONGEST_LINK or not LINK.fullmatch(words) or not is_address(words) or STEERING.search(words):
        raise WordsUnusable(
            f"“{words[:80]}” is not a whole address.", hint="Write one with https://, or `booking`, or `none`."
        )
    return words


def read_template(text: str, known: Collection[str]) -> str:
    """One of the templates that are known, `auto`, or empty for `default`. Raises WordsUnusable."""
    if text == AS_SET:
        return ""
    if text not in ("auto", *known):
        names = ", ".join((AS_SET, "auto", *known))
        raise WordsUnusable(f"There is no card template “{text[:40]}”.", hint=f"There are {names}.")
    return text


def read_alt_text(text: str) -> str:
    """In one paragraph; empty for what the card says. Raises WordsUnusable."""
    words = " ".join(text.split())
    if len(words) > LONGEST_ALT_TEXT:
        raise WordsUnusable(f"These are {len(words)} characters; an alt text takes at most {LONGEST_ALT_TEXT}.")
    if STEERING.search(words):
        raise WordsUnusable("This alt text holds a character that can't be printed.")
    return words


def read_expiry(text: str) -> str:
    """`2026-12-31 18:00`, or a day, as a whole, as a wall time; empty for never. Raises TimeUnusable."""
    if not text.strip() or text.strip() == "never":
        return ""
    found = END.fullmatch(text.strip())
    try:
        wall = datetime.fromisoformat(f"{found[1]}T{found[2] or '23:59'}") if found else None
    except ValueError:
        wall = None
    if wall is None or not 1970 < wall.year < 9999:
        raise TimeUnusable(f"'{text}' is not a time.", hint="Write for example 2026-12-31 18:00, or `never`.")
    return f"{wall:%Y-%m-%dT%H:%M}"
