"""What each shipped pack finds and what it leaves alone, by sentences written for it: recall and false alarms."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.rules import load_rules
from scheduler.domain.article import Article, Excerpt, ExcerptKind
from scheduler.domain.findings import Finding, Severity

ROOT = Path(__file__).parents[2]
PACKS = ("health", "general", "finance", "law")
ARTICLE = Article(source="a.md", title="", language="en", fingerprint="", text="", blocks=())


def paths(*packs: str) -> list[str]:
    return [str(ROOT / f"assets/rules/{pack}.toml") for pack in packs]


CHECKS = {pack: ClaimsCheck(load_rules(paths(pack))) for pack in PACKS}
EVERY = ClaimsCheck(load_rules(paths(*PACKS)))


def sentences(pack: str) -> list[list[str]]:
    found: list[list[str]] = tomllib.loads((ROOT / f"tests/data/claims/{pack}.toml").read_text("utf-8"))["sentences"]
    return found


CASES = [(pack, text, set(rules)) for pack in PACKS for text, *rules in sentences(pack)]
HARMLESS = [(pack, text) for pack, text, rules in CASES if not rules]


def findings(check: ClaimsCheck, text: str) -> tuple[Finding, ...]:
    return check(Excerpt(text=text, kind=ExcerptKind.QUOTE, score=0.5, spans=((0, 5),)), ARTICLE)


@pytest.mark.parametrize(("pack", "text", "rules"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_pack_finds_what_it_is_for_and_nothing_else(pack: str, text: str, rules: set[str]) -> None:
    assert {finding.rule for finding in findings(CHECKS[pack], text)} == rules


@pytest.mark.parametrize(("pack", "text"), HARMLESS)
def test_what_is_harmless_to_one_pack_is_blocked_by_none(pack: str, text: str) -> None:
    assert [finding for finding in findings(EVERY, text) if finding.severity is Severity.BLOCK] == []


@pytest.mark.parametrize("pack", PACKS)
def test_each_pack_is_held_to_sixty_sentences_and_half_of_them_are_harmless(pack: str) -> None:
    written = [rules for name, _, rules in CASES if name == pack]
    assert len(written) >= 60
    assert 0.4 <= sum(not rules for rules in written) / len(written) <= 0.6


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_of_a_pack_is_asked_for_by_a_sentence(pack: str) -> None:
    asked = {rule for name, _, rules in CASES if name == pack for rule in rules}
    assert {rule.id for rule in load_rules(paths(pack))} == asked


def test_two_hundred_excerpts_are_checked_by_every_pack_in_a_fifth_of_a_second() -> None:
    texts = [text for _, text, _ in CASES][:200]
    taken = []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            findings(EVERY, f"{text} {text}")
        taken.append(time.process_time() - start)
    assert min(taken) < 0.2
