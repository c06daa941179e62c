"""How X counts a post's length: twitter-text v3, with NFC, 23 for each URL, 2 for wide characters and emoji.

Apart from the rest of the domain because its parser takes half a second to load.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from twitter_text import extract_urls_with_indices, parse_tweet

from scheduler.domain.errors import DoesNotFit

LONGEST_TEXT = 1000
LONGEST_RUN = 300
"""Above these the parser is quadratic: 6,000 characters without a space take a minute."""
EMOJI = re.compile(r"[\u200d\ufe0f\U0001f000-\U0001faff]")
"""Never part of an address, so that a run of them alone costs nothing."""
PART_OF_EMOJI = re.compile("[\u00a9\u00ae\u203c\u2049\u20e3\u2100-\U0010ffff]")
"""Every emoji has one of these; looking for emoji where there is none would be most of what counting costs."""
WIDE = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
LINK = 23
LINE_END = re.compile(r"\r\n|\r|\n")


def weighted(text: str) -> int:
    """X's weighted length. Raises DoesNotFit on over 1,000 characters or 300 without a space, emoji not counted."""
    if len(text) > LONGEST_TEXT:
        raise DoesNotFit(f"The text has {len(text)} characters; over {LONGEST_TEXT} is never counted.")
    longest = max(map(len, EMOJI.sub("", text).split()), default=0)
    if longest > LONGEST_RUN:
        raise DoesNotFit(f"The text has {longest} characters without a space.", hint="Shorten the link or the word.")
    lines = LINE_END.split(text)
    return sum(map(_of_line, lines)) + len(lines) - 1


def has_link(text: str) -> bool:
    """Whether X would link any words of a text, a bare `example.com` too; yes where that can't be told."""
    try:
        weighted(text)
    except DoesNotFit:
        return True
    return bool(extract_urls_with_indices(text))


@lru_cache(maxsize=1024)
def _of_line(line: str) -> int:
    """Nothing that counts together crosses a line; calls and hashtags come again and again."""
    if PART_OF_EMOJI.search(line):
        return int(parse_tweet(line).weightedLength)
    line = unicodedata.normalize("NFC", line)
    links: list[list[int]] = [found["indices"] for found in extract_urls_with_indices(line)]
    linked = sum(end - start for start, end in links)
    wide = len(WIDE.findall(line)) - sum(len(WIDE.findall(line[start:end])) for start, end in links)
    return len(line) - linked + wide + LINK * len(links)
