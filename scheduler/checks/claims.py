"""Finds claims that a business should not make, or not without a person's yes.

The rules are data; they are no legal advice, and the product says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import normalize

from scheduler.checks.phrases import Phrase, heads_of
from scheduler.checks.reading import Reading, read
from scheduler.checks.rules import ENGLISH, Rule, Rules
from scheduler.domain.article import Article, BlockKind, Excerpt, RepairKind, Span
from scheduler.domain.findings import CLAIMS, Finding, Severity

LANGUAGE_NAMES = {
    **{"ar": "Arabic", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian"},
    **{"fr": "French", "he": "Hebrew", "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean"},
    **{"nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "th": "Thai"},
    **{"tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese"},
}

_REFERENCES_HEADING = re.compile(r"[A-Za-z ]{4,20}\s*(?::[\s–-]*|$)")
_Index = Mapping[str, Sequence[tuple[Rule, Phrase]]]


class ClaimsCheck:
    """The claim rules, asked of an excerpt: at most one finding a rule, at the first place that breaks it."""

    def __init__(self, rules: Rules) -> None:
        self._by_language = {
            language: _indexed([rule for rule in rules if rule.language == language])
            for language in {rule.language for rule in rules}
        }

    def __call__(self, excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
        """The findings, gravest first; an article in a language without rules is asked about as a whole."""
        language = article.language.split("-")[0].lower() or ENGLISH
        index = self._by_language.get(language, {})
        found = [_finding(rule, span, excerpt.words) for rule, span in _broken(index, read(excerpt.words))]
        if self._by_language and not index:
            found.append(_unread(language, excerpt.words))
        found += _lost_evidence(excerpt, article)
        order = list(Severity)
        return tuple(sorted(found, key=lambda finding: (order.index(finding.severity), finding.span)))


def _indexed(rules: Sequence[Rule]) -> _Index:
    """Rules with their phrases by what these can begin with: one check asks few of hundreds."""
    index: dict[str, list[tuple[Rule, Phrase]]] = defaultdict(list)
    for rule in rules:
        for phrase in rule.phrases:
            for head in phrase.heads:
                index[head].append((rule, phrase))
    return index


def _broken(index: _Index, reading: Reading) -> Iterator[tuple[Rule, Span]]:
    told: set[str] = set()
    for at, word in enumerate(reading.words):
        for rule, phrase in (each for head in heads_of(word) for each in index.get(head, ())):
            if rule.id in told:
                continue
            end = next((end for end in phrase.ends(reading, at) if not _is_excused(rule, (at, end), reading)), None)
            if end is not None:
                told.add(rule.id)
                yield rule, reading.span(at, end)


def _is_excused(rule: Rule, found: Span, reading: Reading) -> bool:
    settled = any(True for phrase in rule.without for _ in phrase.spans(reading))
    return settled or any(excuse.excuses(reading, found) for excuse in rule.unless)


def _finding(rule: Rule, span: Span, words: str) -> Finding:
    return Finding(
        check=CLAIMS,
        severity=rule.severity,
        rule=rule.id,
        span=span,
        message=rule.message.replace("{found}", words[slice(*span)]),
        hint=rule.hint,
    )


def _unread(language: str, words: str) -> Finding:
    return Finding(
        check=CLAIMS,
        severity=Severity.CONFIRM,
        rule="language",
        span=(0, len(words)),
        message=f"No claim rules for {LANGUAGE_NAMES.get(language, f'“{language}”')} are here: read it with care.",
        hint="Say yes when you have; a pack of your own can have rules for this language.",
    )


def _lost_evidence(excerpt: Excerpt, article: Article) -> Iterator[Finding]:
    """One finding when the cut left out marks that lead to the article's references; the references are offered."""
    left_out = [
        article.text[repair.start : repair.end] for repair in excerpt.repairs if repair.kind is RepairKind.CITATION
    ]
    marks = [mark.strip() for mark in left_out if re.fullmatch(r"[^A-Za-z]*\d[^A-Za-z]*", normalize("NFKC", mark))]
    if not marks:
        return
    listed = _references(article)
    numbers = sorted({int(number) for mark in marks for number in re.findall(r"\d{1,4}", normalize("NFKC", mark))})
    offered = [listed[number - 1] for number in numbers if 0 < number <= len(listed)]
    yield Finding(
        check=CLAIMS,
        severity=Severity.CONFIRM,
        rule="evidence-lost",
        span=(0, len(excerpt.words)),
        message=f"The article proves this with {', '.join(marks)}; the post no longer says so.",
        hint="Say yes if it is true without the source, or add the reference: "
        + (", ".join(offered) or "none is listed."),
    )


def _references(article: Article) -> list[str]:
    blocks = [block for block in article.blocks if block.kind is BlockKind.REFERENCE]
    texts = [article.text[block.start : block.end] for block in blocks]
    bare = [_REFERENCES_HEADING.sub("", text, count=1) if index == 0 else text for index, text in enumerate(texts)]
    return [text for text in bare if text]
