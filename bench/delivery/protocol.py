"""The protocol as a state machine, tried for long: two workers, faults, deaths, clock steps and a person in any order.

`protocol.py [RUNS] [STEPS]`, 5000 runs of 50 steps unless told otherwise; prints what happened in them. A broken
invariant ends it with the shortest way there.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.protocol import Protocol


def main(runs: int = 5000, steps: int = 50) -> int:
    """Runs them all; 0 when every invariant held."""
    begun = time.monotonic()
    profile = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Protocol, settings=profile)
    print(f"{runs} runs of up to {steps} steps in {time.monotonic() - begun:.0f} s: every invariant held")
    print(", ".join(f"{count:,} {what}" for what, count in sorted(Protocol.steps.items())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:3])))
