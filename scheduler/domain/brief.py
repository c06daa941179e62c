"""Long words where there is one line for them."""

from __future__ import annotations

from scheduler.domain.post import Post
from scheduler.domain.thread import BETWEEN

ENDS = ".!?…:;,。！？：；、،؛؟।"
"""After one of these, the next line goes on without a sign of its own."""


def one_line(words: str) -> str:
    """All of it in one line, with ` · ` where a line ended without a sign, as a title or a part of a thread does."""
    lines = [" ".join(line.split()) for line in words.splitlines() if not BETWEEN.fullmatch(line)]
    told = ""
    for line in filter(None, lines):
        told += (" " if told[-1] in ENDS else " · ") + line if told else line
    return told


def brief(words: str, most: int = 60) -> str:
    """In one line of at most so many characters, with an ellipsis where it was cut, behind a word if one is near."""
    words = one_line(words)
    if len(words) <= most:
        return words
    whole, _, cut = words[:most].rpartition(" ")
    return (whole if len(cut) < most / 3 else words[: most - 1]).rstrip(" ·") + "…"


def part_in_brief(post: Post, part: int, most: int = 60) -> str:
    """What one delivery of a post says; in a thread with its number, as `2 of 3: …`."""
    if len(post.parts) == 1:
        return brief(post.words, most)
    number = f"{part + 1} of {len(post.parts)}: "
    return number + brief(post.parts[min(part, len(post.parts) - 1)], most - len(number))
