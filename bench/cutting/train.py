"""Learns the ranking's weights from marked articles: `python bench/cutting/train.py [--write]`.

Prints how well they find the marked sentences on sites that they were not learned from, beside the hand-set weights
and the variants that were tried. `--write` only learns, from all articles, and writes `scheduler/cutting/weights.json`.
Two runs write the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from measuring.articles import FILES, SHARED, read
from measuring.fitting import fit
from measuring.learning import FIXED, Prepared, by_folds, by_hand_set, by_site, held_out, linear, prepare
from measuring.report import heading, judged_by, line, paired, some_of_each_site
from measuring.trials import trials

WEIGHTS = Path(__file__).parents[2] / "scheduler" / "cutting" / "weights.json"
DIGITS = 4


def main(*, write: bool) -> None:
    names, articles = prepare([one for file in FILES for one in read(SHARED / f"{file}.jsonl")])
    print(f"{len(articles)} articles, {sum(one.used for one in articles)} to learn from; {len(names)} features")
    if write:
        WEIGHTS.write_text(weights(names, articles), encoding="utf-8")
        print(f"wrote {WEIGHTS.name}")
    else:
        held_out_sites(articles)
        variants(names, articles)


def weights(names: Sequence[str], articles: Sequence[Prepared]) -> str:
    found = fit([one.part for one in articles if one.used])
    learned = zip(names, found.weights.tolist(), found.usual.tolist(), strict=True)
    pairs = {name: [round(weight, DIGITS), round(usual, DIGITS)] for name, weight, usual in learned}
    fixed = {name: [weight, 0.0] for name, weight in FIXED.items()}
    lines = [f"  {json.dumps(name)}: {json.dumps(pair)}" for name, pair in sorted((pairs | fixed).items())]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def held_out_sites(articles: Sequence[Prepared]) -> None:
    """On dev, each site by what all others taught."""
    marked = [one.marked for one in articles]
    folds = by_site(articles, "dev")
    ours = judged_by(held_out(articles, linear, folds), marked)
    hand = judged_by(held_out(articles, by_hand_set, folds), marked)
    dev = {index for index, one in enumerate(marked) if one.file == "dev"}
    ours, hand = ({index: one for index, one in found.items() if index in dev} for found in (ours, hand))
    print(f"\ndev, {len(dev)} articles, each site left out of what is learned\n{heading()}")
    print(line("hand-set", hand, marked))
    print(line("ours", ours, marked))
    print(paired("ours over hand-set", ours, hand, marked))


def variants(names: Sequence[str], articles: Sequence[Prepared]) -> None:
    """All files in ten folds by site, at most ten articles of each."""
    marked = [one.marked for one in articles]
    some = some_of_each_site(marked)
    print(f"\nall files, {len(some)} articles, ten folds by site\n{heading()}")
    for name, trainer in {"hand-set": by_hand_set, **trials(names)}.items():
        found = judged_by(held_out(articles, trainer, by_folds(articles)), marked)
        print(line(name, {index: one for index, one in found.items() if index in some}, marked), flush=True)


if __name__ == "__main__":
    if all((SHARED / f"{file}.jsonl").exists() for file in FILES):
        main(write="--write" in sys.argv[1:])
    else:
        print("skipped: it needs the marked articles in ../shared, which isn't here")
