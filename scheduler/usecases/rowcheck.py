"""Whether a row can be a post of this house: its channels, its time, its picture, and that nothing is said twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.campaign import NO_CAMPAIGNS, Campaigns
from scheduler.domain.errors import FileUnusable, QuotidianError
from scheduler.domain.links import slug
from scheduler.domain.post import Post
from scheduler.domain.readymade import Cell, Complaint, QueueFile, Row
from scheduler.domain.slots import HORIZON, at_instant
from scheduler.usecases.openings import asked_end, asked_time
from scheduler.usecases.plan import Outlet

EVERYWHERE = frozenset({"all", "alle", "tous", "todos", "toutes", "todas"})
OTHER_NAMES = {"twitter": "x", "xtwitter": "x", "twitterx": "x"}
Said = dict[tuple[str, str], tuple[str, int]]
"""What is said on which channel, and the file and row that say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCheck:
    """What the house knows. `picture_at(file, words)` names a picture file inside the workspace, or raises
    FileUnusable; a template is one of `templates`, or `auto`."""

    outlets: Sequence[Outlet]
    templates: Collection[str]
    picture_at: Callable[[str, str], str]
    campaigns: Campaigns = NO_CAMPAIGNS

    def checked(self, file: QueueFile, said: Said) -> tuple[list[Row], list[Complaint]]:
        """The rows that can be posts, with channels and pictures as the house calls them, and what speaks against the
        others. `said` is what other files say."""
        rows: list[Row] = []
        complaints = list(file.complaints)
        own: dict[object, int] = {}
        for row in file.rows:
            try:
                row = self._settled(file.name, row)
                self._refuse_twice(file.name, row, own, said)
            except _Refused as refusal:
                complaints.append(refusal.complaint)
                continue
            rows.append(row)
            own[_identity(row)] = row.asks.row
        return rows, sorted(complaints, key=lambda one: one.cell.row)

    def _settled(self, name: str, row: Row) -> Row:
        asks = row.asks
        if asks.when.campaign:
            asks = replace(asks, when=replace(asks.when, campaign=self._campaign(row)))
        if asks.template and asks.template not in ("auto", *self.templates):
            known = ", ".join(("auto", *self.templates))
            raise _Refused(row, "template", f"There is no card template “{asks.template}”.", f"There are {known}.")
        picture = asks.picture
        if picture:
            try:
                picture = self.picture_at(name, picture)
            except FileUnusable as error:
                raise _Refused(row, "picture", error.message, error.hint) from None
        return replace(row, asks=replace(asks, channels=tuple(self._channels(row)), picture=picture))

    def _campaign(self, row: Row) -> str:
        name = slug(row.asks.when.campaign)
        try:
            return self.campaigns.get(name).name
        except FileUnusable as error:
            field = "campaign" if "campaign" in row.cells else "when"
            hint = f"{error.hint} Or write a date and time such as 2026-12-31 09:00, or `next slot`."
            message = error.message.replace(f"“{name}”", f"“{row.asks.when.campaign}”")
            raise _Refused(row, field, message, hint) from None

    def _channels(self, row: Row) -> Iterator[str]:
        """In the settings' order; all of them is none in particular."""
        if not any(plain(words) in EVERYWHERE for words in row.asks.channels):
            wanted = {self._named(row, words) for words in row.asks.channels}
            yield from (outlet.name for outlet in self.outlets if outlet.name in wanted)

    def _named(self, row: Row, words: str) -> str:
        """A channel by its name, or by its network where that has one account."""
        name = OTHER_NAMES.get(plain(words), plain(words))
        own = [outlet.name for outlet in self.outlets if plain(outlet.name) in (name, plain(words))]
        of_network = [outlet.name for outlet in self.outlets if plain(outlet.network) == name]
        if found := own or of_network:
            if len(found) == 1:
                return found[0]
            raise _Refused(row, "channels", f"“{words}” may be {' or '.join(found)}.", "Name one of them.")
        known = ", ".join(outlet.name for outlet in self.outlets)
        raise _Refused(row, "channels", f"The settings name no channel “{words}”.", f"They name {known}.")

    def _refuse_twice(self, file: str, row: Row, own: Mapping[object, int], said: Said) -> None:
        if row.asks.key and ("id", row.asks.key) in own:
            message = f"Row {own['id', row.asks.key]} has the same id."
            raise _Refused(row, "id", message, "Give each row an id of its own.")
        if row.asks.key:
            return
        if (above := own.get(_identity(row))) is not None:
            message = f"This row says the same as row {above}, on the same channels."
            raise _Refused(row, "text", message, "Delete one of them, or change its words.")
        for channel in row.asks.channels or [outlet.name for outlet in self.outlets]:
            name, number = said.get((row.text, channel), (file, 0))
            if name != file:
                message = f"Row {number} of {name} says the same on {channel}."
                raise _Refused(row, "text", message, "Delete one of them, or change its words.")


def said_by(posts: Iterable[tuple[str, Post]], outlets: Sequence[Outlet]) -> Said:
    """What ready-made posts say, each with the name of its file; those that were cancelled say nothing."""
    said = {}
    for source, post in posts:
        if post.ready and not post.ready.removed:
            for channel in post.ready.channels or [outlet.name for outlet in outlets]:
                said[post.excerpt.text, channel] = source, post.ready.row
    return said


def check_time(row: Row, zone: str, *, now: datetime) -> Complaint | None:
    """Why the times that a new row names can't be meant."""
    wanted, end = asked_time(row.asks, zone), asked_end(row.asks, zone)
    if end and end <= now:
        return complaint(row, "expires", "It has expired.", "Delete the row, or give it a later expiry.")
    if wanted is None:
        return None
    if wanted.due_at <= now:
        return complaint(row, "when", f"{wanted.said} has passed.", "Give it a later time, or `next slot`.")
    if wanted.due_at - now > HORIZON:
        return complaint(row, "when", f"{wanted.said} is over {HORIZON.days // 365} years ahead.", "Check the year.")
    if end and end < wanted.due_at:
        return complaint(row, "expires", "It expires before it is due.", "Correct one of the two.")
    return None


def clock_notes(rows: Sequence[Row], zone: str) -> Iterator[str]:
    """What is to be said of times that no clock shows."""
    for row in rows:
        wanted = asked_time(row.asks, zone)
        if wanted and wanted.is_shifted:
            shown = at_instant(wanted.due_at, zone).said
            yield f"Row {row.asks.row}: the clocks of {zone} skip {wanted.said}, so {shown} is meant."


def complaint(row: Row, field: str, message: str, hint: str) -> Complaint:
    """About one cell of a row, or the row where there is no such cell."""
    return Complaint(cell=row.cells.get(field) or Cell(row=row.asks.row), message=message, hint=hint)


def plain(words: str) -> str:
    """A channel's name as it is compared."""
    return "".join(re.findall(r"[^\W_]", words.casefold()))


def _identity(row: Row) -> object:
    return ("id", row.asks.key) if row.asks.key else (row.text, row.asks.channels)


class _Refused(QuotidianError):
    """A row that can't be a post."""

    def __init__(self, row: Row, field: str, message: str, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.complaint = complaint(row, field, message, hint)
