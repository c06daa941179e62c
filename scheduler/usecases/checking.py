"""What is to be said of a post's words, whoever they are from."""

from __future__ import annotations

from scheduler.domain.article import Article, Excerpt
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.naming import named_on_cards
from scheduler.domain.revision import gravest_first
from scheduler.ports import Check


def checked(check: Check, excerpt: Excerpt, article: Article, words: str) -> tuple[Finding, ...]:
    """The checks', gravest first, and whether somebody is quoted with words that they didn't write."""
    found = [*check(excerpt.reworded(words) if words != excerpt.words else excerpt, article)]
    named = named_on_cards(article, business="")
    if named and words != excerpt.words:
        found.append(_misquoted(named, words))
    return gravest_first(found)


def _misquoted(author: str, words: str) -> Finding:
    return Finding(
        check="edit",
        severity=Severity.CONFIRM,
        rule="edited-quote",
        span=(0, len(words)),
        message=f"The card gives these words to {author}, but the article's are others.",
        hint=f"Say yes if {author} agrees to them.",
    )
