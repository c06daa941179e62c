"""Claim rules as people write them, in packs: TOML files under assets/rules/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from scheduler import tomlfile
from scheduler.checks.phrases import Phrase, PhraseUnusable, excuse_of, phrase_of
from scheduler.domain.errors import SettingsUnusable
from scheduler.domain.findings import Severity
from scheduler.tomlfile import TomlFile

ENGLISH = "en"

_TEXTS = ("id", "message", "hint", "reason", "source")
_KEYS = frozenset({*_TEXTS, "severity", "phrases", "unless", "without"})
_PACK_KEYS = frozenset({"language", "words", "unless", "rule"})
_HINT = "Compare the rule with those of assets/rules/health.toml."

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Finds `phrases` that nothing in `unless` excuses, in words `without` the phrases that settle the matter.

    `message` may hold `{found}`, the words found. `pack` is its file's name without ending, `language` the language of
    its phrases, as `en`.
    """

    id: str
    severity: Severity
    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    without: tuple[Phrase, ...]
    message: str
    hint: str
    reason: str
    source: str
    pack: str
    language: str


Rules = tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Pack:
    """One file while it is read; `lists` are its words and excuses by name."""

    file: TomlFile
    words: Mapping[str, str]
    excuses: Mapping[str, Sequence[str]]
    language: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file something is wrong."""

    file: TomlFile
    setting: str = ""
    line: int | None = None

    def refuse(self, message: str) -> SettingsUnusable:
        return SettingsUnusable(message, hint=_HINT, path=str(self.file.path), setting=self.setting, line=self.line)


def load_rules(paths: Sequence[str]) -> Rules:
    """The rules of these packs, in order. Raises SettingsUnusable naming the file, its line and what is wrong."""
    files = [tomlfile.read(Path(path), what="The claim rules", hint=_HINT) for path in paths]
    seen: dict[str, str] = {}
    rules: list[Rule] = []
    for file in files:
        for place, rule in _rules(file):
            if rule.id in seen:
                raise place.refuse(f"Two claim rules are called “{rule.id}”; the other is in {seen[rule.id]}.")
            seen[rule.id] = str(file.path)
            rules.append(rule)
    return tuple(rules)


def _rules(file: TomlFile) -> Iterator[tuple[_Place, Rule]]:
    pack = _pack(file)
    entries = file.data.get("rule", [])
    if not isinstance(entries, list) or not entries:
        raise _Place(file).refuse("There is no claim rule in this file; one is written as [[rule]].")
    for index, entry in enumerate(entries):
        line = file.line_of(r"\s*\[\[\s*rule\s*\]\]", nth=index)
        place = _Place(file, _name(entry), line)
        yield place, _rule(entry, pack, place)


def _pack(file: TomlFile) -> _Pack:
    unknown = sorted(set(file.data) - _PACK_KEYS)
    if unknown:
        line = file.line_of(rf"[\[\s]*{unknown[0]}\b")
        raise _Place(file, unknown[0], line).refuse(f"The pack has a key that nobody knows: `{unknown[0]}`.")
    language = file.data.get("language", ENGLISH)
    if not isinstance(language, str) or not language.isalpha() or not 2 <= len(language) <= 3:
        raise _Place(file, "language", file.line_of("language")).refuse("`language` is a code such as `en` or `es`.")
    return _Pack(
        file,
        {name: " ".join(words) for name, words in _lists(file, "words")},
        dict(_lists(file, "unless")),
        language.lower(),
    )


def _lists(file: TomlFile, table: str) -> Iterator[tuple[str, list[str]]]:
    lists = file.data.get(table, {})
    if not isinstance(lists, dict):
        raise _Place(file, table).refuse(f"`{table}` holds lists of words by name.")
    for name, value in lists.items():
        yield name, _strings(value, _Place(file, f"{table}.{name}", file.line_of(rf"\s*{name}\s*=")))


def _name(entry: object) -> str:
    name = entry.get("id", "") if isinstance(entry, dict) else ""
    return name if isinstance(name, str) else ""


def _rule(entry: object, pack: _Pack, place: _Place) -> Rule:
    if not isinstance(entry, dict) or not place.setting:
        raise place.refuse("A claim rule has no `id`.")
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise place.refuse(f"The rule has a key that nobody knows: `{unknown[0]}`.")
    texts = {key: _text(entry, key, place) for key in _TEXTS}
    try:
        severity = Severity(entry.get("severity", ""))
        phrases = _each(_strings(entry.get("phrases"), place), phrase_of, pack)
        unless = _each(_excuses(entry, pack, place), excuse_of, pack)
        without = _each(_strings(entry.get("without", []), place), phrase_of, pack)
    except PhraseUnusable as error:
        raise place.refuse(f"A phrase is unusable: {error}.") from error
    except ValueError as error:
        raise place.refuse("The rule's `severity` is none of block, confirm, note.") from error
    if not phrases:
        raise place.refuse("The rule has no phrase.")
    origin = {"pack": pack.file.path.stem, "language": pack.language}
    return Rule(severity=severity, phrases=phrases, unless=unless, without=without, **origin, **texts)


def _each(texts: Iterable[str], make: Callable[[str, Mapping[str, str]], _T], pack: _Pack) -> tuple[_T, ...]:
    made: list[_T] = []
    for text in texts:
        try:
            made.append(make(text, pack.words))
        except PhraseUnusable as error:
            raise PhraseUnusable(f"“{text}”, because {error}") from error
    return tuple(made)


def _excuses(entry: Mapping[str, Any], pack: _Pack, place: _Place) -> Iterator[str]:
    """Those of the rule; `@name` stands for a list of the pack's `[unless]`."""
    for excuse in _strings(entry.get("unless", []), place):
        yield from pack.excuses.get(excuse.removeprefix("@"), [excuse]) if excuse.startswith("@") else [excuse]


def _text(entry: Mapping[str, Any], key: str, place: _Place) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise place.refuse(f"The rule has no `{key}`.")
    return value.strip()


def _strings(value: object, place: _Place) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise place.refuse("Phrases and words are lists of texts.")
    return value
