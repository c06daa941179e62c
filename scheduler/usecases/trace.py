"""Finds the sentences of posts again in their article's new version: they stand, were reworded, or are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.article import Article, Cut, Excerpt, ExcerptKind
from scheduler.domain.likeness import meaning, rewordings, says_the_same
from scheduler.domain.post import Post
from scheduler.domain.revision import is_stale

MOST_PLACES = 20
"""So many places of the same words are looked at."""
LONGEST_SENTENCE = 2_000
LOOK_BACK = 40

_ENDS = r"[.!?…。！？؟][\"'”’»)\]]*(?:\s?[(\[]\d[\d\s,–-]*[)\]])*"
_BEFORE = re.compile(rf"{_ENDS}\s*$")
_END = re.compile(rf"{_ENDS}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The excerpt that a post's sentence is now; `stands` says whether it still says the same. None: gone."""

    excerpt: Excerpt | None = None
    stands: bool = False


def traced(posts: Sequence[Post], before: Article, after: Article, cut: Cut) -> Mapping[int, Trace]:
    """By the post's id; no two posts get the same place of the article, nor words that say the same."""
    found = {post.id: _standing(post, before, after, cut) for post in posts}
    taken = {number: trace.excerpt for number, trace in found.items() if trace.excerpt}
    said = {post.id: meaning(post.words) for post in posts}
    for post, excerpt in _rewordings([post for post in posts if post.id not in taken], before, after, cut):
        means = meaning(excerpt.words)
        others = (other for number, other in said.items() if number != post.id)
        doubled = any(excerpt.overlaps(one) for one in taken.values()) or any(says_the_same(means, o) for o in others)
        if post.id not in taken and not doubled:
            found[post.id] = Trace(excerpt=excerpt)
            taken[post.id], said[post.id] = excerpt, means
    return found


def _standing(post: Post, before: Article, after: Article, cut: Cut) -> Trace:
    """Where the new version says the same word for word."""
    excerpt = post.excerpt
    for candidate in _candidates(cut):
        if (candidate.words, candidate.breaks) == (excerpt.words, excerpt.breaks) and _same_kind(candidate, excerpt):
            return Trace(excerpt=candidate, stands=True)
    place = _bare_place(excerpt, after) if is_stale(post) else _moved_place(excerpt, before, after)
    if place is None:
        return Trace()
    heading = after.title if excerpt.heading == before.title else excerpt.heading
    if heading and heading not in _headings(after):
        return Trace()
    return Trace(excerpt=replace(place, heading=heading), stands=heading == excerpt.heading)


def _candidates(cut: Cut) -> tuple[Excerpt, ...]:
    return (*cut.excerpts, cut.announcement) if cut.announcement else cut.excerpts


def _same_kind(one: Excerpt, other: Excerpt) -> bool:
    """Only the post about the article itself is of a kind of its own."""
    return (one.kind is ExcerptKind.ARTICLE) == (other.kind is ExcerptKind.ARTICLE)


def _headings(article: Article) -> set[str]:
    return {article.title, *(article.text[block.start : block.end] for block in article.blocks)}


def _moved_place(excerpt: Excerpt, before: Article, after: Article) -> Excerpt | None:
    """The excerpt with its offsets moved, where the sentences from its first to its last stand as they did."""
    whole = _sentences_around(before.text, excerpt.spans[0][0], excerpt.spans[-1][1])
    if whole is None:
        return None
    start, end = whole
    share = start / max(1, len(before.text))
    at = _nearest(_places(before.text[start:end], after.text), round(share * len(after.text)))
    if at is None:
        return None
    by = at - start
    return replace(
        excerpt,
        spans=tuple((one + by, other + by) for one, other in excerpt.spans),
        repairs=tuple(replace(one, start=one.start + by, end=one.end + by) for one in excerpt.repairs),
    )


def _bare_place(excerpt: Excerpt, after: Article) -> Excerpt | None:
    """Where the earlier version is not at hand any more: only words that nothing was left out of can be found."""
    if excerpt.repairs or len(excerpt.spans) != 1:
        return None
    text = excerpt.text
    for words in dict.fromkeys((text, text[:1].lower() + text[1:])):
        for at in _places(words, after.text):
            return replace(excerpt, spans=((at, at + len(words)),))
    return None


def _places(words: str, text: str) -> Iterator[int]:
    """Where `text` has `words` as whole sentences."""
    at = text.find(words)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        if _opens(text, at) and _closes(text, at + len(words)):
            yield at
        at = text.find(words, at + 1)


def _nearest(places: Iterator[int], expected: int) -> int | None:
    return min(places, key=lambda at: abs(at - expected), default=None)


def _sentences_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The whole sentences that hold a range; None when they are too long to be any."""
    first, last = max(0, start - LONGEST_SENTENCE), min(len(text), end + LONGEST_SENTENCE)
    opening = next((at for at in range(start, first - 1, -1) if _opens(text, at)), None)
    closing = next((at for at in range(end, last + 1) if _closes(text, at)), None)
    return None if opening is None or closing is None else (opening, closing)


def _opens(text: str, at: int) -> bool:
    """Whether a sentence may begin here; after a colon none does: “Myth: …” says something else."""
    return at == 0 or text[at - 1] == "\n" or bool(_BEFORE.search(text[max(0, at - LOOK_BACK) : at]))


def _closes(text: str, at: int) -> bool:
    if at == len(text) or text[at] == "\n":
        return True
    goes_on = text[at] in ".!?…" or (text[at].isalnum() and text[at - 1] not in "。！？")
    return not goes_on and bool(_END.search(text[max(0, at - LOOK_BACK) : at]))


def _rewordings(lost: Sequence[Post], before: Article, after: Article, cut: Cut) -> list[tuple[Post, Excerpt]]:
    """What may have become of posts whose words don't stand any more, the likeliest first.

    A sentence that stood in the earlier version as it stands now is nobody's rewording. The post about the article
    itself follows the article, whatever it says.
    """
    fresh = [one for one in _candidates(cut) if _stretch(one, after) not in before.text or one.heading]
    words = [one.words for one in fresh]
    pairs: list[tuple[float, float, Post, Excerpt]] = []
    for post in lost:
        for excerpt, alike in zip(fresh, rewordings(post.excerpt.words, words), strict=True):
            announces = excerpt.kind is ExcerptKind.ARTICLE
            if not _same_kind(excerpt, post.excerpt) or excerpt.words == post.excerpt.words:
                continue
            if announces or alike:
                away = abs(post.excerpt.spans[0][0] - excerpt.spans[0][0])
                pairs.append((-alike, away, post, excerpt))
    return [(post, excerpt) for _, _, post, excerpt in sorted(pairs, key=lambda pair: pair[:2])]


def _stretch(excerpt: Excerpt, article: Article) -> str:
    return article.text[excerpt.spans[0][0] : excerpt.spans[-1][1]]
