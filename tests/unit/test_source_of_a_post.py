"""What the review page shows of an article: the words themselves, in order, with exactly what was taken marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.bootstrap.received import LONGEST_NAME, kept_name
from scheduler.domain.article import Article, Block, BlockKind, Excerpt, ExcerptKind, Repair, RepairKind
from scheduler.web.dashboard.source import Ink, Taken, around, left_out, whole

TEXT = "One leg may be longer. Once the hips are uneven, weight is carried unevenly too.(1) They tire."


def _article(text: str) -> Article:
    block = Block(kind=BlockKind.PARAGRAPH, start=0, end=len(text))
    return Article(source="a.md", title="A", language="en", fingerprint="f", text=text, blocks=(block,))


def _excerpt(start: int, end: int, *repairs: tuple[int, int]) -> Excerpt:
    left = tuple(Repair(kind=RepairKind.CITATION, start=a, end=b) for a, b in repairs)
    return Excerpt(text="x", kind=ExcerptKind.QUOTE, score=1, spans=((start, end),), repairs=left)


def test_what_was_left_out_is_told_and_struck_through() -> None:
    start, mark = TEXT.index("Once"), TEXT.index("(1)")
    excerpt = _excerpt(start, mark + 3, (mark, mark + 3))
    (paragraph,) = around(_article(TEXT), excerpt)
    inks = [(each.ink, each.text) for each in paragraph.stretches]
    assert inks == [
        (Ink.PLAIN, "One leg may be longer. "),
        (Ink.TAKEN, "Once the hips are uneven, weight is carried unevenly too."),
        (Ink.LEFT, "(1)"),
        (Ink.PLAIN, " They tire."),
    ]
    assert left_out(_article(TEXT), excerpt) == ["(1)"]


@given(st.text(min_size=1, max_size=2000), st.data())
def test_what_is_marked_is_what_was_taken(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = around(_article(text), _excerpt(start, end))
    marked = "".join(each.text for one in shown for each in one.stretches if each.ink is not Ink.PLAIN)
    assert marked == text[start:end]


@given(st.text(min_size=1, max_size=500), st.integers(0, 600), st.integers(0, 600))
def test_a_part_of_an_article_is_its_very_words(text: str, start: int, end: int) -> None:
    shown = whole(_article(text), [Taken(excerpt=_excerpt(0, 1), post_id=7)], start, end)
    assert "".join(each.text for one in shown for each in one.stretches) == text[start:end]


@pytest.mark.parametrize(
    "name", ["../../evil.md", "..\\..\\evil.md", "/etc/evil.md", "a/b/evil.md", ".evil.md", "C:evil.md"]
)
def test_a_kept_name_says_nothing_of_folders(name: str) -> None:
    assert kept_name(name).replace("C ", "") == "evil.md"


@given(st.text(max_size=400))
def test_a_kept_name_is_one_plain_short_part_of_a_path(name: str) -> None:
    kept = kept_name(name)
    assert kept
    assert not {"/", "\\", "\0", "<", '"'} & set(kept)
    assert not kept.startswith(".")
    assert len(kept.encode()) <= LONGEST_NAME + 40
