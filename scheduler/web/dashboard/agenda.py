"""What the first page puts together: what needs somebody, what goes out next, how far the plans reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from scheduler.bootstrap import App
from scheduler.domain.delivery import State
from scheduler.domain.standing import Standing
from scheduler.store.screens.calendar import PlannedTile
from scheduler.usecases.budget import month_of

COMING = frozenset({Standing.DRAFT, Standing.CONFIRM, Standing.SCHEDULED, Standing.SENDING})
MOST_ROWS, MOST_READ = 12, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One post at one minute on one or several channels."""

    tile: PlannedTile
    channels: Sequence[str]

    @property
    def address(self) -> str:
        """Where one decides about it, or where its story is told."""
        waits = self.tile.standing in (Standing.DRAFT, Standing.CONFIRM)
        return f"/review/{self.tile.post_id}" if waits else f"/log/{self.tile.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one account has cost this month, in US dollars; `cap_usd` is None where there is none."""

    channel: str
    spent_usd: float
    cap_usd: float | None

    @property
    def percent(self) -> float:
        """Of the cap."""
        return 100 * self.spent_usd / self.cap_usd if self.cap_usd else 0.0


def coming(app: App, *, now: datetime) -> list[Row]:
    """The first rows, by time."""
    screen = app.store.calendar_screen
    planned = screen.page(channels=(), since=now, after=None, most=MOST_READ)
    troubles = app.store.today_screen.troubles
    on_the_way = [*troubles(State.CLAIMED, most=MOST_ROWS), *troubles(State.SENDING, most=MOST_ROWS)]
    tiles = [*filter(None, (screen.tile(one.code) for one in on_the_way)), *planned]
    unique = {tile.id: tile for tile in tiles if tile.standing in COMING and not tile.part}
    return list(_rows(sorted(unique.values(), key=_place)))[:MOST_ROWS]


def _place(tile: PlannedTile) -> tuple[bool, datetime, int, str]:
    minute = tile.due_at.replace(second=0, microsecond=0)
    return tile.standing is not Standing.SENDING, minute, tile.post_id, tile.standing


def _rows(tiles: Sequence[PlannedTile]) -> Iterator[Row]:
    for _, same in groupby(tiles, key=_place):
        group = list(same)
        yield Row(tile=group[0], channels=sorted({tile.channel for tile in group}))


def costs(app: App, *, now: datetime) -> list[Cost]:
    """Of the accounts that cost."""
    month = month_of(now, app.settings.time_zone)
    return [
        Cost(channel=one.name, spent_usd=app.budget.spent(one.name, month), cap_usd=one.cap_usd)
        for one in app.channels.priced
        if not one.capabilities.prices.is_free
    ]
