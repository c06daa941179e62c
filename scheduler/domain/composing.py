"""A post's final text for one channel: excerpt, call to action with the link, hashtags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.errors import DoesNotFit


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A text that fits. `length` and `limit` are in the channel's own units."""

    text: str
    length: int
    limit: int
    hashtags: tuple[str, ...]


def compose(
    excerpt: str, *, call: str, link: str, hashtags: Sequence[str], limit: int, length: Callable[[str], int]
) -> Composed:
    """The fullest text within `limit`. Hashtags give way first, the last one first, then the call's words.

    The excerpt and the link never give way: raises DoesNotFit when those two alone are too long.
    """
    for words, tags in _from_full_to_bare(call, tuple(hashtags)):
        text = _join(excerpt, f"{words} {link}".strip(), " ".join(tags))
        units = length(text)
        if units <= limit:
            return Composed(text=text, length=units, limit=limit, hashtags=tags)
    raise DoesNotFit(f"The excerpt with its link comes to {units} of {limit}.")


def _from_full_to_bare(call: str, hashtags: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for count in range(len(hashtags), -1, -1):
        yield call, hashtags[:count]
    yield "", ()


def _join(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def hashtag(words: str) -> str:
    """`neck pain` as `#NeckPain`, which screen readers can read word by word. Empty if no letter is left."""
    parts = re.findall(r"\w+", words.replace("_", " "))
    joined = "".join(part[0].upper() + part[1:] for part in parts)
    return f"#{joined}" if any(letter.isalpha() for letter in joined) else ""
