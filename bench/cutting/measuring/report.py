"""Lines of the tables: means with intervals over sites, by family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from measuring.articles import MOST_OF_A_SITE, Marked
from measuring.measures import Quality, interval, mean, quality

FAMILIES = ("agency", "other")
WIDTH = 42


def judged_by(scores: Mapping[int, Sequence[float]], articles: Sequence[Marked]) -> dict[int, Quality]:
    """By the article's index."""
    return {index: quality(found, articles[index].marked) for index, found in scores.items()}


def heading() -> str:
    families = "".join(f" | {family + ': AUC':>12} {'hit@3':>5}" for family in FAMILIES)
    return f"{'':{WIDTH}} {'AUC':>5} {'(95 %)':>13} {'hit@3':>6} {'(95 %)':>13}{families}"


def line(name: str, found: Mapping[int, Quality], articles: Sequence[Marked]) -> str:
    sites = [articles[index].site for index in found]
    areas, hits = [one.area for one in found.values()], [one.hit for one in found.values()]
    return f"{name:{WIDTH}} {_told(areas, sites)} {_told(hits, sites)}{by_family(found, articles)}"


def by_family(found: Mapping[int, Quality], articles: Sequence[Marked]) -> str:
    told = ""
    for family in FAMILIES:
        of_it = [one for index, one in found.items() if articles[index].family == family]
        told += f" | {mean([one.area for one in of_it]):12.3f} {mean([one.hit for one in of_it]):5.3f}"
    return told


def paired(name: str, ours: Mapping[int, Quality], theirs: Mapping[int, Quality], articles: Sequence[Marked]) -> str:
    """What we gain, article by article, with its interval."""
    sites = [articles[index].site for index in ours]
    areas = [ours[index].area - theirs[index].area for index in ours]
    hits = [ours[index].hit - theirs[index].hit for index in ours]
    return f"{name:{WIDTH}} {_told(areas, sites, '+.3f')} {_told(hits, sites, '+.3f')}"


def _told(values: Sequence[float], sites: Sequence[str], form: str = ".3f") -> str:
    low, high = interval(values, sites)
    return f"{mean(values):{form}} ({low:{form}} {high:{form}})"


def some_of_each_site(articles: Sequence[Marked]) -> set[int]:
    """At most ten articles a site, so that a few sites don't decide."""
    seen: dict[str, int] = {}
    chosen = set()
    for index, one in enumerate(articles):
        seen[one.site] = seen.get(one.site, 0) + 1
        if seen[one.site] <= MOST_OF_A_SITE:
            chosen.add(index)
    return chosen
