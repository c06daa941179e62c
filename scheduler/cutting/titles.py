"""Takes from an article's title what may stand over a post: the article's name without its site's."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from scheduler.cutting import gates
from scheduler.cutting.rules import Rules
from scheduler.cutting.words import words
from scheduler.domain.article import Article, BlockKind

LENGTHS = range(6, 121)
SITE_NAME_WORDS = 5

_BARS = re.compile(r"\s(?:\||·|•|«|»|::)\s")
_DASHED = re.compile(r"(.{6,300})\s[–—-]\s([^–—]{2,60})")
_NAME_WORD = re.compile(r"[A-ZÀ-Þ&\d][\w.'’&-]*|and|of|the|in|at|de|la|und|et|y")
_RUNS_ON = re.compile(r"[.!?…][\"”’)]{0,2}\s+\S.*[^.!?…\"”’)]$")


def posted_title(article: Article, rules: Rules) -> str:
    """Empty where the title can't be posted: it is the file's name, holds a contact or an address, advertises, or runs
    on behind its end mark."""
    title = without_site_name(" ".join(article.title.split()))
    usable = len(title) in LENGTHS and not _RUNS_ON.search(title) and not _made_up(article) and not _calls(article)
    shut = gates.of_words(title, title.lower(), frozenset(words(title)), rules)
    return title if usable and not shut else ""


def without_site_name(title: str) -> str:
    """`title` as it is, or its longest part between bars, without a name of few capital words behind a last dash."""
    longest = max(_BARS.split(title), key=len).strip()
    dashed = _DASHED.fullmatch(longest)
    if dashed is None:
        return longest
    name = dashed[2].split()
    is_name = 1 < len(name) <= SITE_NAME_WORDS and all(map(_NAME_WORD.fullmatch, name))
    return dashed[1].strip() if is_name and len(dashed[1].split()) >= len(name) else longest


def _made_up(article: Article) -> bool:
    """Whether the reader had to take the file's name for want of a title."""
    return article.title == PurePosixPath(article.source).stem.replace("-", " ").replace("_", " ")


def _calls(article: Article) -> bool:
    titles = [block for block in article.blocks if block.kind is BlockKind.TITLE]
    return any(block.start <= call.start < block.end for block in titles for call in article.calls_to_action)
