"""Cancelling, and its way back: what a decision cancelled last, and how it stood before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from scheduler.domain.change import Change
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.transitions import cancel
from scheduler.ports import Journal
from scheduler.usecases.change import Act, each

IT, HELD = "cancelled it", "cancelled it, which was held"
"""What the audit log says, so that whoever takes it back knows how it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """A delivery that a person cancelled, and how it stood until then."""

    delivery: Delivery
    at: datetime
    by: str
    was_held: bool


def cancelling(by: str) -> Act:
    """Never to be sent."""
    end = partial(cancel, words=f"Cancelled by {by}.")
    return each(lambda one, _: Change(before=one, steps=(end(one),), what=HELD if one.state is State.HELD else IT))


def cancelled_last(deliveries: Iterable[Delivery], journal: Journal) -> tuple[Cancelled, ...]:
    """Those of them that one decision of a person cancelled last, together."""
    found = []
    for one in deliveries:
        told = journal.audit(f"delivery {one.code}")
        if one.state is State.CANCELLED and told and told[-1].what in (IT, HELD):
            last = told[-1]
            found.append(Cancelled(delivery=one, at=last.at, by=last.who, was_held=last.what == HELD))
    newest = max((each.at for each in found), default=None)
    return tuple(each for each in found if each.at == newest)
