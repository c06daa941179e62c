"""What is kept of deliveries, and what the worker asks at every tick."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Attempt, Delivery, Outcome, State
from scheduler.domain.fenced import FencedWrite
from scheduler.domain.lateness import Late, Overdue
from scheduler.domain.moment import UNMARKED, Mark
from scheduler.domain.pause import Pause
from scheduler.domain.post import Post


class Deliveries(Protocol):
    """The delivery table."""

    def get(self, code: str) -> Delivery:
        """Raises NotFound."""

    def select(
        self, *, states: Collection[State] = (), post_id: int | None = None, due_before: datetime | None = None
    ) -> Sequence[Delivery]:
        """By due instant; empty `states` means all; `due_before` is exclusive."""

    def add(self, deliveries: Sequence[Delivery], entry: AuditEntry, *, of: Sequence[Post] = ()) -> None:
        """All or none. Raises NotAllowedNow: two live deliveries never share a channel and an instant, none a code.

        Nor is anything added when one of the posts `of` which these are is not as it was read.
        """

    def write(
        self,
        before: Delivery,
        after: Delivery,
        *,
        attempt: Attempt | None = None,
        entry: AuditEntry | None = None,
        along: Sequence[tuple[Delivery, Delivery]] = (),
    ) -> bool:
        """Compare and set: only where the row still is `before`, its fence and state first of all.

        False means that somebody else moved it; then only `attempt` is stored. Durable when it returns. `along` are
        steps of other deliveries that go with it, all or none.
        Raises NotAllowedNow when `after` would share its channel and instant with another live delivery.
        """


class FencedWrites(Protocol):
    """Several steps at once, as the worker takes them."""

    def write(self, changes: Sequence[FencedWrite]) -> Sequence[bool]:
        """As Deliveries.write, each by itself but in one commit; whether each held. Durable when it returns.

        An intent holds only while its channel is not paused.
        """


class Due(Protocol):
    """What the worker asks for at every tick."""

    def claim(
        self, *, now: datetime, lease_seconds: int, mark: Mark = UNMARKED, room: Callable[[str], int] = ...
    ) -> Sequence[Delivery]:
        """Scheduled deliveries that are due and whose posts may go out, claimed with a lease, each account's in order.

        At most `room(channel)` of an account, one where nothing is said. A part of a thread comes after its parent is
        out, and with its id there.
        One whose channel is paused is none of them, nor is it waiting or next.
        One that is over GRACE late is none of them: it goes out only after it was postponed, so never in a burst.
        """

    def waiting(self, *, now: datetime) -> Sequence[Delivery]:
        """Due and scheduled, but the post may not go out (not approved)."""

    def next_at(self) -> datetime | None:
        """The earliest due instant of any scheduled delivery."""


class Behind(Protocol):
    """What is behind its time: few columns a row, so that thousands of them cost a round little."""

    def late(self, *, now: datetime) -> Sequence[Late]:
        """Scheduled and due, by due instant, where a verdict may be another than to send it: it is over GRACE late, or
        expires one day, or answers what is not there.

        None that stands still, nor a part of a thread whose parent isn't out.
        """

    def as_judged(self, late: Sequence[Late]) -> Iterator[tuple[Late, Delivery]]:
        """The same as whole deliveries, lot by lot as they are asked for; without those that changed meanwhile."""

    def overdue(self, *, now: datetime) -> Sequence[Overdue]:
        """What should be out since some minutes and has no outcome, by due instant.

        What was put off to a later time or stands still is none of it, nor is a thread's part whose first part isn't
        out, nor what is looked for since less than a day.
        """

    def in_doubt(self) -> Sequence[Delivery]:
        """Those that may be out there and of which nobody knows, or a person was asked."""


class Pauses(Protocol):
    """Which channels and campaigns stand still."""

    def all(self) -> Mapping[str, Pause]:
        """Those of channels, by channel."""

    def campaigns(self) -> Mapping[str, Pause]:
        """Those of campaigns, by campaign."""

    def add(self, pause: Pause, entry: AuditEntry) -> bool:
        """False when the same was paused before, by a pause that doesn't give way to this one."""

    def end(self, channel: str, entry: AuditEntry, *, campaign: str = "", over_at: datetime | None = None) -> bool:
        """False when the channel was not paused; with `campaign`, and no channel, that.

        With `over_at` also when its pause is not over by then.
        """


class Journal(Protocol):
    """What happened, read only."""

    def attempts(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        channel: str = "",
        outcome: Outcome | None = None,
        code: str = "",
        after: int = 0,
    ) -> Sequence[Attempt]:
        """By start, oldest first; `after` leaves out what was stored up to the attempt of that id."""

    def audit(
        self, subject: str = "", *, since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[AuditEntry]:
        """Oldest first; of one subject, or all; `since` is inclusive, `until` exclusive."""

    def taken(self, delivery: Delivery) -> Sequence[str]:
        """The remote ids of other deliveries on its channel that say the same."""
