"""One card's cost beside Satori and Takumi, side by side in one run: `python bench/cards/speed.py [CARDS]`.

The peers come from npm, pinned by their lock file, into the user's cache folder; without npm the benchmark says so
and ends. Every renderer is one process that lives through the run and gets the same sentence in turn, so that a busy
machine slows all; what counts is CPU time of the whole process, its threads included. `--save DIR` keeps the first
picture of each row, to be looked at.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from peers.rows import CLEARANCE, Bench, Row, bars, cold_rows, rows
from peers.workers import Unavailable, installed

SENTENCES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
WARM_UP = 8
COLD_ROUNDS = 9


def main() -> None:
    """Prints the tables, and for each bar whether it was reached."""
    asked = _arguments()
    try:
        peers = installed()
    except Unavailable as reason:
        print(f"not measured: {reason}")
        return
    with TemporaryDirectory() as folder:
        bench = Bench(peers=peers, folder=Path(folder), save=asked.save)
        found = rows(bench, SENTENCES[: asked.cards], warm_up=WARM_UP)
        cold = cold_rows(bench, SENTENCES[0], COLD_ROUNDS)
    _tell(found, cold)
    for line, reached in bars(found, cold):
        print(f"{'reached' if reached else 'MISSED '}  {line}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("cards", nargs="?", type=int, default=len(SENTENCES))
    parser.add_argument("--save", type=Path, default=None)
    return parser.parse_args()


def _tell(found: list[Row], cold: list[Row]) -> None:
    print(CLEARANCE)
    print(f"\n| CPU ms a card, median of {len(found[0].values)} | median | p95 | KB | PSS MiB |")
    print("|---|---:|---:|---:|---:|")
    for row in found:
        print(f"| {row.name} | {row.median:.1f} | {row.late:.1f} | {row.kilobytes:.0f} | {row.pss_mib:.0f} |")
    print(f"\n| Cold: process start to file, wall ms, median of {len(cold[0].values)} | median | slowest |")
    print("|---|---:|---:|")
    for row in cold:
        print(f"| {row.name} | {row.median:.0f} | {max(row.values):.0f} |")
    print()


if __name__ == "__main__":
    main()
