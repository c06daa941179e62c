"""Finds claims that a business should not make, or not without a person's yes.

The rules are data; they are no legal advice, and the product says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.checks.phrases import straighten
from scheduler.checks.rules import Rule, Rules
from scheduler.domain.article import Article, BlockKind, Excerpt, RepairKind
from scheduler.domain.findings import Finding, Severity

NAME = "claims"

_REFERENCES_HEADING = re.compile(r"[A-Za-z ]{4,20}\s*(?::[\s–-]*|$)")


class ClaimsCheck:
    """The claim rules, asked of an excerpt: at most one finding a rule, at the first place that breaks it."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def __call__(self, excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
        """The findings, gravest first."""
        text = straighten(excerpt.text)
        found = [finding for rule in self._rules if (finding := _ask(rule, text, excerpt.text))]
        found += _lost_evidence(excerpt, article)
        order = list(Severity)
        return tuple(sorted(found, key=lambda finding: (order.index(finding.severity), finding.span)))


def _ask(rule: Rule, text: str, as_written: str) -> Finding | None:
    excused = [match.span() for pattern in rule.unless for match in pattern.finditer(text)]
    spans = [match.span() for pattern in rule.patterns for match in pattern.finditer(text)]
    standing = [span for span in spans if not any(start <= span[0] and span[1] <= end for start, end in excused)]
    if not standing:
        return None
    start, end = min(standing)
    return Finding(
        check=NAME,
        severity=rule.severity,
        rule=rule.id,
        span=(start, end),
        message=rule.message.replace("{found}", as_written[start:end]),
        hint=rule.hint,
    )


def _lost_evidence(excerpt: Excerpt, article: Article) -> Iterator[Finding]:
    """One finding when the cut left out marks that lead to the article's references; the references are offered."""
    marks = [
        article.text[repair.start : repair.end] for repair in excerpt.repairs if repair.kind is RepairKind.CITATION
    ]
    marks = [mark.strip() for mark in marks if not re.search(r"[A-Za-z]", mark)]
    if not marks:
        return
    listed = _references(article)
    numbers = sorted({int(number) for mark in marks for number in re.findall(r"\d+", mark)})
    offered = [listed[number - 1] for number in numbers if 0 < number <= len(listed)]
    yield Finding(
        check=NAME,
        severity=Severity.CONFIRM,
        rule="evidence-lost",
        span=(0, len(excerpt.text)),
        message=f"The article proves this with {', '.join(marks)}; the post no longer says so.",
        hint="Say yes if it is true without the source, or add the reference: "
        + (", ".join(offered) or "none is listed."),
    )


def _references(article: Article) -> list[str]:
    blocks = [block for block in article.blocks if block.kind is BlockKind.REFERENCE]
    texts = [article.text[block.start : block.end] for block in blocks]
    bare = [_REFERENCES_HEADING.sub("", text, count=1) if index == 0 else text for index, text in enumerate(texts)]
    return [text for text in bare if text]
