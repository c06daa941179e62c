"""What stands around every page: whether the worker runs, and how many things wait where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.errors import QuotidianError
from scheduler.web.dashboard.accounts import accounts_of
from scheduler.web.dashboard.pulse import Pulse, pulse_of
from scheduler.web.dashboard.visit import Visit

MOST = 100
"""So many are counted; more is shown as 99+."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A number beside a place: `words` for the eye, `of` for those who can't see where it stands."""

    words: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`pulse` is None where nobody is signed in, or the database doesn't answer."""

    pulse: Pulse | None
    waiting: Mapping[str, Waiting]


NOTHING = Frame(pulse=None, waiting={})


def frame_of(visit: Visit) -> Frame:
    """A few questions by index, whatever the size of the workspace."""
    if not visit.signed_in:
        return NOTHING
    try:
        return Frame(pulse=pulse_of(visit.app, now=visit.now), waiting=_waiting(visit))
    except QuotidianError:
        return NOTHING


def _waiting(visit: Visit) -> dict[str, Waiting]:
    store = visit.app.store
    counted = {
        "review": (store.review_screen.count(most=MOST), "to review"),
        "log": (store.frame_screen.troubles(now=visit.now, most=MOST), "need you"),
        "channels": (sum(one.needs_you for one in accounts_of(visit.app, now=visit.now)), "need you"),
    }
    return {
        place: Waiting(words=str(number) if number < MOST else f"{MOST - 1}+", of=of)
        for place, (number, of) in counted.items()
        if number
    }
