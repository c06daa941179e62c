"""The rules by language."""

from __future__ import annotations

from scheduler.cutting import english
from scheduler.cutting.asian import ARABIC, CHINESE, HEBREW, JAPANESE
from scheduler.cutting.european import FRENCH, GERMAN, PORTUGUESE, SPANISH
from scheduler.cutting.rules import Rules

NO_RULES = "No rules are here for sentences in this language ({tag}): read each post with care."

_KNOWN = (english.RULES, SPANISH, GERMAN, FRENCH, PORTUGUESE, ARABIC, HEBREW, CHINESE, JAPANESE)
_RULES = {rules.language: rules for rules in _KNOWN}


def rules_of(language: str) -> Rules:
    """What is known of a BCP 47 tag's primary language; bare measures for one that nobody wrote rules for."""
    tag = language.lower().partition("-")[0].partition("_")[0]
    return _RULES.get(tag) or Rules(language=tag, notes=(NO_RULES.format(tag=tag),))
