"""Measures the ranking on articles whose authors marked a sentence: `python bench/cutting/score.py [FILE.jsonl]`.

One run, the same articles and sentences for all: chance, a length band, published rankers, the hand-set weights, and
ours: as shipped (which learned from these articles, too) and cross-validated (each site scored by what the sites of all
other articles taught). The time is the CPU's, an article: of the others for their scores alone, of ours for the whole
cut, and for the ranking in it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from measuring.articles import FILES, SHARED, Marked, read
from measuring.handset import by_hand
from measuring.learning import by_site, held_out, linear, prepare
from measuring.measures import Quality
from measuring.published import Scorer, rankers
from measuring.report import heading, judged_by, line, paired

from scheduler.cutting import cut
from scheduler.cutting.features import features
from scheduler.cutting.languages import rules_of
from scheduler.cutting.ranking import score

OURS = "ours, the whole cut"
HAND_SET = "hand-set"
PASSES = 3


def main(path: Path) -> None:
    articles = read(path)
    print(f"{path.name}: {len(articles)} articles, {len({one.site for one in articles})} sites\n\n{heading()}")
    found: dict[str, Mapping[int, Quality]] = {}
    spent: dict[str, float] = {}
    for name, scorer in {**rankers(articles), HAND_SET: hand_set, OURS: by_cutter}.items():
        scores, spent[name] = measured(scorer, articles)
        found[name] = judged_by(dict(enumerate(scores)), articles)
        label = "ours, as shipped (learned from these too)" if name == OURS else name
        print(line(label, found[name], articles), flush=True)
    cross_validated(path, found[HAND_SET], articles)
    spent["ours, the ranking alone"] = measured(rank, articles)[1]
    print(f"\n{'CPU time':26} {'ms an article':>13} {'times ours':>10}")
    for name, took in spent.items():
        print(f"{name:26} {took:13.2f} {took / spent[OURS]:10.2f}")


def cross_validated(path: Path, hand: Mapping[int, Quality], articles: Sequence[Marked]) -> None:
    """Learns anew for each site of the file, from all other sites; only for the shared files."""
    if path.parent != SHARED or not all((SHARED / f"{file}.jsonl").exists() for file in FILES):
        print("(not cross-validated: that needs the shared files)")
        return
    _, prepared = prepare([one for file in FILES for one in read(SHARED / f"{file}.jsonl")])
    scores = held_out(prepared, linear, by_site(prepared, path.stem))
    of_file = [scores[index] for index, one in enumerate(prepared) if one.marked.file == path.stem]
    ours = judged_by(dict(enumerate(of_file)), articles)
    print(line("ours, cross-validated by site", ours, articles))
    print(paired("... over hand-set", ours, hand, articles))


def measured(scorer: Scorer, articles: Sequence[Marked]) -> tuple[list[Sequence[float]], float]:
    """The scores, and the milliseconds that an article takes in the quickest of three passes."""
    scores = [scorer(one) for one in articles]
    return scores, min(_pass(scorer, articles) for _ in range(PASSES)) * 1000 / len(articles)


def _pass(scorer: Scorer, articles: Sequence[Marked]) -> float:
    start = time.process_time()
    for one in articles:
        scorer(one)
    return time.process_time() - start


def hand_set(one: Marked) -> list[float]:
    return one.of_theirs(by_hand(one.article.title, one.sentences))


def by_cutter(one: Marked) -> list[float]:
    return one.of_theirs([sentence.score for sentence in cut(one.article).sentences])


def rank(one: Marked) -> list[float]:
    return [score(row) for row in features(one.article.title, one.sentences, rules_of(one.article.language))]


if __name__ == "__main__":
    path = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else SHARED / "dev.jsonl"
    if path.exists():
        main(path)
    else:
        print(f"skipped: it needs marked articles, as in {path.name}, from ../shared; name such a file")
