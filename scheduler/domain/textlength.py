"""How X counts a post's length: twitter-text v3, with NFC, 23 for each URL, 2 for wide characters and emoji.

Apart from the rest of the domain because its parser takes half a second to load.
"""

from __future__ import annotations

import re

from twitter_text import parse_tweet

from scheduler.domain.errors import DoesNotFit

LONGEST_TEXT = 1000
LONGEST_RUN = 300
"""Above these the parser is quadratic: 6,000 characters without a space take a minute."""
EMOJI = re.compile(r"[\u200d\ufe0f\U0001f000-\U0001faff]")
"""Never part of an address, so that a run of them alone costs nothing."""


def weighted(text: str) -> int:
    """X's weighted length. Raises DoesNotFit on over 1,000 characters or 300 without a space, emoji not counted."""
    if len(text) > LONGEST_TEXT:
        raise DoesNotFit(f"The text has {len(text)} characters; over {LONGEST_TEXT} is never counted.")
    longest = max(map(len, EMOJI.sub("", text).split()), default=0)
    if longest > LONGEST_RUN:
        raise DoesNotFit(f"The text has {longest} characters without a space.", hint="Shorten the link or the word.")
    return int(parse_tweet(text).weightedLength)
