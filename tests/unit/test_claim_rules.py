"""Claim rules as files: what is refused and how it is told; what a phrase finds; that no phrase can hang."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.checks.phrases import Phrase, PhraseUnusable, excuse_of, heads_of, phrase_of
from scheduler.checks.reading import Reading, read, straighten
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
    assert all(rule.reason and rule.source and rule.hint and rule.phrases for rule in rules)


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
        (rule() + rule(), "Two claim rules", "shouting"),
        (rule(phrases='["*"]'), "is no word", "shouting"),
        (rule(phrases='["a .. b .. c .. d .. e .. f"]'), "more than 4 gaps", "shouting"),
        ("", "no claim rule in this file", ""),
        (rule().replace("[[rule]]", "[[rules]]"), "key that nobody knows: `rules`", "rules"),
        ("language = 'English please'", "`language` is a code", "language"),
    ],
)
def test_an_unusable_rule_is_told_with_file_and_rule(tmp_path: Path, text: str, words: str, setting: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsUnusable, match=words) as caught:
        load_rules([path])
    assert (caught.value.path, caught.value.setting) == (path, setting)


def test_an_unusable_rule_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, rule() + rule().replace("shouting", "other").replace("note", "fatal"))
    with pytest.raises(SettingsUnusable) as caught:
        load_rules([path])
    assert caught.value.line == 2 + rule().count("\n")


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
    reading = read(text)
    spans = [reading.span(*found) for found in phrase_of(phrase, {"pain": "pain ache*"}).spans(reading)]
    assert (text[slice(*spans[0])] if spans else None) == found


@pytest.mark.parametrize(
    ("excuse", "text", "excused"),
    [
        ("no|not .. ~", "This is not a cure.", True),
        ("no|not .. ~", "This is no one's idea of a cure.", False),
        ("no|not .. ~", "Why not, it can cure.", False),
        ("~ .. myth", "That it can cure is a myth.", True),
        ("~ .. myth", "It can cure.", False),
        ("can|does ... ~ ?", "Can this cure it?", True),
        ("can|does ... ~ ?", "It can cure it.", False),
        ("no known cure", "There is no known cure.", True),
        ("un* cure", "An unsafe cure.", True),
        ("not ... ~", "It is not only a cure.", False),
        ("pre-*-cure|*-free ~", "A sugar-free cure.", True),
    ],
)
def test_an_excuse_covers_what_was_found_or_stands_beside_it(excuse: str, text: str, excused: bool) -> None:
    reading = read(text)
    at = reading.words.index("cure")
    assert excuse_of(excuse, {}).excuses(reading, (at, at + 1)) == excused


@pytest.mark.parametrize("excuse", ["~", "~ ~ a", ".. ~", "~ ..", "? ~", "@nowhere ~", "(a+)+ ~"])
def test_an_excuse_that_says_nothing_is_refused(excuse: str) -> None:
    with pytest.raises(PhraseUnusable):
        excuse_of(excuse, {})


@given(text=st.text(max_size=300))
def test_every_word_of_any_text_keeps_its_place(text: str) -> None:
    reading = read(text)
    assert len(straighten(text)) == len(text)
    assert [straighten(text)[start:end] for start, end in reading.spans] == list(reading.words)
    assert len(reading.words) == len(reading.breaks) == len(reading.gaps) == len(reading.asks)


@given(phrase=st.text(max_size=60), text=st.text(max_size=300))
def test_any_phrase_is_refused_or_finds_something_inside_of_the_text(phrase: str, text: str) -> None:
    try:
        looked_for = phrase_of(phrase, {})
    except PhraseUnusable:
        return
    reading = read(text)
    assert all(
        0 <= start < end <= len(text) for start, end in (reading.span(*one) for one in looked_for.spans(reading))
    )


WORDS = st.lists(
    st.sampled_from(
        ["all", "no", "pain", "free", "cures", "pain-free", "is", "a", "myth,", "it.", "?", "100%", "$5", "5"]
    )
)


def heads(reading: Reading, at: int) -> set[str]:
    return set(heads_of(reading.words[at]))


@given(
    phrase=st.sampled_from(
        ["cure*", "#% free", "pain|free .. a", "$# pain", "*-free", "no ... a ?", "pain_free|it", "#"]
    ),
    words=WORDS,
)
def test_a_phrase_is_found_by_its_head_wherever_it_is_found_by_looking_everywhere(
    phrase: str, words: list[str]
) -> None:
    looked_for, reading = phrase_of(phrase, {}), read(" ".join(words))
    assert all(looked_for.heads & heads(reading, at) for at, _ in looked_for.spans(reading))


@pytest.mark.parametrize("word", ["all ", "no ", "your ", "chronic a ", "have ", "guarantee ", "can ", "not pain "])
def test_no_shipped_rule_hangs_on_a_hostile_text(word: str) -> None:
    reading = read(word * 60)
    start = time.process_time()
    for rule in load_rules(SHIPPED):
        assert all(ends(phrase, reading) <= len(reading.words) * 200 for phrase in rule.phrases)
        assert all(excuse.excuses(reading, (9, 9)) in (True, False) for excuse in rule.unless)
    assert time.process_time() - start < 5


def ends(phrase: Phrase, reading: Reading) -> int:
    return sum(1 for _ in phrase.spans(reading))
