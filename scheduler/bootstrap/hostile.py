"""Work on what comes from outside, done in child processes: reading, cutting, painting."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from scheduler import plugins
from scheduler.dispatch.children import InChild, Limits
from scheduler.domain.article import Article, Cut
from scheduler.domain.bookings import Bookings
from scheduler.domain.card import CardRequest, CardResult, RefusedCard
from scheduler.domain.closed import Closing
from scheduler.domain.errors import (
    AddressRefused,
    ChildFailed,
    FileUnusable,
    NoAnswer,
    PageUnusable,
    SettingsUnusable,
)
from scheduler.domain.feed import Feed, FeedItem, Subscription
from scheduler.domain.links import is_address
from scheduler.domain.page import FeedRequest, PageRequest, PictureRequest
from scheduler.domain.readymade import QueueFile
from scheduler.readers.inbox import Inbox
from scheduler.readers.loading import check_name, without_waiting
from scheduler.readers.queuefiles.request import QueueRequest
from scheduler.readers.sizes import largest_of
from scheduler.readers.work import BookingsRequest, CalendarRequest, ReadRequest

READ_AND_CUT = ("scheduler.readers.work:load", "scheduler.readers.work:read", "scheduler.cutting:cut")
CUT_AGAIN = ("scheduler.cutting:cut",)
READ_PAGE = ("scheduler.fetching.work:fetch_article", "scheduler.readers.web:read", "scheduler.cutting:cut")
READ_FEED = ("scheduler.fetching.work:fetch_feed", "scheduler.readers.feed:read_feed")
READ_ITEM = ("scheduler.readers.feed:read_item", "scheduler.cutting:cut")
READ_CLOSINGS = ("scheduler.readers.calendarfile:read_closings",)
READ_QUEUE = ("scheduler.readers.queuefiles.files:read_all",)
READ_BOOKINGS = ("scheduler.readers.bookings:read_bookings",)
PAINT = ("scheduler.cards.work:paint",)
IS_GONE = ("scheduler.fetching.work:is_gone",)
FETCH_PICTURE = ("scheduler.fetching.work:fetch_picture", "scheduler.readers.picturefile:keep_fetched")
KEEP_PICTURES = ("scheduler.readers.picturefile:keep_all",)
SHEET = ("scheduler.cards.sheet:contact_sheet",)
ALT_TEXTS = ("scheduler.cards.alt:alt_texts",)
CHECK_LOOKS = ("scheduler.cards.doctor:check",)
TABLES = Limits(seconds=120, cpu_seconds=60, memory_mib=640)
PICTURES = Limits(seconds=24, memory_mib=768)
PAINTING = Limits(memory_mib=768)
# A megabyte of prose takes some 120 MiB; what wants more than twice of that is no article.
READING = Limits(seconds=30, cpu_seconds=12, memory_mib=256)
# Shorter than a worker that is told to stop waits for what is under way.
PAGES = replace(READING, seconds=24)
CALENDARS = Limits(seconds=30, cpu_seconds=10, memory_mib=256)
FEEDS = Limits(seconds=24, cpu_seconds=5, memory_mib=512)


def read_and_cut(inbox: Inbox, name: str) -> tuple[Article, Cut]:
    """One file, or the page at an address. Raises FileUnusable, AddressRefused, PageUnusable, NoAnswer, ChildFailed."""
    if is_address(name):
        return read_page(name)
    check_name(name)
    reader = plugins.readers().get(Path(name).suffix.lower())
    if reader is None:
        known = ", ".join(sorted(plugins.readers()))
        hint = f"Readers take {known}; the address of a page begins with https://."
        raise FileUnusable(f"No reader takes '{Path(name).suffix}' files.", hint=hint, path=name)
    work = InChild(functions=READ_AND_CUT, returns=TypeAdapter(tuple[Article, Cut]), limits=READING, unseen=1)
    return work(ReadRequest(reader=reader, name=name, root=inbox.root, folder=inbox.folder))


def cut_again(article: Article) -> Cut:
    """What the cutter makes of a stored article. Raises ChildFailed."""
    return InChild(functions=CUT_AGAIN, returns=TypeAdapter(tuple[Cut]), limits=READING)(article)[0]


def read_page(address: str) -> tuple[Article, Cut]:
    """The article at an address. Raises AddressRefused, PageUnusable, NoAnswer, FileUnusable, ChildFailed."""
    work = InChild(functions=READ_PAGE, returns=TypeAdapter(tuple[Article, Cut]), limits=PAGES, unseen=1)
    return work(PageRequest(address=address))


def is_gone(address: str) -> str:
    """Why a page is no longer there; empty where it is. Raises AddressRefused, NoAnswer, ChildFailed."""
    work = InChild(functions=IS_GONE, returns=TypeAdapter(tuple[str]), limits=PAGES)
    return work(PageRequest(address=address))[0]


def read_feed(subscription: Subscription) -> Feed:
    """What a feed says now. Raises AddressRefused, PageUnusable, NoAnswer, ChildFailed."""
    known = {name: getattr(subscription, name) for name in ("address", "etag", "last_modified")}
    work = InChild(functions=READ_FEED, returns=TypeAdapter(tuple[Feed]), limits=FEEDS, unseen=1)
    return work(FeedRequest(**known))[0]


def read_item(item: FeedItem) -> tuple[Article, Cut]:
    """A feed's item: from the feed where that holds the whole text, otherwise from the page that it leads to."""
    if not item.content:
        return read_page(item.link)
    return InChild(functions=READ_ITEM, returns=TypeAdapter(tuple[Article, Cut]), limits=PAGES)(item)


def read_closings(root: Path, name: str, *, zone: str, now: datetime) -> tuple[Closing, ...]:
    """The closing days of a calendar file in a workspace. Raises SettingsUnusable."""
    request = CalendarRequest(root=root, name=name, zone=zone, now=now)
    work = InChild(functions=READ_CLOSINGS, returns=TypeAdapter(tuple[tuple[Closing, ...]]), limits=CALENDARS)
    try:
        return work(request)[0]
    except (FileUnusable, ChildFailed) as error:
        raise SettingsUnusable(error.message, hint=error.hint, path=name, setting="CALENDAR") from None


def digest(inbox: Inbox, name: str) -> str:
    """The SHA-256 of what a file holds, taken in small pieces; empty where there is none, or one that is too large."""
    try:
        with open(inbox.root / name, "rb", opener=without_waiting) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size > largest_of(name):
                return ""
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def read_queue(request: QueueRequest) -> tuple[QueueFile, ...]:
    """Files of ready-made posts. Raises ChildFailed."""
    return InChild(functions=READ_QUEUE, returns=TypeAdapter(tuple[tuple[QueueFile, ...]]), limits=TABLES)(request)[0]


def read_bookings(request: BookingsRequest) -> Bookings:
    """What posts brought. Raises ChildFailed."""
    return InChild(functions=READ_BOOKINGS, returns=TypeAdapter(tuple[Bookings]), limits=TABLES)(request)[0]


def paint(requests: Sequence[CardRequest]) -> Sequence[CardResult]:
    """One result a request, in order; a picture that somebody gave is copied or fetched. Raises ChildFailed."""
    given = {at: one for at, one in enumerate(requests) if one.picture}
    fetched = {at: fetch_picture(one) for at, one in given.items() if is_address(one.picture)}
    results: dict[int, CardResult] = dict(fetched)
    painted = {at: one for at, one in enumerate(requests) if at not in given}
    copied = {at: one for at, one in given.items() if at not in fetched}
    for functions, chosen in ((PAINT, painted), (KEEP_PICTURES, copied)):
        if chosen:
            work = InChild(functions=functions, returns=TypeAdapter(tuple[list[CardResult]]), limits=PAINTING)
            results |= zip(chosen, work(list(chosen.values()))[0], strict=True)
    return [results[at] for at in range(len(requests))]


def fetch_picture(request: CardRequest) -> CardResult:
    """A copy of the picture at an address, or why there is none. Raises ChildFailed."""
    work = InChild(functions=FETCH_PICTURE, returns=TypeAdapter(tuple[CardResult]), limits=PICTURES, unseen=1)
    try:
        return work(PictureRequest(address=request.picture, out=request.out))[0]
    except (AddressRefused, PageUnusable, NoAnswer) as error:
        hint = error.hint or "Save it beside the table, and write the name of its file."
        return RefusedCard(reason=f"Its picture can't be fetched. {error.message}", hint=hint)


def contact_sheet(columns: Sequence[str], rows: Mapping[str, Sequence[str]], out: Path) -> str:
    """Writes one PNG that shows rows of painted cards by their label, a path each or "" where there is none.

    Raises ChildFailed.
    """
    labelled = [{"label": label, "cards": cards} for label, cards in rows.items()]
    request = {"columns": columns, "rows": labelled, "out": str(out)}
    return InChild(functions=SHEET, returns=TypeAdapter(tuple[str]), limits=PAINTING)(request)[0]


def alt_texts(requests: Sequence[CardRequest]) -> tuple[str, ...]:
    """What these cards would be described as. Raises CardRefused for an unusable brand."""
    return InChild(functions=ALT_TEXTS, returns=TypeAdapter(tuple[tuple[str, ...]]))(requests)[0]


def check_looks(assets: Path) -> tuple[tuple[str, bool, str], ...]:
    """(what, well, words) for text engine, fonts, brand and templates."""
    work = InChild(functions=CHECK_LOOKS, returns=TypeAdapter(tuple[tuple[tuple[str, bool, str], ...]]))
    return work(str(assets))[0]
