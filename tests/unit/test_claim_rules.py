"""Claim rules as files: what is refused and how it is told; what a phrase finds; that no phrase can hang."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.checks.phrases import PhraseUnusable, compile_phrase, straighten
from scheduler.checks.rules import load_rules
from scheduler.domain.errors import SettingsUnusable

SHIPPED = sorted(str(path) for path in (Path(__file__).parents[2] / "assets/rules").glob("*.toml"))
RULE = """
[[rule]]
id = "shouting"
severity = "{severity}"
phrases = {phrases}
message = "“{{found}}” shouts."
hint = "Say it quietly."
reason = "Nobody likes it."
source = "our own"
"""


def write(folder: Path, text: str) -> str:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def rule(severity: str = "note", phrases: str = '["hey"]') -> str:
    return RULE.format(severity=severity, phrases=phrases)


@pytest.mark.parametrize("shipped", SHIPPED)
def test_every_shipped_rule_gives_reason_and_source(shipped: str) -> None:
    rules = load_rules([shipped])
    assert len(rules) >= 4
    assert all(rule.reason and rule.source and rule.hint and rule.patterns for rule in rules)


@pytest.mark.parametrize(
    ("text", "words", "setting"),
    [
        ("[[rule", "can't be read", ""),
        ("[[rule]]\nseverity = 'note'", "no `id`", ""),
        ("rule = 3", "written as", ""),
        ("words = 3", "lists of words", "words"),
        ("[words]\na = 'b'", "lists of texts", "words.a"),
        (rule(severity="fatal"), "severity", "shouting"),
        (rule(phrases="[]"), "no phrase", "shouting"),
        (rule(phrases='"hey"'), "lists of texts", "shouting"),
        (rule(phrases='["(a+)+"]'), "isn't a word", "shouting"),
        (rule(phrases='["@nowhere"]'), "no list", "shouting"),
        (rule(phrases='["... hey"]'), "begins and ends", "shouting"),
        (rule() + 'colour = "red"', "colour", "shouting"),
        (rule().replace('hint = "Say it quietly."', ""), "no `hint`", "shouting"),
        (rule() + rule(), "Two claim rules", ""),
    ],
)
def test_an_unusable_rule_is_told_with_file_and_rule(tmp_path: Path, text: str, words: str, setting: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsUnusable, match=words) as caught:
        load_rules([path])
    assert (caught.value.path, caught.value.setting) == (path, setting)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnusable, match="can't be read"):
        load_rules([str(tmp_path / "none.toml")])


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("cure|cures", "It CURES all.", "CURES"),
        ("heal*", "Healing takes time.", "Healing"),
        ("heal*", "Unhealed.", None),
        ("can", "It can’t.", None),
        ("can't", "It can’t.", "can’t"),
        ("it_band", "The IT  band hurts.", "IT  band"),
        ("no .. cure", "No known good cure.", "No known good cure"),
        ("no .. cure", "No one two three cure.", None),
        ("no ... cure", "No one. Cure it.", None),
        ("#% off", "Now 20% off!", "20% off"),
        ("@pain gone", "Aches gone.", "Aches gone"),
    ],
)
def test_a_phrase_finds_words_and_not_parts_of_them(phrase: str, text: str, found: str | None) -> None:
    match = compile_phrase(phrase, {"pain": "pain ache*"}).search(straighten(text))
    assert (text[slice(*match.span())] if match else None) == found


@given(phrase=st.text(max_size=60), text=st.text(max_size=300))
def test_any_phrase_is_refused_or_compiles_to_something_that_keeps_places(phrase: str, text: str) -> None:
    assert len(straighten(text)) == len(text)
    try:
        pattern = compile_phrase(phrase, {})
    except PhraseUnusable:
        return
    assert all(0 <= match.start() < match.end() <= len(text) for match in pattern.finditer(straighten(text)))


@pytest.mark.parametrize("word", ["all ", "no ", "your ", "chronic a ", "have "])
def test_no_shipped_rule_hangs_on_a_hostile_text(word: str) -> None:
    text = word * 5000
    start = time.process_time()
    for one in load_rules(SHIPPED):
        for pattern in (*one.patterns, *one.unless):
            assert sum(1 for _ in pattern.finditer(text)) <= len(text)
    assert time.process_time() - start < 5
