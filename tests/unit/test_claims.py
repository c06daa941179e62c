"""Which claims stop a post, which ask for a yes, and which honest sentences pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.rules import load_rules
from scheduler.cutting import cut
from scheduler.domain.article import Excerpt, ExcerptKind
from scheduler.domain.findings import Finding
from scheduler.readers.markdown import Markdown

RULES = Path(__file__).parents[2] / "assets/rules"
CHECK = ClaimsCheck(load_rules([str(RULES / "health.toml"), str(RULES / "general.toml")]))
ARTICLE = Markdown().read("a.md", b"Text.")


def findings(text: str) -> tuple[Finding, ...]:
    excerpt = Excerpt(text=text, kind=ExcerptKind.QUOTE, score=0.5, spans=((0, 5),))
    return CHECK(excerpt, ARTICLE)


def rules(text: str, severity: str) -> set[str]:
    return {finding.rule for finding in findings(text) if finding.severity == severity}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Sitting up straight cures neck pain for good.", "outcome-promised"),
        ("Over time your back either improves or disappears all together.", "outcome-promised"),
        ("Our mouthpiece makes snoring disappear.", "outcome-promised"),
        ("Laser removal permanently eliminates every mark.", "outcome-promised"),
        ("Gum treatment heals your gums.", "outcome-promised"),
        ("Enjoy a PAIN-FREE life.", "outcome-promised"),
        ("Don’t wait, this cures it.", "outcome-promised"),
        ("Your pain will be gone in three sessions, forever.", "outcome-promised"),
        ("All of these conditions can have their cause in the spine.", "universal-condition"),
        ("Most of these conditions get worse.", "universal-condition"),
        ("Over time many of these musculo-skeletal conditions improve.", "universal-condition"),
        ("This can result in problems anywhere in the body.", "universal-condition"),
        ("All insomnia is caused by blue light.", "universal-condition"),
        ("All moles turn into melanoma sooner or later.", "universal-condition"),
        ("It keeps every disease away.", "universal-condition"),
        ("They become chronic because the neck is misaligned.", "chronic-cause"),
        ("We find the root cause of your pain.", "chronic-cause"),
        ("Results are guaranteed.", "guarantee"),
        ("A 100% safe method.", "guarantee"),
    ],
)
def test_a_claim_nobody_can_keep_is_blocked(text: str, rule: str) -> None:
    assert rule in rules(text, "block")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The procedure's goal is to restore normal mechanics.", "procedure-promise"),
        ("Muscle tone will migrate towards balance.", "procedure-promise"),
        ("The irritation can be cleared.", "procedure-promise"),
        ("Sciatica can be a sign.", "named-condition"),
        ("IT band trouble is common.", "named-condition"),
        ("A low back disc bulge is not rare.", "named-condition"),
        ("If you suffer, come in.", "reader-has-condition"),
        ("Do you have your own way with your arthritis?", "reader-has-condition"),
        ("We offer a free consultation.", "offer-without-terms"),
        ("Get 20% off today.", "discount-without-terms"),
        ("It gets exacerbated with exercise.", "discourages-care"),
        ("You can stop your tablets.", "discourages-care"),
        ("Better than any surgery.", "compared-with-others"),
        ("We are the best clinic in town.", "superlative"),
        ("Clinically proven to help.", "proof-claimed"),
        ("A tired body heals slowly.", "healing"),
    ],
)
def test_a_claim_that_may_be_true_asks_for_a_yes(text: str, rule: str) -> None:
    assert rule in rules(text, "confirm")
    assert rules(text, "block") == set()


@pytest.mark.parametrize(
    "text",
    [
        "There is no cure for a cold.",
        "We can't cure everything.",
        "A sore that hasn't healed after four weeks should be seen by a professional.",
        "Nobody can guarantee a quiet night.",
        "A permanent tooth is worth a filling.",
        "Most of the time, pain is short.",
        "Every neck is different.",
        "Smoke makes every cough longer.",
        "Most coughs come from a virus.",
        "An adult needs about 30 ml for the whole body.",
        "Never stop your tablets on your own.",
        "Pain isn't the only reason for a visit.",
        "Health is a habit.",
        "Feel free to ask.",
    ],
)
def test_an_honest_sentence_is_not_blocked(text: str) -> None:
    assert rules(text, "block") == set()


def test_a_finding_shows_the_words_it_means_and_a_way_out() -> None:
    text = "The truth: it Cures colds, they say."
    finding = findings(text)[0]
    assert text[slice(*finding.span)] == "Cures"
    assert finding.message == "“Cures” promises an outcome."
    assert (finding.check, finding.severity) == ("claims", "block")
    assert finding.hint


def test_the_gravest_finding_comes_first() -> None:
    found = findings("This week sciatica is cured.")
    assert [finding.severity for finding in found] == ["block", "confirm", "note"]


def test_a_lost_evidence_mark_asks_for_a_yes_and_offers_the_reference() -> None:
    text = "Broken hours don't add up to a good rest [2].\n\n## References\n\n1. https://a.example\n2. Park L, Sleep.\n"
    article = Markdown().read("a.md", text.encode())
    (finding,) = CHECK(cut(article).excerpts[0], article)
    assert (finding.rule, finding.severity) == ("evidence-lost", "confirm")
    assert finding.hint.endswith("Park L, Sleep.")


def test_a_lost_figure_mark_is_no_lost_evidence() -> None:
    article = Markdown().read("a.md", b"Broken hours don't add up to a good rest (fig 2).")
    assert CHECK(cut(article).excerpts[0], article) == ()
