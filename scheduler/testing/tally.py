"""What came of a trial: the network's own record against what the program says, counted without asking the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.domain.delivery import State

SETTLED = frozenset({State.PUBLISHED, State.HELD, State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Numbers of deliveries.

    `accepted` are on the network. `lost` ended nowhere, or are on the network although we say that they are not.
    `duplicated` counts the posts that are too many. `falsely_published` are not on the network.
    """

    deliveries: int
    accepted: int
    published: int
    held: int
    failed: int
    lost: int
    duplicated: int
    falsely_published: int
    held_and_live: int

    @property
    def conserved(self) -> bool:
        """Accepted is published and held-and-live, and nothing is lost, doubled or made up."""
        mistakes = self.lost or self.duplicated or self.falsely_published
        return not mistakes and self.accepted == self.published + self.held_and_live


def tally(states: Mapping[str, State], record: Iterable[str]) -> Tally:
    """`states` of all deliveries by their code; `record`: a code for each time that it appeared on the network."""
    there = Counter(record)
    published = {code for code, state in states.items() if state is State.PUBLISHED}
    held = {code for code, state in states.items() if state is State.HELD}
    nowhere = {code for code, state in states.items() if state not in SETTLED}
    denied = there.keys() - published - held
    return Tally(
        deliveries=len(states),
        accepted=len(there),
        published=len(published),
        held=len(held),
        failed=sum(state is State.FAILED for state in states.values()),
        lost=len(nowhere | denied),
        duplicated=there.total() - len(there),
        falsely_published=len(published - there.keys()),
        held_and_live=len(held & there.keys()),
    )
