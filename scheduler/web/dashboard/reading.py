"""An article as its page shows it: what posts took of it, what was left, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.bootstrap import App, hostile
from scheduler.bootstrap.queued import is_queue_file
from scheduler.domain.article import Article, Excerpt
from scheduler.domain.links import is_address
from scheduler.readers.sizes import largest_of
from scheduler.store.screens.articles import ArticleRow
from scheduler.web.dashboard.source import Paragraph, Taken, whole

A_PART = 40_000
"""Characters of an article on one page."""
HASHED = 1_000_000
"""Bytes of a file that a list looks into to see whether it changed."""
NOT_TAKEN = "it could stand alone, but others were better, say the same, or are enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article came from; `state` is empty, gone or changed."""

    kind: str
    state: str = ""

    @property
    def words(self) -> str:
        """As the list says it."""
        return {"gone": "The file is gone", "changed": "Changed since it was read"}.get(self.state, "")


def source_of(app: App, row: ArticleRow) -> Source:
    """As it is now; a large file is not looked into."""
    if is_address(row.source):
        return Source(kind="page")
    kind = "table" if is_queue_file(app.folders, row.source) else "file"
    path = app.folders.root / row.source
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return Source(kind=kind, state="gone")
    if not row.digest or size > min(HASHED, largest_of(row.source)):
        return Source(kind=kind)
    digest = hostile.digest(app.inbox, row.source)
    return Source(kind=kind, state="changed" if digest and digest != row.digest else "")


def part_of(article: Article, taken: Mapping[int, Excerpt], part: int) -> tuple[tuple[Paragraph, ...], int]:
    """One part of it with what was taken, and how many parts there are."""
    many = max(-(-len(article.text) // A_PART), 1)
    start = min(max(part, 1), many) - 1
    found = [Taken(excerpt=excerpt, post_id=number) for number, excerpt in taken.items()]
    return whole(article, found, start * A_PART, (start + 1) * A_PART), many


def left(article: Article, taken: Mapping[int, Excerpt]) -> Mapping[str, Sequence[str]]:
    """The sentences that no post says, by why not; cut anew in a child process. Raises ChildFailed."""
    spans = [span for excerpt in taken.values() for span in excerpt.spans]
    found: dict[str, list[str]] = {}
    for one in hostile.cut_again(article).sentences:
        if not any(start < one.end and end > one.start for start, end in spans):
            words = " ".join(article.text[one.start : one.end].split())
            found.setdefault(one.why_not or NOT_TAKEN, []).append(words)
    return dict(sorted(found.items(), key=lambda each: (each[0] != NOT_TAKEN, -len(each[1]))))
