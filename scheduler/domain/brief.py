"""Long words where there is one line for them."""

from __future__ import annotations

from scheduler.domain.post import Post


def brief(words: str, most: int = 60) -> str:
    """In one line of at most so many characters, with an ellipsis where it was cut."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def part_in_brief(post: Post, part: int, most: int = 60) -> str:
    """What one delivery of a post says; in a thread with its number, as `2 of 3: …`."""
    if len(post.parts) == 1:
        return brief(post.words, most)
    number = f"{part + 1} of {len(post.parts)}: "
    return number + brief(post.parts[min(part, len(post.parts) - 1)], most - len(number))
