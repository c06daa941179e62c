"""Words and hashtags as a person types them, made usable or refused before anything is done with them."""

from __future__ import annotations

from scheduler.domain.composing import hashtag
from scheduler.domain.errors import WordsUnusable
from scheduler.domain.shown import STEERING

MOST_CHARACTERS = 1000
MOST_HASHTAGS = 10
LONGEST_HASHTAG = 100


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
