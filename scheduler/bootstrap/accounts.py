"""The channels of the settings as the planner sees them: what they take, and when they publish."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from scheduler import plugins
from scheduler.domain.channel import Capabilities
from scheduler.domain.closed import Closed, Closing, parse_blocked, parse_quiet
from scheduler.domain.pricing import parse_link_rule
from scheduler.domain.slots import parse_slots
from scheduler.domain.timetable import Timetable
from scheduler.settings import Settings
from scheduler.usecases.plan import Outlet


def outlet(settings: Settings, name: str, *, capabilities: Capabilities, closings: tuple[Closing, ...]) -> Outlet:
    """One channel."""
    channel = settings.channels[name]
    return Outlet(
        name=name,
        network=channel.network,
        timetable=timetable(settings, name, closings),
        capabilities=capabilities,
        length=partial(_length, plugins.MEASURES[capabilities.measure]),
        link_rule=parse_link_rule(channel.link),
    )


def timetable(settings: Settings, name: str, closings: tuple[Closing, ...]) -> Timetable:
    """When a channel publishes."""
    channel = settings.channels[name]
    return Timetable(
        account=name,
        slots=parse_slots(channel.slots),
        zone=settings.time_zone,
        jitter=channel.jitter,
        spacing=timedelta(minutes=channel.spacing),
        closed=Closed(quiet=parse_quiet(channel.quiet), blocked=parse_blocked(settings.blocked), closings=closings),
    )


def _length(target: str, text: str) -> int:
    units: int = plugins.load(target)(text)
    return units
