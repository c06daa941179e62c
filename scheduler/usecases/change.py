"""A decision about one delivery or a thousand: worked out for each, shown where somebody asks, then written as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.change import Change
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import NotAllowedNow, QuotidianError
from scheduler.domain.post import Post
from scheduler.ports import Changes
from scheduler.usecases.decide import named
from scheduler.usecases.select import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of the deliveries chosen, and why others stay as they are."""

    changes: tuple[Change, ...]
    refused: tuple[QuotidianError, ...] = ()


Act = Callable[[Chosen], Verdict]
"""What a decision makes of the deliveries chosen; writes nothing."""


def each(do: Callable[[Delivery, Post], Change]) -> Act:
    """A decision about each delivery alone."""

    def act(chosen: Chosen) -> Verdict:
        changes: list[Change] = []
        refused: list[QuotidianError] = list(chosen.missing)
        for delivery in chosen.deliveries:
            try:
                changes.append(do(delivery, chosen.posts[delivery.post_id]))
            except QuotidianError as error:
                refused.append(placed(error, delivery))
        return Verdict(changes=tuple(changes), refused=tuple(refused))

    return act


def stepping(step: Callable[[Delivery], Delivery], what: str) -> Act:
    """One of the acts of `domain.transitions` for each."""
    return each(lambda delivery, _: Change(before=delivery, steps=(step(delivery),), what=what))


def carry_out(verdict: Verdict, *, changes: Changes, who: str, now: datetime) -> Verdict:
    """What was written, each with its entry in the audit log; what moved on meanwhile is among the refused.

    Raises NotAllowedNow without a name, or when somebody else took a time that was meant: then nothing has changed.
    """
    who = named(who)
    stale = set(changes.write(verdict.changes, who=who, now=now)) if verdict.changes else set()
    done = tuple(change for change in verdict.changes if change.before.code not in stale)
    moved_on = [_moved_on(change.before) for change in verdict.changes if change.before.code in stale]
    return replace(verdict, changes=done, refused=(*verdict.refused, *moved_on))


def placed(error: QuotidianError, delivery: Delivery) -> QuotidianError:
    """With the delivery's code, where it names no place."""
    error.path = error.path or f"delivery {delivery.code}"
    return error


def _moved_on(delivery: Delivery) -> NotAllowedNow:
    words = f"Delivery {delivery.code} moved on while you were deciding."
    return NotAllowedNow(words, hint="Look again.", path=f"delivery {delivery.code}")
