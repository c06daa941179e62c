"""Claim rules as people write them, in TOML files under assets/rules/."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.checks.phrases import PhraseUnusable, compile_phrase
from scheduler.domain.errors import SettingsUnusable
from scheduler.domain.findings import Severity

_TEXTS = ("id", "message", "hint", "reason", "source")
_KEYS = frozenset({*_TEXTS, "severity", "phrases", "unless"})
_HINT = "Compare the rule with those of assets/rules/health.toml."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Finds `patterns` where no match of `unless` covers them; `message` may hold `{found}`, the words found."""

    id: str
    severity: Severity
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    message: str
    hint: str
    reason: str
    source: str


Rules = tuple[Rule, ...]


def load_rules(paths: Sequence[str]) -> Rules:
    """The rules of these files, in order. Raises SettingsUnusable naming the file, the rule and what is wrong."""
    rules = tuple(rule for path in paths for rule in _load(path))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise SettingsUnusable(f"Two claim rules are called “{rule.id}”.", hint=_HINT, path=", ".join(paths))
        seen.add(rule.id)
    return rules


def _load(path: str) -> Iterator[Rule]:
    try:
        document = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsUnusable(f"The claim rules can't be read: {error}.", hint=_HINT, path=path) from error
    words = {name: " ".join(_strings(value, path, f"words.{name}")) for name, value in _words(document, path)}
    entries = document.get("rule", [])
    if not isinstance(entries, list):
        raise SettingsUnusable("Claim rules are written as [[rule]].", hint=_HINT, path=path)
    for entry in entries:
        yield _rule(entry, words, path)


def _words(document: Mapping[str, Any], path: str) -> Sequence[tuple[str, Any]]:
    words = document.get("words", {})
    if not isinstance(words, dict):
        raise SettingsUnusable("`words` holds lists of words by name.", hint=_HINT, path=path, setting="words")
    return list(words.items())


def _rule(entry: object, words: Mapping[str, str], path: str) -> Rule:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise SettingsUnusable("A claim rule has no `id`.", hint=_HINT, path=path)
    name = entry["id"]
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise SettingsUnusable(
            f"The rule has a key that nobody knows: `{unknown[0]}`.", hint=_HINT, path=path, setting=name
        )
    texts = {key: _text(entry, key, path, name) for key in _TEXTS}
    try:
        severity = Severity(entry.get("severity", ""))
    except ValueError as error:
        message = "The rule's `severity` is none of block, confirm, note."
        raise SettingsUnusable(message, hint=_HINT, path=path, setting=name) from error
    phrases = _strings(entry.get("phrases"), path, name)
    unless = _strings(entry.get("unless", []), path, name)
    if not phrases:
        raise SettingsUnusable("The rule has no phrase.", hint=_HINT, path=path, setting=name)
    try:
        patterns = tuple(compile_phrase(phrase, words) for phrase in phrases)
        exceptions = tuple(compile_phrase(phrase, words, within_clause=True) for phrase in unless)
    except PhraseUnusable as error:
        raise SettingsUnusable(
            f"A phrase of this rule is unusable: {error}.", hint=_HINT, path=path, setting=name
        ) from error
    return Rule(severity=severity, patterns=patterns, unless=exceptions, **texts)


def _text(entry: Mapping[str, Any], key: str, path: str, name: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SettingsUnusable(f"The rule has no `{key}`.", hint=_HINT, path=path, setting=name)
    return value.strip()


def _strings(value: object, path: str, name: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SettingsUnusable("Phrases and words are lists of texts.", hint=_HINT, path=path, setting=name)
    return value
