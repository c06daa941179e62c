"""Work on what comes from outside, done in child processes: reading, cutting, painting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from scheduler import plugins
from scheduler.dispatch.children import InChild, Limits
from scheduler.domain.article import Article, Cut
from scheduler.domain.card import CardRequest, CardResult
from scheduler.domain.errors import FileUnusable
from scheduler.readers.inbox import Inbox
from scheduler.readers.loading import check_name
from scheduler.readers.work import ReadRequest

READ_AND_CUT = ("scheduler.readers.work:load", "scheduler.readers.work:read", "scheduler.cutting:cut")
PAINT = ("scheduler.cards.work:paint",)
ALT_TEXTS = ("scheduler.cards.alt:alt_texts",)
CHECK_LOOKS = ("scheduler.cards.doctor:check",)
PAINTING = Limits(memory_mib=768)


def read_and_cut(inbox: Inbox, name: str) -> tuple[Article, Cut]:
    """One file. Raises FileUnusable, ChildFailed."""
    check_name(name)
    reader = plugins.readers().get(Path(name).suffix.lower())
    if reader is None:
        known = ", ".join(sorted(plugins.readers()))
        raise FileUnusable(f"No reader takes '{Path(name).suffix}' files.", hint=f"Readers take {known}.", path=name)
    work = InChild(functions=READ_AND_CUT, returns=TypeAdapter(tuple[Article, Cut]), unseen=1)
    return work(ReadRequest(reader=reader, name=name, root=inbox.root, folder=inbox.folder))


def paint(requests: Sequence[CardRequest]) -> Sequence[CardResult]:
    """One result a request, in order. Raises ChildFailed."""
    return InChild(functions=PAINT, returns=TypeAdapter(tuple[list[CardResult]]), limits=PAINTING)(requests)[0]


def alt_texts(requests: Sequence[CardRequest]) -> tuple[str, ...]:
    """What these cards would be described as. Raises CardRefused for an unusable brand."""
    return InChild(functions=ALT_TEXTS, returns=TypeAdapter(tuple[tuple[str, ...]]))(requests)[0]


def check_looks(assets: Path) -> tuple[tuple[str, bool, str], ...]:
    """(what, well, words) for text engine, fonts, brand and templates."""
    work = InChild(functions=CHECK_LOOKS, returns=TypeAdapter(tuple[tuple[tuple[str, bool, str], ...]]))
    return work(str(assets))[0]
