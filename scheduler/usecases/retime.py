"""New zone rules, as a new tzdata brings them: what was promised by the clock on the wall still goes out by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import LIVE
from scheduler.domain.slots import SlotTime
from scheduler.domain.transitions import retimed
from scheduler.domain.zonerules import Promise, by_todays_rules, in_order
from scheduler.ports import Calendar, Deliveries, Log

FARTHEST = timedelta(days=2)
"""No change of rules moves an instant by so much."""


def retime(*, calendar: Calendar, deliveries: Deliveries, who: str, log: Log, now: datetime) -> None:
    """Computes the instants of what is still to come anew; each that is another one now is logged and audited."""
    changes = list(by_todays_rules(calendar.promises(after=now)))
    if not changes:
        return
    held = {(one.channel, one.due_at) for one in calendar.bookings(since=now - FARTHEST) if one.state in LIVE}
    for promise, slot in in_order(changes, held):
        _retime(promise, slot, deliveries=deliveries, who=who, log=log, now=now)


def _retime(promise: Promise, slot: SlotTime, *, deliveries: Deliveries, who: str, log: Log, now: datetime) -> None:
    before = deliveries.get(promise.code)
    was, will_be = (f"{at:%Y-%m-%d %H:%M}" for at in (promise.time.due_at, slot.due_at))
    words = f"The rules of {slot.zone} changed: {slot.said} is {will_be} UTC, no longer {was} UTC."
    entry = AuditEntry(at=now, who=who, what=words, subject=f"delivery {before.code}")
    if before.promise == promise.time and deliveries.write(before, retimed(before, slot), entry=entry):
        log("zone rules changed", code=before.code, channel=before.channel, words=words)
