"""Posts that somebody wrote out as rows of a table: what a row asks for, and what a file of rows holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.domain.lateness import LateRule

BOOKING = ""
NO_LINK = "none"
"""Beside an address, what a row's link may be: the booking page, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A wall time as 2026-12-01T09:00, the name of a campaign, or neither: the next free slot.

    `offset` is how many minutes the clock that is meant is ahead of UTC; None means the brand's zone.
    """

    wall_time: str = ""
    offset: int | None = None
    campaign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyMade:
    """What a row asks for beside its words; empty means: as the settings say.

    `key` is the row's own name for itself, `row` its number as the spreadsheet shows it. `channels` are empty for all.
    Without `template` and `picture` the post has no picture. `expires` is a wall time in the brand's zone, after which
    it must not go out. `hashtags` begin with #. `evergreen` is whether it comes again; None leaves that to its
    campaign. `removed` is true when its post was cancelled as the row went.
    """

    key: str = ""
    row: int
    channels: tuple[str, ...] = ()
    when: When = When()
    link: str = BOOKING
    template: str = ""
    picture: str = ""
    alt_text: str = ""
    hashtags: tuple[str, ...] = ()
    category: str = ""
    expires: str = ""
    late: LateRule | None = None
    evergreen: bool | None = None
    removed: bool = False

    @property
    def wants_picture(self) -> bool:
        """Whether its post has a picture."""
        return bool(self.template or self.picture) and not self.removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where something stands: the spreadsheet's row number and column letter, the header above, and the words in it.

    Where a row as a whole is meant, all but its number are empty.
    """

    row: int
    column: str = ""
    header: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One post as the file has it. `cells` tells where it says what, by the field's name."""

    text: str
    asks: ReadyMade
    cells: Mapping[str, Cell] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Why a row can't be a post."""

    cell: Cell
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFile:
    """What a file of ready-made posts holds; `notes` are sentences about how it was understood.

    Of a file that can't be read at all, `refusal` tells why; its cell names a line, or 0. `language` is a BCP 47 tag.
    """

    name: str
    language: str = "en"
    rows: tuple[Row, ...]
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: Complaint | None = None
