"""Workers that race without their lock and are stopped wherever they stand: `python bench/delivery/zombies.py 500 4`.

Each stop is longer than a lease; the others go on meanwhile. So many stops, so many workers.
"""

from __future__ import annotations

import sys

from scheduler.bootstrap.trial import run
from scheduler.testing.plan import Plan


def main(stops: int = 20, workers: int = 3, seed: int = 1) -> None:
    """One line: stops, and what came of as many deliveries."""
    result = run(Plan(deliveries=stops, seed=seed, workers=workers, stops=stops))
    print(f"{result.stopped} stops, {workers} workers, {result.seconds} s: {result.total}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
