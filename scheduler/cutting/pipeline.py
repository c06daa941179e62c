"""The order of cutting: sentences, repairs, gates, candidates, lists, ranking, diversity, the article itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from scheduler.cutting.announcing import announcement
from scheduler.cutting.candidates import Candidate, candidates
from scheduler.cutting.diversity import Meant, distinct
from scheduler.cutting.favour import Favour, favours, raised
from scheduler.cutting.features import features
from scheduler.cutting.judging import Judged, judged
from scheduler.cutting.kinds import kind_of
from scheduler.cutting.languages import rules_of
from scheduler.cutting.lists import lists
from scheduler.cutting.ranking import reasons, score
from scheduler.cutting.rules import Rules
from scheduler.cutting.wished import wished
from scheduler.cutting.words import stems
from scheduler.domain.article import Article, Cut, Excerpt, ExcerptKind, Sentence, Span


def cut(article: Article) -> Cut:
    """Every sentence with its score, and the excerpts worth posting, best first; each passes `proof.holds`."""
    rules = rules_of(article.language)
    sentences = judged(article)
    ranking = _rank(article, sentences)
    singles, told = candidates(sentences, rules)
    found = [*_unless_listed(singles, listed := tuple(lists(article, sentences, rules))), *listed]
    ranked = (_excerpt(each, sentences, ranking, rules) for each in sorted(found, key=ranking.order))
    wishes, notes = wished(article)
    chosen = distinct(chain(((wish, stems(wish.text)) for wish in wishes), ranked))
    return Cut(
        sentences=tuple(map(_sentence, told, ranking.scores)),
        excerpts=tuple(excerpt for excerpt, _ in chosen),
        announcement=announcement(article, [meant for meant in chosen if meant[0] not in wishes], sentences, rules),
        notes=(*notes, *rules.notes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """What each sentence is worth, and what speaks for it, by index."""

    scores: Sequence[float]
    rows: Sequence[Mapping[str, float]]
    favours: Sequence[Favour]

    def best(self, candidate: Candidate) -> int:
        """The better of its sentences: it is worth as much."""
        return max(candidate.members, key=self.scores.__getitem__)

    def order(self, candidate: Candidate) -> tuple[float, tuple[Span, ...]]:
        """Best first, then as they stand in the article."""
        return -self.scores[self.best(candidate)], candidate.spans

    def reasons(self, index: int) -> Iterator[str]:
        yield from filter(None, (self.favours[index][1], *reasons(self.rows[index])))


def _rank(article: Article, sentences: Sequence[Judged]) -> _Ranking:
    rows = features(article.title, sentences, rules_of(article.language))
    liked = favours(article, sentences)
    scores = [raised(score(row), favour) for row, favour in zip(rows, liked, strict=True)]
    return _Ranking(scores=scores, rows=rows, favours=liked)


def _unless_listed(found: Sequence[Candidate], listed: Sequence[Candidate]) -> Iterator[Candidate]:
    """What is part of a list isn't posted alone."""
    taken = {index for each in listed for index in each.members}
    return (each for each in found if taken.isdisjoint(each.members))


def _sentence(one: Judged, worth: float) -> Sentence:
    return Sentence(
        start=one.segment.start,
        end=one.segment.end,
        score=worth,
        eligible=one.why_not is None,
        why_not=one.why_not,
    )


def _excerpt(candidate: Candidate, sentences: Sequence[Judged], ranking: _Ranking, rules: Rules) -> Meant:
    members = [sentences[index] for index in candidate.members]
    best = ranking.best(candidate)
    excerpt = Excerpt(
        text=candidate.text,
        kind=ExcerptKind.TIP if candidate.heading else kind_of(members, rules),
        score=ranking.scores[best],
        spans=candidate.spans,
        repairs=candidate.repairs,
        reasons=tuple(filter(None, (candidate.reason, *ranking.reasons(best)))),
        heading=candidate.heading,
        breaks=candidate.breaks,
    )
    return excerpt, frozenset().union(*(member.stems for member in members))
