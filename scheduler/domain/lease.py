"""How long ago a worker claimed or sent a delivery, and whether its lease is over, whatever the wall clock does.

Within one boot of a machine its monotonic clock tells. Of a boot that is gone no worker can be left, and at least the
time since the machine came up has passed. Only where boots can't be told apart the wall clock decides.
"""

from __future__ import annotations

from datetime import datetime

from scheduler.domain.delivery import Delivery
from scheduler.domain.moment import Mark


def seconds_since(delivery: Delivery, *, now: datetime, mark: Mark) -> float:
    """Since its intent was written, or since its claim where there is none yet."""
    if mark.boot and delivery.boot:
        return mark.ticks - delivery.ticks if delivery.boot == mark.boot else mark.ticks
    return (now - (delivery.sent_at or delivery.due_at)).total_seconds()


def lease_is_over(delivery: Delivery, *, now: datetime, mark: Mark, lease_seconds: float) -> bool:
    """Whether nobody can be at work on it any more."""
    if mark.boot and delivery.boot:
        return delivery.boot != mark.boot or mark.ticks - delivery.ticks >= lease_seconds
    return delivery.lease_until is not None and delivery.lease_until <= now
