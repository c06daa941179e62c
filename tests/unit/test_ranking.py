"""What the learned ranking does with articles, and what its file of weights may hold."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scheduler.cutting import cut, lexicon, ranking
from scheduler.cutting.features import features
from scheduler.cutting.judging import judged
from scheduler.cutting.languages import rules_of
from scheduler.domain.article import Article
from scheduler.readers.markdown import Markdown

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "scheduler/cutting/weights.json"
SAMPLE = (ROOT / "posts/articles/when-a-cough-deserves-a-visit.md").read_text("utf-8")
REFERENCES = "\n## References\n\n1. https://example.org/one\n2. https://example.org/two\n3. https://example.org/three\n"
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=300)


def article(text: str) -> Article:
    return Markdown().read("a.md", text.encode())


def scores(text: str) -> dict[str, float]:
    read = article(text)
    return {read.text[one.start : one.end]: one.score for one in cut(read).sentences}


def seen(texts: Iterable[str]) -> set[str]:
    read = [article(text) for text in texts]
    rows = [features(one.title, judged(one), rules_of(one.language)) for one in read]
    return {name for of_article in rows for row in of_article for name in row}


@given(text=ANY_TEXT)
def test_a_score_is_between_0_and_1_whatever_the_text(text: str) -> None:
    assert all(0 <= score <= 1 for score in scores(f"---\ntitle: Any\n---\n{text}\n\nA last paragraph.").values())


def test_the_order_stays_when_a_list_of_references_follows() -> None:
    bare, followed = (
        [excerpt.text for excerpt in cut(article(text)).excerpts] for text in (SAMPLE, SAMPLE + REFERENCES)
    )
    assert bare == followed


def test_a_saying_to_the_reader_comes_before_housekeeping() -> None:
    text = (
        "# A better back\n\nOur rooms were painted in March.\n\nThe best chair is never the answer: your back wants you"
        " to move.\n\nThe car park has been on the left since last year.\n\nWe close at five on Fridays in July."
    )
    best = cut(article(text)).excerpts[0]
    assert best.text.startswith("The best chair is never")
    assert best.reasons


def test_words_of_the_title_raise_a_sentence() -> None:
    text = "# {}\n\nSpring came late to us.\n\nA stiff neck needs movement more than rest.\n\nWe were glad of the sun."
    sentence = "A stiff neck needs movement more than rest."
    assert scores(text.format("Stiff neck: movement or rest"))[sentence] > scores(text.format("News"))[sentence]


def test_a_heading_scores_below_every_sentence_that_can_stand_alone() -> None:
    read = article(SAMPLE)
    found = cut(read).sentences
    headings = [one.score for one in found if one.why_not in ("it is the title", "it is a heading")]
    assert headings
    assert max(headings) < min(one.score for one in found if one.eligible)


def test_what_is_gated_is_still_ranked_among_itself() -> None:
    told = scores("Hello there.\n\nCall us.\n\nYour health is never the thing to save on, so call us today.\n\nBye.")
    assert told["Your health is never the thing to save on, so call us today."] > told["Call us."]


def test_a_reason_is_only_told_of_a_sentence_that_has_it() -> None:
    for excerpt in cut(article(SAMPLE)).excerpts:
        words = set(excerpt.text.lower().replace("’", "'").replace(":", " ").replace(",", " ").split())
        if "speaks to the reader" in excerpt.reasons:
            assert words & {"you", "your", "yours", "you're", "you'll", "you've"}
        assert len(set(excerpt.reasons)) == len(excerpt.reasons)


def test_english_words_dont_count_in_another_language() -> None:
    german = (
        "---\nlang: de\ntitle: Der Rücken\n---\nDie Bewegung hilft dem Rücken. Der Stuhl will nie die Antwort sein."
    )
    english = {*(f"any_{name}" for name in lexicon.LISTS), *(f"opens_{name}" for name in lexicon.OPENERS)}
    assert english.isdisjoint(seen([german]))


def test_each_feature_has_a_weight_and_each_weight_a_feature() -> None:
    words = {word for held in (*lexicon.LISTS.values(), *lexicon.OPENERS.values()) for word in held}
    ends = {f"under{ending}" for endings in lexicon.ENDINGS.values() for ending in endings}
    lines = "\n\n".join(f"It rains here. {word.capitalize()} comes at noon." for word in sorted(words | ends))
    marks = (
        'And so:\n\n$5 (a lot) is "much"; so we wait…\n\nHowever, is it new? It may be: new\n\nA walk\n\nIt is. ' * 2
    )
    assert seen([SAMPLE, lines, marks]) == set(ranking.WEIGHTS.weight)


def test_every_reason_is_about_features_that_have_a_weight() -> None:
    assert {name for names in ranking.REASONS.values() for name in names} <= set(ranking.WEIGHTS.weight)


def test_the_weights_are_small_and_hold_no_text() -> None:
    held = json.loads(WEIGHTS.read_text("utf-8"))
    assert WEIGHTS.stat().st_size < 50_000
    assert all(name.replace("_", "").isalnum() and len(name) < 30 for name in held)
    assert all(len(pair) == 2 and all(isinstance(value, float) for value in pair) for pair in held.values())


def test_ranking_loads_no_library_of_numbers() -> None:
    code = "import sys, scheduler.cutting; sys.exit(bool({'numpy', 'scipy', 'sklearn', 'torch'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
