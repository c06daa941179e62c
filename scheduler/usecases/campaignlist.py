"""What each campaign has coming."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.campaign import Campaign, Campaigns
from scheduler.domain.delivery import LIVE, Booking, State
from scheduler.domain.pause import Pause
from scheduler.ports import Pauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One campaign: how many of its deliveries are to come and how many are out, the next and the last to come, and by
    whom it is paused. `campaign` is None where there is no such file any more; `broken` tells why it can't be used."""

    name: str
    campaign: Campaign | None
    broken: str = ""
    coming: int
    published: int
    next_at: datetime | None
    last_at: datetime | None
    pause: Pause | None


def standings(campaigns: Campaigns, bookings: Iterable[Booking], pauses: Pauses) -> Sequence[Standing]:
    """Those that there are and those that deliveries name, by name."""
    own: dict[str, list[Booking]] = defaultdict(list)
    for booking in bookings:
        own[booking.campaign].append(booking)
    paused = pauses.campaigns()
    names = sorted({*campaigns.known, *campaigns.broken, *own, *paused} - {""})
    return [_standing(name, campaigns, own[name], paused.get(name)) for name in names]


def _standing(name: str, campaigns: Campaigns, own: Sequence[Booking], pause: Pause | None) -> Standing:
    coming = [one.due_at for one in own if one.state in LIVE]
    return Standing(
        name=name,
        campaign=campaigns.known.get(name),
        broken=campaigns.broken.get(name, ""),
        coming=len(coming),
        published=sum(one.state is State.PUBLISHED for one in own),
        next_at=min(coming, default=None),
        last_at=max(coming, default=None),
        pause=pause,
    )
