"""The order of cutting: sentences, repairs, gates, candidates, ranking, diversity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scheduler.cutting.candidates import Candidate, candidates
from scheduler.cutting.diversity import Meant, distinct
from scheduler.cutting.features import features
from scheduler.cutting.judging import Judged, judged
from scheduler.cutting.kinds import kind_of
from scheduler.cutting.languages import rules_of
from scheduler.cutting.ranking import reasons, score
from scheduler.cutting.rules import Rules
from scheduler.cutting.wished import wished
from scheduler.cutting.words import stems
from scheduler.domain.article import Article, Cut, Excerpt, Sentence


def cut(article: Article) -> Cut:
    """Every sentence with its score, and the excerpts worth posting, best first; each passes `proof.holds`."""
    rules = rules_of(article.language)
    sentences = judged(article)
    rows = features(article.title, sentences)
    scores = [score(row) for row in rows]
    found, told = candidates(sentences, rules)
    excerpts = [_excerpt(candidate, sentences, rows, scores, rules) for candidate in found]
    ranked = sorted(excerpts, key=lambda meant: (-meant[0].score, meant[0].spans))
    chosen = [(excerpt, stems(excerpt.text)) for excerpt in wished(article)]
    return Cut(
        sentences=tuple(map(_sentence, told, scores)),
        excerpts=tuple(excerpt for excerpt, _ in distinct([*chosen, *ranked])),
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
    sentences: Sequence[Judged],
    rows: Sequence[Mapping[str, float]],
    scores: Sequence[float],
    rules: Rules,
) -> Meant:
    """Worth as much as the better of its sentences."""
    members = [sentences[index] for index in candidate.members]
    best = max(candidate.members, key=lambda index: scores[index])
    excerpt = Excerpt(
        text=candidate.text,
        kind=kind_of(members, english_rules=rules.english),
        score=scores[best],
        spans=tuple(member.mended.span for member in members),
        repairs=candidate.repairs,
        reasons=tuple(filter(None, (candidate.reason, *reasons(rows[best])))),
    )
    return excerpt, frozenset().union(*(member.stems for member in members))
