"""What people change in a workspace, one delivery or a thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.bootstrap.channels import Channels
from scheduler.usecases.intake import Intake
from scheduler.usecases.move import Movers
from scheduler.usecases.renew import Renewer
from scheduler.usecases.select import Selector

if TYPE_CHECKING:
    from scheduler.store import Store


@dataclass(kw_only=True)
class Deciding:
    """Choosing deliveries, and giving them other times. `intake` is called when posts are composed anew."""

    store: Store
    channels: Channels
    intake: Callable[[], Intake]
    zone: str

    @cached_property
    def selector(self) -> Selector:
        """Which are meant."""
        store = self.store
        return Selector(
            posts=store.posts,
            deliveries=store.deliveries,
            library=store.library,
            selection=store.selection,
            listing=store.listing,
        )

    @cached_property
    def movers(self) -> Movers:
        """To a time of one's own choice."""
        return Movers(calendar=self.store.calendar, timetable_of=self.channels.timetable, zone=self.zone)

    @cached_property
    def renewer(self) -> Renewer:
        """Into free slots."""
        return Renewer(intake=self.intake(), timetable_of=self.channels.timetable)
