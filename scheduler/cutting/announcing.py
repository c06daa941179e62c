"""Makes the excerpt that is about the article itself: its title over the sentence that tells what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from heapq import nsmallest
from itertools import chain

from scheduler.cutting.diversity import SAME_SHARE, Meant
from scheduler.cutting.judging import Judged
from scheduler.cutting.rules import Rules
from scheduler.cutting.titles import posted_title
from scheduler.cutting.words import stems
from scheduler.domain.article import Article, Excerpt, ExcerptKind

FREQUENT = 8
OPENING_WORDS = 4
LEAST_OVERLAP = 0.2


def announcement(
    article: Article, chosen: Sequence[Meant], sentences: Sequence[Judged], rules: Rules
) -> Excerpt | None:
    """One of the `chosen` excerpts under the title: near to the title's words and the article's own, early, quotable.

    None where the title can't be posted or is what a chosen excerpt says, or where no sentence is about it.
    """
    title = posted_title(article, rules)
    about = stems(title)
    if not about or any(_is_the_title(said, about) for _, said in chosen):
        return None
    room = rules.longest - len(title) - 2
    frequent = _frequent(sentences)

    def worth(meant: Meant) -> float:
        excerpt, said = meant
        early = 1 - excerpt.spans[0][0] / len(article.text)
        topical = not about.isdisjoint(stems(" ".join(excerpt.text.split()[:OPENING_WORDS])))
        matter = len(said & about) / len(about) + len(said & frequent) / FREQUENT
        return matter + (early + excerpt.score + topical) / 2

    fitting = [
        (excerpt, said)
        for excerpt, said in chosen
        if len(excerpt.text) <= room and _may_sum_up(excerpt) and len(said & about) >= LEAST_OVERLAP * len(about)
    ]
    if not fitting:
        return None
    best = max(fitting, key=worth)[0]
    return replace(best, kind=ExcerptKind.ARTICLE, heading=title, reasons=("tells what the article is about",))


def _frequent(sentences: Sequence[Judged]) -> frozenset[str]:
    """The stems that most sentences share: what the article keeps talking about."""
    counted = Counter(chain.from_iterable(one.stems for one in sentences))
    most = nsmallest(FREQUENT, counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return frozenset(stem for stem, _ in most)


def _may_sum_up(excerpt: Excerpt) -> bool:
    """Statements only: a list has its own heading, and a tip or a question isn't what the article says."""
    return excerpt.kind in (ExcerptKind.QUOTE, ExcerptKind.NUMBER) and not excerpt.heading


def _is_the_title(said: frozenset[str], title: frozenset[str]) -> bool:
    return len(said & title) >= SAME_SHARE * max(len(said), len(title))
