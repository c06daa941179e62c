"""The channels of the settings as the planner sees them: what they take, when they publish, what is free."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from scheduler import plugins
from scheduler.bootstrap import hostile
from scheduler.bootstrap.folders import Folders
from scheduler.domain.channel import Account, Capabilities
from scheduler.domain.closed import Closed, Closing, parse_blocked, parse_quiet
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import DoesNotFit, NotAllowedNow, NotFound, SettingsUnusable
from scheduler.domain.pricing import parse_link_rule, parse_prices
from scheduler.domain.slots import SlotTime, parse_slots
from scheduler.domain.timetable import Booked, Timetable
from scheduler.ports import Clock, Publisher
from scheduler.settings import Settings
from scheduler.usecases.openings import next_free
from scheduler.usecases.plan import Outlet, length_of, outlet_of

if TYPE_CHECKING:
    from scheduler.store import Store


@dataclass(kw_only=True)
class Channels:
    """The accounts of one workspace. `store` is called when a calendar is asked for."""

    settings: Settings
    folders: Folders
    clock: Clock
    store: Callable[[], Store]
    _closings_of: str = ""

    @cached_property
    def publishers(self) -> dict[str, Publisher]:
        """Every configured channel by its name."""
        return {name: self.publisher(name) for name in self.settings.channels}

    @cached_property
    def capabilities(self) -> Mapping[str, Capabilities]:
        """What each channel takes; one that can't be opened yet has no say in how cards are made."""
        found: dict[str, Capabilities] = {}
        for name in self.settings.channels:
            with suppress(SettingsUnusable):
                found[name] = self.publisher(name).capabilities()
        return found

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """The channels as the planner sees them."""
        return tuple(self._outlet(name, one, self._timetable(name)) for name, one in self.publishers.items())

    @cached_property
    def priced(self) -> tuple[Outlet, ...]:
        """Those that can be opened as far as they cost: without their slots, for which a calendar has to be read."""
        return tuple(self._outlet(name, self.publisher(name), self._no_slots(name)) for name in self.capabilities)

    def outlet(self, channel: str) -> Outlet:
        """One channel. Raises NotFound when the settings no longer name it."""
        return outlet_of(self.outlets, channel)

    @property
    def are_bare(self) -> bool:
        """Whether no channel wants a link anywhere: all share one picture."""
        return all(parse_link_rule(channel.link).is_bare for channel in self.settings.channels.values())

    @cached_property
    def closings(self) -> tuple[Closing, ...]:
        """What the workspace's calendar closes. Raises SettingsUnusable."""
        self._closings_of = self.folders.version(self.settings.calendar)
        name = self.settings.calendar
        if not name:
            return ()
        return hostile.read_closings(self.folders.root, name, zone=self.settings.time_zone, now=self.clock.now())

    def reread(self) -> bool:
        """Whether the calendar's file changed, and closes other days since. Raises SettingsUnusable, once, for a file
        that can't be read: then what was read before still holds."""
        before = self.closings
        if self._closings_of == self.folders.version(self.settings.calendar):
            return False
        del self.closings
        try:
            changed = self.closings != before
        except SettingsUnusable:
            self.closings = before
            raise
        if changed:
            self.__dict__.pop("outlets", None)
        return changed

    def timetable(self, channel: str) -> Timetable:
        """When a channel publishes; whenever it is asked to, where the settings no longer name it."""
        try:
            return self.outlet(channel).timetable
        except NotFound:
            return self._no_slots(channel)

    def calendar(self, channel: str) -> Timetable:
        """When a channel of the settings publishes, whether it can be opened or not."""
        return self._timetable(channel)

    def next_slot(self, delivery: Delivery, after: datetime) -> SlotTime:
        """The next free slot of its channel for a delivery. Raises NotFound, NotAllowedNow when it has none."""
        timetable = self.outlet(delivery.channel).timetable
        held = self.store().calendar.held(delivery.channel, since=after - timetable.spacing)
        others = Booked(at for at in held if at != delivery.due_at)
        return next_free(timetable, self.store().posts.get(delivery.post_id), booked=others, after=after)

    def next_free(self, delivery: Delivery, after: datetime) -> SlotTime | None:
        """The same; None when its channel has none, or the settings no longer name it."""
        try:
            return self.next_slot(delivery, after)
        except (NotFound, NotAllowedNow):
            return None

    def length_in_words(self, delivery: Delivery) -> str:
        """How long a delivery's text is, as its channel counts; empty when the settings no longer name the channel."""
        try:
            outlet = self.outlet(delivery.channel)
            return f"{length_of(outlet, delivery.link, delivery.text)} of {outlet.capabilities.text_limit}"
        except (NotFound, DoesNotFit):
            return ""

    def publisher(self, name: str) -> Publisher:
        """One channel of the settings. Raises SettingsUnusable where its options won't do."""
        channel = self.settings.channels[name]
        options = {key: value.get_secret_value() for key, value in channel.options.items()}
        return self.open_account(channel.network, name, options)

    def open_account(self, network: str, name: str, options: Mapping[str, str]) -> Publisher:
        """An account that the settings may not know yet. Raises SettingsUnusable."""
        account = Account(name=name, folder=str(self.folders.outbox(name)), options=options)
        return plugins.open_channel(network, account)

    def _no_slots(self, name: str) -> Timetable:
        return Timetable(account=name, slots=(), zone=self.settings.time_zone)

    def _outlet(self, name: str, publisher: Publisher, timetable: Timetable) -> Outlet:
        channel, capabilities = self.settings.channels[name], publisher.capabilities()
        if channel.prices:
            capabilities = replace(capabilities, prices=parse_prices(channel.prices))
        return Outlet(
            name=name,
            network=channel.network,
            timetable=timetable,
            capabilities=capabilities,
            length=partial(_length, plugins.MEASURES[capabilities.measure]),
            link_rule=parse_link_rule(channel.link),
            has_link=partial(_has_link, plugins.LINKS[capabilities.measure]),
            cap_usd=channel.monthly_cap,
        )

    def _timetable(self, name: str) -> Timetable:
        channel, blocked = self.settings.channels[name], parse_blocked(self.settings.blocked)
        return Timetable(
            account=name,
            slots=parse_slots(channel.slots),
            zone=self.settings.time_zone,
            jitter=channel.jitter,
            spacing=timedelta(minutes=channel.spacing),
            closed=Closed(quiet=parse_quiet(channel.quiet), blocked=blocked, closings=self.closings),
        )


def _length(target: str, text: str) -> int:
    units: int = plugins.load(target)(text)
    return units


def _has_link(target: str, text: str) -> bool:
    found: bool = plugins.load(target)(text)
    return found
