"""Where a delivery stands in the eyes of the person who plans: its state, and whether its post has the yes it needs."""

from __future__ import annotations

from enum import StrEnum

from scheduler.domain.delivery import State


class Standing(StrEnum):
    """One word a delivery; a draft is `confirm` when a finding of its post asks for a named person's yes."""

    DRAFT = "draft"
    CONFIRM = "confirm"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PUBLISHED = "published"
    HELD = "held"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def word(self) -> str:
        """As people read it."""
        return "Confirm needed" if self is Standing.CONFIRM else self.value.capitalize()

    @property
    def needs_you(self) -> bool:
        """Whether nothing moves before somebody acts."""
        return self in NEEDS_YOU


NEEDS_YOU = frozenset({Standing.CONFIRM, Standing.HELD, Standing.UNKNOWN, Standing.FAILED})


def standing(state: State, *, may_go_out: bool, asks: bool) -> Standing:
    """`asks` tells whether a `confirm` finding stands."""
    if state is State.SCHEDULED and not may_go_out:
        return Standing.CONFIRM if asks else Standing.DRAFT
    return Standing.SENDING if state is State.CLAIMED else Standing(state.value)
