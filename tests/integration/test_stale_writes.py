"""Whatever workers and people do in whatever order, only somebody who saw the present state can change it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.channel import Receipt
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import NotAllowedNow, TryAgain
from scheduler.domain.transitions import after, claimed, edited, expired, hold, intent, missing, postponed
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE
from tests.integration.scene import Scene

ACTS: tuple[Callable[[Delivery], Delivery], ...] = (
    lambda one: claimed(one, now=NINE, lease_seconds=120),
    lambda one: intent(one, now=NINE, lease_seconds=120),
    lambda one: after(one, TryAgain(), now=NINE),
    lambda one: after(one, Receipt(remote_id="1", url="memory:1"), now=NINE),
    lambda one: expired(one, now=NINE),
    lambda one: postponed(one, NINE, "late"),
    lambda one: hold(one, "late"),
    lambda one: edited(one, text=f"{one.text}!", link=one.link, card=None),
    missing,
)


# Each step: which earlier sight of the delivery somebody acts on (0 is the newest), and what they do.
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ACTS)), max_size=25))
@settings(max_examples=40, deadline=None)
def test_a_stale_sight_never_writes(steps: list[tuple[int, Callable[[Delivery], Delivery]]]) -> None:
    with TemporaryDirectory() as folder:
        scene = Scene.make(Path(folder), MemoryNetwork())
        seen = scene.plan()
        for age, act in steps:
            sight = seen[-1 - min(age, len(seen) - 1)]
            try:
                result = act(sight)
            except NotAllowedNow:
                continue
            assert scene.store.deliveries.write(sight, result) == (sight == seen[-1])
            if sight == seen[-1]:
                seen.append(result)
            assert scene.get() == seen[-1]
        scene.store.close()
