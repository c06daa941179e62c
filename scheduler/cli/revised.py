"""What an edited article does to the posts that were cut from it, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.domain.delivery import Delivery
from scheduler.domain.revision import Effect, PostRevision, Revision

LISTS = {
    "changed": Effect.REWORDED,
    "composed": Effect.COMPOSED,
    "dropped": Effect.DROPPED,
    "restored": Effect.RESTORED,
    "flagged": Effect.FLAGGED,
    "moved": Effect.MOVED,
    "cancelled": Effect.CANCELLED,
}
"""Under which name a document lists which posts."""


def in_words(revision: Revision) -> str:
    """One line for the whole article."""
    told = ", ".join(f"{number} {words}" for number, words in _counted(revision))
    return told.replace(" ", " post " if told.startswith("1 ") else " posts ", 1) if told else "its posts stay"


def _counted(revision: Revision) -> Iterator[tuple[int, str]]:
    reworded = revision.of(Effect.REWORDED)
    kept = [one for one in reworded if one.after.edited]
    yes = "" if all(one.after.may_go_out for one in reworded) else " and {wait} for a yes"
    sentences = (
        (len(reworded) - len(kept), f"{{get}} new words{yes}"),
        (len(kept), "{keep} your words, though the article's changed, and {wait} for a yes"),
        (len(revision.of(Effect.COMPOSED)), "{get} other hashtags, another link or another card"),
        (len(revision.of(Effect.DROPPED)), "{be} held back because {its} sentence is gone"),
        (len(revision.of(Effect.RESTORED)), "{come} back because {its} sentence is there again"),
        (len(revision.of(Effect.FLAGGED)), "already went out with words that the article no longer says"),
        (len(revision.of(Effect.MOVED)), "{get} another time"),
        (len(revision.of(Effect.CANCELLED)), "{be} cancelled because {its} row is gone"),
        (len(revision.added), "{be} new"),
    )
    for number, sentence in sentences:
        if number:
            yield number, sentence.format_map(SINGULAR if number == 1 else PLURAL)


PLURAL = {"get": "get", "wait": "wait", "keep": "keep", "be": "are", "come": "come", "its": "their"}
SINGULAR = {"get": "gets", "wait": "waits", "keep": "keeps", "be": "is", "come": "comes", "its": "its"}


def lines(revision: Revision) -> Iterator[str]:
    """One line for each post whose sentence is another one now, or gone, and for each delivery that moves."""
    for change in revision.of(Effect.REWORDED, Effect.DROPPED, Effect.FLAGGED, Effect.CANCELLED):
        becomes = f"→ “{change.says}”" if change.says else "is gone" if change.before.ready is None else "changed"
        becomes = "is gone" if change.effect is Effect.CANCELLED else becomes
        yield f"  {change.before.id}: “{change.before.excerpt.words}” {becomes}"
    for change in revision.posts:
        for before, after in moves(change):
            yield f"  {change.before.id}: {before.promise.said} → {after.promise.said} on {after.channel}"


def moves(change: PostRevision) -> Iterator[tuple[Delivery, Delivery]]:
    """A post's deliveries that get another time, as they were and as they shall be."""
    was = {one.code: one for one in change.deliveries}
    for _, after in change.steps:
        if after.wall_time != was[after.code].wall_time:
            yield was[after.code], after


def as_lists(revision: Revision | None) -> dict[str, list[dict[str, Any]]]:
    """For the document of `plan` and `queue`: posts by what becomes of them, and those that are new."""
    found = {
        name: [_as_data(one) for one in (revision.of(effect) if revision else ())] for name, effect in LISTS.items()
    }
    added = revision.added if revision else ()
    return {**found, "added": [{"post": post.id or None, "text": post.words} for post in added]}


def _as_data(change: PostRevision) -> dict[str, Any]:
    """`from` is what the article said, `to` what it says now; null when nothing."""
    same = change.before.excerpt.words if change.effect in (Effect.COMPOSED, Effect.RESTORED) else None
    return {"post": change.before.id, "from": change.before.excerpt.words, "to": change.says or same}
