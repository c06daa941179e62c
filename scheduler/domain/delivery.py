"""One post on one channel at one instant: the unit of scheduling, and the only truth about what went out."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Protocol

from scheduler.domain.slots import SlotTime


class State(StrEnum):
    """Where a delivery stands. After `sending`, nothing returns to `scheduled` without proof of refusal."""

    SCHEDULED = "scheduled"
    CLAIMED = "claimed"
    SENDING = "sending"
    PUBLISHED = "published"
    UNKNOWN = "unknown"
    HELD = "held"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row of the delivery table. Instants are UTC; `wall_time`, `zone` and `fold` say what the marketer was
    promised; `fold` is 1 for the second of two equal wall times.

    `fence` rises with every claim, so that a worker that lost its lease can't write; `attempt` counts tries;
    `crashes` counts claims that ended without an answer before sending. `key` is the idempotency key: it and the
    payload (`text`, `link`, `alt_text`, `card_path`, `card_sha256`, `created_at`) never change once claimed.
    `not_before` postpones a try without changing what was promised. `cost_usd` is what it costs where it was sent, by
    the price that counts since `price_since` (a date).

    `campaign` names the one under which it was planned, `shape` tells which version of that; a `pinned` one stands
    where a person put it. `run` counts how often its post came on its channel with it.

    In a thread each part but the first, part 0, has a `parent`: the code of the delivery that it answers. `reply_to` is
    that one's remote id, known from the claim on. `boot` and `ticks` are the machine's Mark at the claim or the intent.
    `doubts` counts the tries of which nobody knows and that were repeated with the same key.
    """

    id: int = 0
    post_id: int
    channel: str
    code: str
    text: str
    link: str
    alt_text: str
    card_path: str
    card_sha256: str
    article: str
    due_at: datetime
    wall_time: str
    zone: str
    fold: int = 0
    state: State = State.SCHEDULED
    attempt: int = 0
    crashes: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    key: str = ""
    created_at: datetime | None = None
    not_before: datetime | None = None
    sent_at: datetime | None = None
    remote_id: str = ""
    url: str = ""
    words: str = ""
    campaign: str = ""
    shape: str = ""
    pinned: bool = False
    run: int = 1
    cost_usd: float = 0.0
    price_since: str = ""
    parent: str = ""
    part: int = 0
    reply_to: str = ""
    boot: str = ""
    ticks: float = 0.0
    doubts: int = 0

    @property
    def promise(self) -> SlotTime:
        """When it was promised to go out."""
        return SlotTime(due_at=self.due_at, wall_time=self.wall_time, zone=self.zone, fold=self.fold)

    def but(self, **changes: Any) -> Delivery:
        """As dataclasses.replace, in half its time: three steps of each delivery are most of what a tick computes."""
        return Delivery(**dict(zip(FIELDS, values_of(self), strict=True)) | changes)


FIELDS = tuple(field.name for field in fields(Delivery))
values_of = attrgetter(*FIELDS)
"""All values of a delivery, in the order of FIELDS."""


class Booking(Protocol):
    """A delivery as far as a plan has to know it."""

    @property
    def code(self) -> str: ...
    @property
    def post_id(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def state(self) -> State: ...
    @property
    def campaign(self) -> str: ...
    @property
    def shape(self) -> str: ...
    @property
    def pinned(self) -> bool: ...
    @property
    def run(self) -> int: ...
    @property
    def part(self) -> int: ...


LIVE = frozenset({State.SCHEDULED, State.CLAIMED, State.SENDING, State.UNKNOWN, State.HELD})
BOOKED = LIVE | {State.PUBLISHED}
"""What an account's other posts keep their distance from."""


class Outcome(StrEnum):
    """How one try ended."""

    PUBLISHED = "published"
    REFUSED = "refused"
    TRY_AGAIN = "try-again"
    UNKNOWN = "unknown"
    NOT_STARTED = "not-started"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One finished try of a delivery, in words for the marketer; never changed afterwards.

    `id` is 0 until stored, and rises in the order of storing.
    """

    id: int = field(default=0, compare=False)
    code: str
    channel: str
    article: str
    number: int
    started_at: datetime
    ended_at: datetime
    outcome: Outcome
    remote_id: str = ""
    remote_url: str = ""
    words: str = ""
    hint: str = ""
