"""What the readers make of a page: blocks, titles, references and leftovers."""

from __future__ import annotations

import pytest

from scheduler.domain.article import Article, BlockKind, MarkKind
from scheduler.readers.markdown import Markdown
from scheduler.readers.plaintext import PlainText


def markdown(text: str) -> Article:
    return Markdown().read("a.md", text.encode())


def plain(text: str) -> Article:
    return PlainText().read("a.txt", text.encode())


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


def test_markup_goes_and_the_words_of_links_stay() -> None:
    article = markdown("Some **bold** and *fine* [words](https://a.example) of `code`,\nwrapped &amp; <b>kept</b>.")
    assert article.text == "Some bold and fine words of code, wrapped & kept."


def test_headings_lists_quotes_and_paragraphs_are_told_apart() -> None:
    article = markdown("# Title\n\n## Part\n\nText here.\n\n- One item.\n- Two items.\n\n> Quoted words.\n")
    assert kinds(article) == [
        ("title", "Title"),
        ("heading", "Part"),
        ("paragraph", "Text here."),
        ("item", "One item."),
        ("item", "Two items."),
        ("quote", "Quoted words."),
    ]
    assert article.text == "Title\n\nPart\n\nText here.\n\nOne item.\nTwo items.\n\nQuoted words."


def test_scripts_and_pictures_leave_no_words() -> None:
    article = markdown("<script>alert('x')</script>\n\n![a cat](cat.png)\n\n<div>Kept words.</div>\n")
    assert article.text == "Kept words."


def test_the_cells_of_a_table_are_never_quoted() -> None:
    article = markdown("| Pain is short. | Rest is good. |\n|---|---|\n| Walk a lot. | Sit less. |\n")
    assert {block.kind for block in article.blocks} == {BlockKind.LEFTOVER}


def test_lines_wrapped_to_one_width_are_one_paragraph() -> None:
    article = plain(
        "Stiff necks\n\n"
        "Muscles that hold one position\nfor hours get tired, and tired\nmuscles complain.\n\n"
        "So take breaks.\n"
    )
    assert kinds(article)[1:] == [
        ("paragraph", "Muscles that hold one position for hours get tired, and tired muscles complain."),
        ("paragraph", "So take breaks."),
    ]


def test_a_long_line_is_a_paragraph_of_its_own() -> None:
    article = plain("A title without end mark\n" + "Long words. " * 20 + "\n" + "More words. " * 20)
    assert [kind for kind, _ in kinds(article)] == ["title", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        *("Leave a comment", "Leave a Reply", "Share this:", "Posted in Gum care", "Comments are closed.", "Read more"),
        *("Facebook | Twitter", "3 Comments", "Tags: neck, desk", "Next post", "© 2026 The clinic"),
    ],
)
def test_what_the_web_page_left_is_marked(line: str) -> None:
    assert kinds(plain(f"Title\n\nA sentence of no great note.\n\n{line}\n"))[-1] == ("leftover", line)


@pytest.mark.parametrize(
    "line", ["Share your worries with your dentist.", "Read more slowly than you think.", "Like a cold, it passes."]
)
def test_a_sentence_that_only_begins_like_a_leftover_is_kept(line: str) -> None:
    assert kinds(plain(f"Title\n\nA sentence of no great note.\n\n{line}\n"))[-1] == ("paragraph", line)


def test_everything_after_the_references_heading_is_a_reference() -> None:
    article = markdown(
        "Text.\n\n## References\n\n1. https://a.example/x\n2. Park L, Sleep. 2020.\n\n## Contact\n\nCome in.\n"
    )
    assert [kind for kind, _ in kinds(article)] == ["paragraph", *["reference"] * 3, "heading", "paragraph"]
    assert article.references == ("https://a.example/x",)


def test_references_may_share_the_line_with_their_heading() -> None:
    article = plain("Title\n\nA sentence.\nReferences:- https://a.example/x\n- https://b.example/y.\nLeave a comment")
    assert article.references == ("https://a.example/x", "https://b.example/y")


def test_the_front_matters_title_wins_and_its_copy_is_no_sentence() -> None:
    article = markdown("---\ntitle: Colds\n---\n# Colds\n\nText here.\n")
    assert kinds(article)[0] == ("title", "Colds")


def test_what_the_author_made_bold_is_marked_and_a_bold_line_is_a_heading() -> None:
    article = markdown(
        "**Small heading**\n\nFirst this. **Rest is a treatment.** Then that, and a little more of it.\n"
    )
    (mark,) = article.marks
    assert (mark.kind, article.text[mark.start : mark.end]) == (MarkKind.BOLD, "Rest is a treatment.")
    assert kinds(article)[0] == ("title", "Small heading")


def test_a_quotation_that_repeats_the_text_is_a_mark_on_it() -> None:
    article = markdown(
        "One.\n\n> “Rest is the one treatment that all can have”\n\nRest is the one treatment that all can have.\n"
    )
    assert [kind for kind, _ in kinds(article)] == ["paragraph", "paragraph"]
    (mark,) = article.marks
    assert article.text[mark.start : mark.end] == "Rest is the one treatment that all can have."
    assert mark.kind is MarkKind.PULLQUOTE


def test_pictures_of_markdown_are_kept_beside_the_text() -> None:
    (image,) = markdown('Some words here.\n\n![A cat](cat.png "On a step")\n').images
    assert (image.url, image.alt, image.caption) == ("cat.png", "A cat", "On a step")


def test_footnotes_of_markdown_are_references_with_citations() -> None:
    article = markdown("# T\n\nRest helps.[^1] It does.\n\n[^1]: Park, Sleep, 2020.\n")
    assert kinds(article)[1:] == [("paragraph", "Rest helps.[1] It does."), ("reference", "[1]: Park, Sleep, 2020.")]
