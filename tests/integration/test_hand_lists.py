"""Whole articles from bytes to checked excerpts, against lists written by hand before the code that cuts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from scheduler.checks.claims import ClaimsCheck
from scheduler.checks.rules import load_rules
from scheduler.cutting import cut, proof
from scheduler.domain.article import Article, BlockKind, CallKind, Excerpt
from scheduler.domain.findings import Severity
from scheduler.readers.blocks import Told, assemble
from scheduler.readers.markdown import Markdown
from scheduler.readers.pieces import Piece
from scheduler.readers.plaintext import PlainText

ROOT = Path(__file__).parents[2]
ARTICLES = sorted(path for path in (ROOT / "tests/data/articles").iterdir() if path.suffix in (".md", ".txt"))
SAMPLE = ROOT / "posts/articles/when-a-cough-deserves-a-visit.md"
SEED = ROOT / "../shared/data/seed-article.txt"
MARKED = ROOT / "../shared/data/quotes/dev.jsonl"
CHECK = ClaimsCheck(load_rules([str(ROOT / f"assets/rules/{name}.toml") for name in ("health", "general")]))

each_article = pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
with_seed = pytest.mark.skipif(not SEED.exists(), reason="the seed article is in ../shared, which isn't here")
with_marked = pytest.mark.skipif(not MARKED.exists(), reason="the marked articles are in ../shared, which isn't here")


def read(path: Path) -> Article:
    reader = Markdown() if path.suffix == ".md" else PlainText()
    return reader.read(path.name, path.read_bytes())


def severities(excerpt: Excerpt, article: Article) -> set[Severity]:
    return {finding.severity for finding in CHECK(excerpt, article)}


def unblocked(article: Article) -> list[Excerpt]:
    return [excerpt for excerpt in cut(article).excerpts if Severity.BLOCK not in severities(excerpt, article)]


def test_the_four_articles_are_here() -> None:
    assert [path.suffix for path in ARTICLES] == [".txt", ".md", ".md", ".txt"]


@each_article
def test_four_of_five_wanted_excerpts_come_word_for_word(path: Path) -> None:
    wanted = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))["wanted"]
    texts = {excerpt.text for excerpt in unblocked(read(path))}
    missing = [text for text in wanted if text not in texts]
    assert len(missing) <= len(wanted) * 0.2, missing


@each_article
def test_nothing_forbidden_is_left_unblocked(path: Path) -> None:
    hand = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    texts = [excerpt.text for excerpt in unblocked(read(path))]
    inside = [(text, bad) for text in texts for bad in hand["forbidden"] if bad.casefold() in text.casefold()]
    opening = [text for text in texts if text.startswith(tuple(hand["forbidden_openings"]))]
    assert (inside, opening) == ([], [])


@each_article
def test_each_article_tells_two_phones_with_office_a_booking_and_an_offer(path: Path) -> None:
    calls = read(path).calls_to_action
    phones = [call for call in calls if call.kind is CallKind.PHONE]
    assert len({call.label for call in phones if call.label}) == len(phones) == 2
    assert {CallKind.BOOKING, CallKind.OFFER} <= {call.kind for call in calls}
    assert len(read(path).references) >= 2


def test_the_sample_yields_six_posts_that_need_nobodys_yes() -> None:
    article = read(SAMPLE)
    free = [excerpt for excerpt in cut(article).excerpts if not severities(excerpt, article)]
    assert len(free) >= 6
    assert article.wishes.author == "Dr. Lena Marsh"


@pytest.mark.parametrize("path", [*ARTICLES, SAMPLE], ids=lambda path: path.stem)
def test_every_excerpt_is_proved(path: Path) -> None:
    article = read(path)
    assert [excerpt.text for excerpt in cut(article).excerpts if not proof.holds(excerpt, article.text)] == []


@with_seed
@pytest.mark.parametrize(
    ("opening", "ending", "level"),
    [
        ("Leg pain has", "can all cause leg pain.", {Severity.CONFIRM}),
        ("The vestibular nuclei, which", "to become imbalanced.", {Severity.CONFIRM}),
        ("Once you have", "is carried unevenly.", set()),
        ("The Upper Cervical", "can be cleared.", {Severity.CONFIRM}),
        ("The muscles of the spine", "functionally short.", set()),
        ("If the top vertebrae", "the nervous system functions.", {Severity.CONFIRM}),
    ],
)
def test_the_seeds_hand_cut_excerpts_come_with_their_level(opening: str, ending: str, level: set[Severity]) -> None:
    article = read(SEED)
    found = [one for one in cut(article).excerpts if one.text.startswith(opening) and one.text.endswith(ending)]
    assert [severities(excerpt, article) for excerpt in found] == [level]
    assert proof.holds(found[0], article.text)


@with_seed
@pytest.mark.parametrize(
    "never",
    [
        *("All of these", "I know this", "One result of this", "This can result", "Most of these", "The ones"),
        *("Over time these", "Over time many of these", "free consultation", "399-7772", "324-6172", "clicking here"),
        *("Los Angeles Upper Cervical", "ncbi", "Leave a comment", "References"),
    ],
)
def test_what_the_seed_must_never_say_is_not_posted(never: str) -> None:
    assert [excerpt.text for excerpt in unblocked(read(SEED)) if never in excerpt.text] == []


@with_seed
def test_the_seeds_contacts_and_references_are_kept_apart() -> None:
    article = read(SEED)
    assert [(call.kind.value, call.value, call.label) for call in article.calls_to_action][1:] == [
        ("phone", "213 399-7772", "Los Angeles"),
        ("phone", "310 324-6172", "South Bay"),
        ("booking", "", "clicking here"),
    ]
    assert article.calls_to_action[0].value == "free consultation"
    assert len(article.references) == 4


@with_marked
def test_every_excerpt_of_other_peoples_articles_is_proved_too() -> None:
    rows = [json.loads(line) for line in MARKED.read_text("utf-8").splitlines()]
    unproved = 0
    for row in rows:
        pieces = [Piece(kind=BlockKind.PARAGRAPH, text=" ".join(text.split())) for text in row["body"].split("\n\n")]
        article = assemble("a.md", Told(title=row["title"]), pieces)
        unproved += sum(not proof.holds(excerpt, article.text) for excerpt in cut(article).excerpts)
    assert (len(rows), unproved) == (97, 0)
