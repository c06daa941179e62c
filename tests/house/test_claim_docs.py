"""The page on claim rules is true: its example is a pack that does what it says, and names the packs that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.rules import load_rules
from scheduler.domain.article import Excerpt, ExcerptKind
from scheduler.testing.samples import article
from tests.house.pages import DOCS, FILES_PAGE, block, rows, section, text_of

PAGE = DOCS / "how-to" / "claim-rules.md"
RULES = DOCS.parent / "assets" / "rules"


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("Linden Baths is a house by the park.", ["old-name"]),
        ("We are here for our guests every day.", ["always-open"]),
        ("The pool is open all year.", ["always-open"]),
        ("We are never closed.", ["always-open"]),
        ("The pool isn't ours; it is not open all year.", []),
        ("The pool is open all year, except on public holidays.", []),
        ("Why is it open all year?", []),
        ("The park by the house is old.", []),
    ],
)
def test_the_pack_of_the_page_finds_what_it_is_written_for(tmp_path: Path, words: str, rules: list[str]) -> None:
    file = tmp_path / "our-own.toml"
    file.write_text(block(PAGE, "toml our-own.toml"), "utf-8")
    check = ClaimsCheck(load_rules([str(file)]))
    excerpt = Excerpt(text=words, kind=ExcerptKind.QUOTE, score=0.5, spans=((0, len(words)),))
    assert [finding.rule for finding in check(excerpt, article())] == rules


def test_the_page_names_every_pack_that_comes_with_the_program() -> None:
    told = {row[0].strip("`") for row in rows(section(PAGE, "## Choose packs"))}
    assert told == {path.stem for path in RULES.glob("*.toml")}


def test_the_reference_tells_every_key_of_a_pack_and_of_a_rule() -> None:
    told = section(FILES_PAGE, "## Claim rules")
    for key in ("language", "words", "unless", "id", "severity", "phrases", "without", "message", "hint", "reason"):
        assert f"`{key}`" in told


def test_the_page_says_that_rules_are_no_legal_advice() -> None:
    assert "not legal advice" in text_of(PAGE)
