"""Where on a page the article is: trafilatura votes for its words, we keep the blocks around which the votes lie.

The vote alone loses what we need (pull quotes, marks, captions, some lists and headings); blocks alone don't say which
of them belong together. So the votes choose an element, and what the element holds is weighed block by block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from scheduler.domain.article import BlockKind
from scheduler.readers.dates import day_in
from scheduler.readers.walking import Found

RUN = 4
"""Words in a row that must be the same for a vote."""
AGREEMENT = 0.6
HELD = 0.85
"""The narrowest element that holds this share of the votes' characters holds the article."""
WORTH = 0.6
"""Of what a wider element adds, so much must have been voted for."""
PROSE_CHARACTERS = 60
SIGNATURE_CHARACTERS = 80
TITLE_CHARACTERS = 15
TEASER_CHARACTERS = 350
TEASER_BLOCKS = 5
LINKED = 0.6
"""A block with a larger share of its characters in links leads elsewhere."""

_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?…:;。！？؟۔][\"'”’»)\]]*$")
_IN_PAGE = re.compile(r"#.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A block with what speaks for it: voted for, prose by its look, the share of it that is links."""

    found: Found
    voted: bool
    prose: bool
    linked: float


def article_of(tree: HtmlElement, found: Sequence[Found], *, title: str) -> tuple[HtmlElement, list[Weighed]]:
    """The element that holds the article, and those of the `found` blocks in it that are the article's."""
    votes = _Votes(_extracted(tree))
    weighed = _without_teasers([_weigh(each, votes) for each in found])
    holder = _holder(tree, weighed)
    headed = _from_title(weighed, title)
    within = [each for each in headed if is_within(each.found.element, holder)]
    return holder, [*_lead(headed, within, title), *_trimmed(within)]


def is_within(element: HtmlElement, holder: HtmlElement) -> bool:
    """Whether one element is another, or stands in it."""
    return element is holder or any(above is holder for above in element.iterancestors())


def voted_characters(weighed: Iterable[Weighed]) -> int:
    """How much of the text was voted for."""
    return sum(_characters(each) for each in weighed if each.voted)


class _Votes:
    """What was extracted, as a set of short runs of words."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        for line in lines:
            self._runs.update(_runs(line))

    def agree(self, text: str) -> bool:
        runs = _runs(text)
        return bool(runs) and sum(run in self._runs for run in runs) >= AGREEMENT * len(runs)


def _runs(line: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(line.lower())
    if len(words) <= RUN:
        return [tuple(words)] if words else []
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def _extracted(tree: HtmlElement) -> list[str]:
    document = bare_extraction(
        deepcopy(tree), fast=True, include_comments=False, include_tables=True, with_metadata=False
    )
    text = getattr(document, "text", None) or ""
    return [line.strip("-|# ") for line in text.splitlines()]


def _weigh(found: Found, votes: _Votes) -> Weighed:
    piece = found.piece
    links = (link for link in piece.links if not _IN_PAGE.match(link.url))
    linked = sum(link.end - link.start for link in links) / max(1, len(piece.text))
    ends = _ENDS.search(piece.text) is not None
    long = len(piece.text) >= PROSE_CHARACTERS
    prose = ends and long and linked < LINKED and piece.kind is not BlockKind.HEADING
    return Weighed(found=found, voted=votes.agree(piece.text), prose=prose, linked=linked)


def _without_teasers(weighed: Sequence[Weighed]) -> list[Weighed]:
    """Counts the few words under a linked title, in a box of their own, to what leads elsewhere."""
    blocks = _held(weighed, lambda _: 1)
    kept = list(weighed)
    for at in range(1, len(weighed)):
        if _teases(weighed[at - 1], weighed[at], blocks):
            kept[at] = replace(weighed[at], voted=False, prose=False, linked=1.0)
    return kept


def _teases(before: Weighed, each: Weighed, blocks: Counter[HtmlElement]) -> bool:
    titled = before.linked > LINKED and len(before.found.piece.text) >= TITLE_CHARACTERS
    if not titled or len(each.found.piece.text) > TEASER_CHARACTERS:
        return False
    around = (above for above in each.found.element.iterancestors() if is_within(before.found.element, above))
    box = next(around, None)
    return box is not None and blocks[box] <= TEASER_BLOCKS


def _holder(tree: HtmlElement, weighed: Sequence[Weighed]) -> HtmlElement:
    """The narrowest element that holds nearly all votes; wider, as long as most of what that adds was voted for.

    Without votes prose counts in their place.
    """
    counted = [each for each in weighed if each.voted] or [each for each in weighed if each.prose]
    held, all_held = _held(counted, _characters), _held(weighed, _characters)
    whole = sum(map(_characters, counted))
    holders = [element for element, characters in held.items() if characters >= HELD * whole]
    holder = max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=tree)
    best = holder
    for above in holder.iterancestors():
        gain, cost = held[above] - held[best], all_held[above] - all_held[best]
        if gain and gain >= WORTH * cost:
            best = above
    return best


def _held(counted: Iterable[Weighed], amount: Callable[[Weighed], int]) -> Counter[HtmlElement]:
    """How much of something the blocks in each element have together."""
    held: Counter[HtmlElement] = Counter()
    for each in counted:
        held[each.found.element] += amount(each)
        for above in each.found.element.iterancestors():
            held[above] += amount(each)
    return held


def _characters(weighed: Weighed) -> int:
    return len(weighed.found.piece.text)


def _from_title(within: Sequence[Weighed], title: str) -> Sequence[Weighed]:
    """What stands before the title isn't the article's, as long as most of the text stands behind it."""
    wanted = _plain(title)
    for index, each in enumerate(within):
        headed = each.found.piece.kind is BlockKind.HEADING
        if wanted and headed and _plain(each.found.piece.text) == wanted:
            behind = within[index:]
            return behind if _likely(behind) >= _likely(within[:index]) else within
    return within


def _likely(weighed: Iterable[Weighed]) -> int:
    """How much of the text below headings was voted for or looks like prose."""
    body = (each for each in weighed if each.found.piece.kind is not BlockKind.HEADING)
    return sum(_characters(each) for each in body if each.voted or each.prose)


def _lead(headed: Sequence[Weighed], within: Sequence[Weighed], title: str) -> Iterator[Weighed]:
    """The first paragraphs where they stand outside, between the title and the element that holds the rest."""
    if not within or not headed or _plain(headed[0].found.piece.text) != _plain(title):
        return
    for each in headed[: headed.index(within[0])]:
        if each.voted and each.prose:
            yield each


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _trimmed(within: Sequence[Weighed]) -> list[Weighed]:
    """From the first to the last block that is surely the article's, without what leads elsewhere."""
    sure = [index for index, each in enumerate(within) if each.prose and (each.voted or each.linked == 0)]
    if not sure:
        sure = [index for index, each in enumerate(within) if each.voted]
    if not sure:
        return []
    first, last = sure[0], sure[-1]
    return [each for index, each in enumerate(within) if _is_kept(each, before=index < first, after=index > last)]


def _is_kept(each: Weighed, *, before: bool, after: bool) -> bool:
    """At the edges only what was voted for or looks like prose, without the line that tells author and date."""
    piece = each.found.piece
    if before or after:
        signed = len(piece.text) <= SIGNATURE_CHARACTERS and bool(day_in(piece.text))
        headed = before and piece.kind is BlockKind.HEADING
        return headed or piece.kind is BlockKind.REFERENCE or ((each.prose or each.voted) and not signed)
    return each.linked < LINKED or each.voted
