"""The order of cutting: sentences, repairs, gates, candidates, ranking, diversity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scheduler.cutting.candidates import Candidate, Judged, candidates, judge
from scheduler.cutting.diversity import distinct
from scheduler.cutting.features import features
from scheduler.cutting.kinds import kind_of
from scheduler.cutting.ranking import reasons, score
from scheduler.cutting.segment import segments
from scheduler.cutting.wished import wished
from scheduler.domain.article import Article, Cut, Excerpt, Sentence


def cut(article: Article) -> Cut:
    """Every sentence with its score, and the excerpts worth posting, best first; each passes `proof.holds`."""
    judged = [judge(article, segment) for segment in segments(article)]
    rows = features(article.title, judged)
    scores = [score(row) for row in rows]
    found, told = candidates(judged)
    excerpts = [_excerpt(candidate, judged, rows, scores, article) for candidate in found]
    ranked = sorted(excerpts, key=lambda excerpt: (-excerpt.score, excerpt.spans))
    return Cut(
        sentences=tuple(map(_sentence, told, scores)),
        excerpts=distinct([*wished(article), *ranked]),
    )


def _sentence(one: Judged, worth: float) -> Sentence:
    return Sentence(
        start=one.segment.start,
        end=one.segment.end,
        score=worth,
        eligible=one.why_not is None,
        why_not=one.why_not,
    )


def _excerpt(
    candidate: Candidate,
    judged: Sequence[Judged],
    rows: Sequence[Mapping[str, float]],
    scores: Sequence[float],
    article: Article,
) -> Excerpt:
    """Worth as much as the better of its sentences."""
    members = [judged[index] for index in candidate.members]
    best = max(candidate.members, key=lambda index: scores[index])
    return Excerpt(
        text=candidate.text,
        kind=kind_of(members, english_rules=article.language.startswith("en")),
        score=scores[best],
        spans=tuple(member.mended.span for member in members),
        repairs=candidate.repairs,
        reasons=tuple(filter(None, (candidate.reason, *reasons(rows[best])))),
    )
