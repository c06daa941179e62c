"""How networks count a post's length.

`weighted` follows X's rules (twitter-text v3: NFC, 23 for each URL, 2 for wide characters and emoji).
"""

from __future__ import annotations

from twitter_text import parse_tweet

from scheduler.domain.channel import Measure
from scheduler.domain.errors import DoesNotFit

LONGEST_TEXT = 1000
LONGEST_RUN = 300
"""Above these the parser is quadratic: 6,000 characters without a space take a minute."""


def length(text: str, measure: Measure) -> int:
    """The length of `text` in units of `measure`. Raises DoesNotFit on input too long to be counted safely."""
    return weighted(text) if measure is Measure.WEIGHTED else len(text)


def weighted(text: str) -> int:
    """X's weighted length. Raises DoesNotFit on over 1,000 characters or 300 without a space."""
    if len(text) > LONGEST_TEXT:
        raise DoesNotFit(f"The text has {len(text)} characters; over {LONGEST_TEXT} is never counted.")
    longest = max(map(len, text.split()), default=0)
    if longest > LONGEST_RUN:
        raise DoesNotFit(f"The text has {longest} characters without a space.", hint="Shorten the link or the word.")
    return int(parse_tweet(text).weightedLength)
