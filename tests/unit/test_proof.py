"""The proof holds for whatever is cut, and for nothing that was put into an author's mouth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cutting import cut, proof, vocabulary
from scheduler.domain.article import Article, Excerpt, ExcerptKind, Repair, RepairKind
from scheduler.domain.errors import FileUnusable
from scheduler.readers.markdown import Markdown

TEXT = "However, nuclei , which are small, may work (1). They rest at night."
EXCERPT = Excerpt(
    text="Nuclei, which are small, may work. They rest at night.",
    kind=ExcerptKind.QUOTE,
    score=0.5,
    spans=((0, 48), (49, 68)),
    repairs=(
        Repair(kind=RepairKind.CONNECTIVE, start=0, end=9),
        Repair(kind=RepairKind.SPACING, start=15, end=16),
        Repair(kind=RepairKind.CITATION, start=43, end=47),
        Repair(kind=RepairKind.JOIN, start=48, end=49),
    ),
)


def test_an_honest_excerpt_is_proved() -> None:
    assert proof.holds(EXCERPT, TEXT)


@pytest.mark.parametrize(
    "forged",
    [
        replace(EXCERPT, text=EXCERPT.text.replace("may ", "")),
        replace(EXCERPT, text=EXCERPT.text.replace("They", "Nuclei")),
        replace(EXCERPT, text=EXCERPT.text.upper()),
        replace(EXCERPT, repairs=EXCERPT.repairs[1:]),
        replace(EXCERPT, spans=()),
        replace(EXCERPT, spans=((49, 68), (0, 48))),
        replace(EXCERPT, spans=((0, 48), (49, 999))),
        replace(EXCERPT, spans=((-20, 48), (49, 68))),
    ],
)
def test_a_forged_excerpt_is_not(forged: Excerpt) -> None:
    assert not proof.holds(forged, TEXT)


SENTENCES = st.sampled_from(
    [
        *(
            "However, a walk may help most people (1).",
            "It costs nothing.",
            "They often don't know.",
            "Why do necks hurt?",
        ),
        *("Because they are stiff.", "In fact , a break of 2 minutes is usually enough.[2]", "This is hard.", "ok"),
        *("As we said above, every neck is different.", "But never stop a medicine on your own, e.g. tablets.", "(3)"),
        *(
            "These signs can point to a nerve.",
            "“Movement is a habit,” he said.",
            "Dr. Lind agrees (fig. 2) !",
            "İt is Ǆ.",
        ),
    ]
)
PARAGRAPHS = st.lists(SENTENCES | st.text(max_size=50), max_size=6).map(" ".join)
ARTICLES = st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n\n".join)


def read(text: str) -> Article | None:
    try:
        return Markdown().read("a.md", text.encode("utf-8", "ignore"))
    except FileUnusable:
        return None


@given(text=ARTICLES)
def test_whatever_is_cut_is_proved_and_lies_within_its_article(text: str) -> None:
    article = read(text)
    for excerpt in cut(article).excerpts if article else ():
        assert proof.holds(excerpt, article.text if article else "")
        assert len(excerpt.text) <= 400


@given(text=ARTICLES)
def test_no_excerpt_drops_a_hedge_or_a_number_of_its_sentences(text: str) -> None:
    article = read(text)
    for excerpt in cut(article).excerpts if article else ():
        whole = " ".join(article.text[start:end] for start, end in excerpt.spans) if article else ""
        kept = set(excerpt.text.lower().replace(",", " ").replace(".", " ").split())
        said = set(whole.lower().replace(",", " ").replace(".", " ").split())
        assert not (said - kept) & (vocabulary.HEDGES | {"never", "not", "no", "nothing", "don't", "2"})


@given(text=ARTICLES)
def test_every_sentence_keeps_its_place_and_no_words_are_lost_between(text: str) -> None:
    article = read(text)
    if article is None:
        return
    covered = "".join(article.text[sentence.start : sentence.end] for sentence in cut(article).sentences)
    assert "".join(covered.split()) == "".join(article.text.split())
