"""New zone rules, as a new tzdata brings them: what was promised by the clock on the wall still goes out by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler.domain.audit import AuditEntry
from scheduler.domain.slots import SlotTime
from scheduler.domain.transitions import retimed
from scheduler.domain.zonerules import Promise, by_todays_rules, in_order
from scheduler.ports import Calendar, Deliveries, Log, Promises

FARTHEST = timedelta(days=2)
"""No change of rules moves an instant by so much."""


def retime(
    promises: Promises, calendar: Calendar, deliveries: Deliveries, *, who: str, log: Log, now: datetime
) -> None:
    """Computes the instants of what is still to come anew; each that is another one now is logged and audited."""
    changes = list(by_todays_rules(promises.promises(after=now)))
    channels = {promise.channel for promise, _ in changes}
    held = {(channel, at) for channel in channels for at in calendar.held(channel, since=now - FARTHEST)}
    for promise, slot in in_order(changes, held):
        _retime(promise, slot, deliveries=deliveries, who=who, log=log, now=now)


def _retime(promise: Promise, slot: SlotTime, *, deliveries: Deliveries, who: str, log: Log, now: datetime) -> None:
    before = deliveries.get(promise.code)
    was, will_be = (f"{at:%Y-%m-%d %H:%M}" for at in (promise.time.due_at, slot.due_at))
    words = f"The rules of {slot.zone} changed: {slot.said} is {will_be} UTC, no longer {was} UTC."
    entry = AuditEntry(at=now, who=who, what=words, subject=f"delivery {before.code}")
    if before.promise == promise.time and deliveries.write(before, retimed(before, slot), entry=entry):
        log("zone rules changed", code=before.code, channel=before.channel, words=words)
