"""Which post a row of a queue file is, after somebody sorted, corrected or added rows: none is made twice for that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from scheduler.domain.likeness import rewordings
from scheduler.domain.post import Post
from scheduler.domain.readymade import ReadyMade, Row

MOST_COMPARED = 40_000
"""Pairs of a row and a post that are compared word by word; where more are left, only ids and places tell."""
Name = Callable[[str, ReadyMade], Hashable]
"""What a row is known by, from its words and what it asks for; falsy when it can't be known by that."""


@dataclass(slots=True, kw_only=True)
class Matching:
    """Pairs of posts and rows, and what is left of both, by number."""

    left_rows: dict[int, Row]
    left_posts: dict[int, Post]
    pairs: list[tuple[Post, Row]] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """Those that are no post yet."""
        return list(self.left_rows.values())

    @property
    def posts(self) -> list[Post]:
        """Those that are in no row."""
        return list(self.left_posts.values())

    def pair(self, post: Post, row: Row) -> None:
        """They are one."""
        self.pairs.append((post, row))
        del self.left_posts[post.id]
        del self.left_rows[row.asks.row]

    def may_be(self, post: Post, row: Row) -> bool:
        """Whether no two ids stand against it."""
        key = post.ready.key if post.ready else ""
        return not (key and row.asks.key) or key == row.asks.key


def match(rows: Sequence[Row], posts: Sequence[Post], *, waits: Callable[[Post], bool], by_place: bool) -> Matching:
    """By the row's own id, its words and channels, its words, words that are alike, and at last its place.

    By its place only a post that `waits` is found: one that went out is over, whatever stands in its place now.
    """
    found = Matching(left_rows={row.asks.row: row for row in rows}, left_posts={post.id: post for post in posts})
    for name in (_by_key, _by_words_and_channels, _by_words):
        _pair_by(name, found)
    _pair_alike(found)
    if by_place:
        _pair_by_place(found, waits)
    return found


def _by_key(_: str, asks: ReadyMade) -> Hashable:
    return asks.key


def _by_words_and_channels(words: str, asks: ReadyMade) -> Hashable:
    return words, asks.channels


def _by_words(words: str, _: ReadyMade) -> Hashable:
    return words


def _pair_by(name: Name, found: Matching) -> None:
    known: dict[Hashable, list[Post]] = defaultdict(list)
    for post in found.posts:
        if post.ready and (known_by := name(post.excerpt.text, post.ready)):
            known[known_by].append(post)
    for row in found.rows:
        candidates = [post for post in known.get(name(row.text, row.asks), ()) if found.may_be(post, row)]
        if candidates:
            found.pair(candidates[0], row)
            known[name(row.text, row.asks)].remove(candidates[0])


def _pair_alike(found: Matching) -> None:
    """The likeliest first; among equals the one nearest by."""
    if len(found.rows) * len(found.posts) > MOST_COMPARED:
        return
    texts = [row.text for row in found.rows]
    alike = [
        (-share, abs(row.asks.row - (post.ready.row if post.ready else 0)), index, post, row)
        for index, post in enumerate(found.posts)
        for row, share in zip(found.rows, rewordings(post.excerpt.text, texts), strict=True)
        if share and found.may_be(post, row)
    ]
    for _, _, _, post, row in sorted(alike, key=lambda one: one[:3]):
        if post.id in found.left_posts and row.asks.row in found.left_rows:
            found.pair(post, row)


def _pair_by_place(found: Matching, waits: Callable[[Post], bool]) -> None:
    """Between the same neighbours, where as many rows as posts are left."""
    place_of = {post.id: row.asks.row for post, row in found.pairs}
    rows, posts = defaultdict(list), defaultdict(list)
    anchors = sorted(place_of.values())
    for row in found.rows:
        rows[max((at for at in anchors if at < row.asks.row), default=0)].append(row)
    everyone = sorted(
        [*found.posts, *(post for post, _ in found.pairs)], key=lambda one: one.ready.row if one.ready else 0
    )
    above = 0
    for post in everyone:
        if post.id in place_of:
            above = place_of[post.id]
        elif waits(post):
            posts[above].append(post)
    for above, there in rows.items():
        if len(there) == len(posts[above]):
            for post, row in zip(posts[above], there, strict=True):
                if found.may_be(post, row):
                    found.pair(post, row)
