"""Instants as the workspace's clocks show them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from scheduler.bootstrap import App


def local(instant: datetime, app: App) -> str:
    """An instant in the workspace's zone, with its offset."""
    return f"{instant.astimezone(ZoneInfo(app.settings.time_zone)):%Y-%m-%d %H:%M:%S %z}"


def instant(wall: datetime | None, app: App) -> datetime | None:
    """A wall time in the workspace's zone as an instant (UTC)."""
    return wall.replace(tzinfo=ZoneInfo(app.settings.time_zone)).astimezone(UTC) if wall else None


def zone_of(app: App) -> ZoneInfo:
    """The workspace's zone."""
    return ZoneInfo(app.settings.time_zone)
