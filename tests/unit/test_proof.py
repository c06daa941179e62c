"""The proof holds for whatever is cut, and for nothing that was put into an author's mouth."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cutting import cut, proof
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
        replace(EXCERPT, heading="Nuclei cure everything"),
        replace(EXCERPT, breaks=(3,)),
    ],
)
def test_a_forged_excerpt_is_not(forged: Excerpt) -> None:
    assert not proof.holds(forged, TEXT)


OPENERS = st.sampled_from(
    (
        *("", "", "", "However, ", "But ", "And so, ", "As we said above, ", "First of all, ", "After all, ", "1. "),
        *("In most cases, ", "Perhaps ", "Sin embargo, ", "Aber ", "但是，", "また、", "ومع ذلك، ", "“", "(", "• "),
    )
)
CORES = st.sampled_from(
    (
        *("a walk may help most people", "It costs nothing", "They often don't know", "Why do necks hurt"),
        *(
            "nuclei , which are small , usually work",
            "two (2) of 3 adults never rest",
            "Dr. Lind agrees, e.g. at 5 p.m",
        ),
        *("see www.example.org or call 213 555-0100", "İt is Ǆ and ß", "e\u0301 is half of all\u00a0things", "ok"),
        *(
            "el cuello no siempre duele mucho",
            "das hilft z. B. vielen Menschen",
            "多数人的颈部不需要检查",
            "体を動かすと楽になります",
        ),
        *("قد تساعد الحركة معظم الناس", "תנועה עוזרת לרוב האנשים", "🙂 smiles aren't always true\u2003signs"),
    )
)
ENDS = st.sampled_from((".", ".", ".[2]", " (1).", "?", "!", "…", "。", "؟", " !", ".”", ":", ")", "", ". — Jane Doe"))
SENTENCES = st.builds("".join, st.tuples(OPENERS, CORES, ENDS))
GAPS = st.sampled_from((" ", "  ", "\u00a0", "\u3000", "\n", ""))
PARAGRAPHS = st.lists(st.tuples(SENTENCES | st.text(max_size=40), GAPS).map("".join), max_size=5).map("".join)
FRAMES = st.sampled_from(
    ("{}", "{}", "# {}", "## 3 signs of {}", "- {}", "1. {}", "> {}", "**{}**", "Two reasons for it:\n\n- {}")
)
BLOCKS = st.builds(str.format, FRAMES, PARAGRAPHS)
ARTICLES = st.lists(BLOCKS, min_size=1, max_size=6).map("\n\n".join)
LANGUAGES = st.sampled_from(("", "", "en", "es", "de", "fr", "pt", "ar", "he", "zh", "ja", "pl"))

# Independent of the cutter's own lists.
CAUTIOUS = re.compile(
    r"\b(?:may|most|often|usually|perhaps|nothing|don't|never|not|no|half|all|always|aren't|siempre|mucho|vielen|2|3|two"
    r"|many|almost|some|few|without|nearly)\b"
)


def read(text: str, language: str = "") -> Article | None:
    front = f"---\nlang: {language}\n---\n" if language else ""
    try:
        return Markdown().read("a.md", f"{front}{text}".encode("utf-8", "ignore"))
    except FileUnusable:
        return None


def cuts(text: str, language: str = "") -> tuple[str, str, list[Excerpt]]:
    """The article's text and title, and everything that could be posted of it."""
    article = read(text, language)
    if article is None:
        return "", "", []
    found = cut(article)
    return article.text, article.title, [*found.excerpts, *filter(None, [found.announcement])]


@given(text=ARTICLES, language=LANGUAGES)
def test_whatever_is_cut_is_proved_and_lies_within_its_article(text: str, language: str) -> None:
    source, title, found = cuts(text, language)
    for excerpt in found:
        assert proof.holds(excerpt, source, title)
        assert len(excerpt.words) <= 400


@given(text=ARTICLES, language=LANGUAGES)
def test_no_excerpt_drops_a_hedge_a_negation_or_a_number_of_its_sentences(text: str, language: str) -> None:
    source, _, found = cuts(text, language)
    for excerpt in found:
        whole = " ".join(source[start:end] for start, end in excerpt.spans)
        whole = re.sub(r"\[2\]|\(1\)", " ", whole)
        assert not cautions(whole) - cautions(excerpt.text)


def cautions(text: str) -> Counter[str]:
    return Counter(CAUTIOUS.findall(text.lower()))


@given(text=ARTICLES)
def test_every_sentence_keeps_its_place_and_no_words_are_lost_between(text: str) -> None:
    article = read(text)
    if article is None:
        return
    covered = "".join(article.text[sentence.start : sentence.end] for sentence in cut(article).sentences)
    assert "".join(covered.split()) == "".join(article.text.split())


@given(text=ARTICLES)
def test_a_list_s_words_are_its_heading_and_its_items_word_for_word(text: str) -> None:
    _, _, found = cuts(text)
    for excerpt in found:
        lines = excerpt.words.split("\n")
        if excerpt.breaks:
            assert lines[0] == excerpt.heading
            assert " ".join(line.removeprefix("• ") for line in lines[1:]) == excerpt.text
