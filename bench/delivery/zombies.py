"""Workers that race without their lock and are stopped wherever they stand: `python bench/delivery/zombies.py 2000 4`.

So many deliveries, so many workers, and one stop for every four deliveries unless told otherwise: DELIVERIES, WORKERS,
STOPS, SEED. Each stop is longer than a lease; the others go on meanwhile.
"""

from __future__ import annotations

import sys

from scheduler.bootstrap.trial import run
from scheduler.testing.plan import Plan


def main(deliveries: int = 20, workers: int = 3, stops: int = 0, seed: int = 1) -> None:
    """One line: stops, and what came of the deliveries."""
    result = run(Plan(deliveries=deliveries, seed=seed, workers=workers, stops=stops or deliveries // 4))
    print(f"{result.stopped} stops, {workers} workers, {result.seconds} s: {result.total}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
