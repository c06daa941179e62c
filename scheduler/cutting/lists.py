"""Finds short lists under a heading that names them, such as “Five signs of …”: together they make one post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from scheduler.cutting import english, gates
from scheduler.cutting.candidates import Candidate
from scheduler.cutting.judging import Judged
from scheduler.cutting.kinds import demands
from scheduler.cutting.leaning import Leaning
from scheduler.cutting.repair import remaining
from scheduler.cutting.rules import Rules
from scheduler.cutting.words import words
from scheduler.domain.article import Article, BlockKind, Repair, RepairKind

ITEMS = range(2, 7)
LONGEST_LIST = 240
HEADING_LENGTHS = range(8, 121)

_COLONS = (":", "：")
_FORM = frozenset({RepairKind.CITATION, RepairKind.SPACING})
_ITEM_FAULTS = (None, gates.MIDDLE, gates.NO_END)


def lists(article: Article, sentences: Sequence[Judged], rules: Rules) -> Iterator[Candidate]:
    """Lists of two to six items that fit one post with their heading, where most items can't stand alone."""
    for run in _runs(sentences):
        items = [sentences[index] for index in run]
        alone = sum(_stands_alone(item, rules) for item in items)
        if run[0] == 0 or len(run) not in ITEMS or alone * 2 > len(run) or not _is_list(items):
            continue
        heading = _heading(article, sentences[run[0] - 1], len(run), rules)
        found = _listed(article, items, run, heading)
        if heading and len(heading) + len(found.text) + 3 * len(run) <= min(LONGEST_LIST, rules.longest):
            yield found


def _runs(sentences: Sequence[Judged]) -> Iterator[tuple[int, ...]]:
    """Neighbouring items, by index."""
    for is_item, group in groupby(enumerate(sentences), key=lambda pair: pair[1].segment.block.kind is BlockKind.ITEM):
        if is_item:
            yield tuple(index for index, _ in group)


def _heading(article: Article, before: Judged, count: int, rules: Rules) -> str:
    """The words above a list, as they are written; empty when they don't name what comes, or can't be posted."""
    segment = before.segment
    text = " ".join(article.text[segment.start : segment.end].split())
    may_lead = segment.block.kind is BlockKind.HEADING or (
        segment.block.kind is BlockKind.PARAGRAPH and segment.end == segment.block.end
    )
    if not may_lead or len(text) not in HEADING_LENGTHS:
        return ""
    low = text.lower()
    named = english.LIST_OF.search(low) if rules.english else None
    promised = english.COUNT.get(named[1] or "") if named else None
    leads = text.endswith(_COLONS) or (named and segment.block.kind is BlockKind.HEADING)
    leans = rules.english and english.LEANING_HEADING.match(low)
    shut = gates.of_words(text, low.replace("the following", ""), frozenset(words(text)) - {"following"}, rules)
    return text if leads and not leans and not shut and promised in (None, count) else ""


def _is_list(items: Sequence[Judged]) -> bool:
    """Items of one level, each a sentence or less, with nothing in them that no post may hold."""
    return len({item.segment.block.level for item in items}) == 1 and all(map(_is_item, items))


def _is_item(one: Judged) -> bool:
    alone = one.segment.start == one.segment.block.start and one.segment.end == one.segment.block.end
    usable = one.why_not in _ITEM_FAULTS and one.leaning is not Leaning.LOST and not one.asks
    return alone and usable and bool(one.mended.text)


def _stands_alone(one: Judged, rules: Rules) -> bool:
    """A demand is a tip by itself; other items only say something under their heading."""
    whole = one.why_not is None and one.leaning is Leaning.UPRIGHT and len(one.mended.text) >= rules.shortest
    return whole and (demands(one.said) or not rules.english)


def _listed(article: Article, items: Sequence[Judged], members: tuple[int, ...], heading: str) -> Candidate:
    """Marks and odd spaces are left out; an item's opening words stay, as no letter inside may be raised."""
    spans = tuple((one.mended.span[0], one.segment.end) for one in items)
    repairs = tuple(_form(one) for one in items)
    lengths = [len(remaining(article.text, (span,), kept)) for span, kept in zip(spans, repairs, strict=True)]
    listed = tuple(repair for kept in repairs for repair in kept)
    return Candidate(
        members=members,
        text=remaining(article.text, spans, listed),
        spans=spans,
        repairs=listed,
        reason="a list that fits one post with its heading",
        heading=heading,
        breaks=tuple(sum(lengths[:index]) + index for index in range(1, len(lengths))),
    )


def _form(one: Judged) -> tuple[Repair, ...]:
    return tuple(repair for repair in one.mended.repairs if repair.kind in _FORM)
