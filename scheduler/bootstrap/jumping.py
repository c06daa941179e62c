"""A trial in which the workers' wall clocks jump, in a process of its own: libfaketime has to be there from the start.

Run as a module it reads a plan on standard input and prints what came of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace

from scheduler.bootstrap.trial import run
from scheduler.testing import fakedtime
from scheduler.testing.plan import Plan
from scheduler.testing.tally import Tally

MOST = 60
"""Deliveries: after each jump forward they catch up one by one."""
PER_JUMP = 3


def try_jumps(plan: Plan) -> tuple[Tally, int] | None:
    """What came of it and how often clocks jumped; None where libfaketime is not installed."""
    if not (needed := fakedtime.environment()):
        return None
    environment = {**os.environ, **needed}
    small = {"deliveries": min(plan.deliveries, MOST), "seed": plan.seed, "workers": max(2, plan.workers)}
    command = [sys.executable, "-P", "-m", "scheduler.bootstrap.jumping"]
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        input=json.dumps(small),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    jumped: int = found.pop("jumped")
    return Tally(**found), jumped


def main() -> None:
    """The child."""
    plan = Plan(**json.load(sys.stdin))
    result = run(replace(plan, kills=plan.deliveries // 10, jumps=plan.deliveries // PER_JUMP))
    json.dump(asdict(result.total) | {"jumped": result.jumped}, sys.stdout)


if __name__ == "__main__":
    main()
