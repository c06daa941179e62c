"""Real articles, really read and cut: their posts are found again after an edit, and what is gone is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.cutting import cut
from scheduler.cutting.proof import holds
from scheduler.domain.article import Article, Cut, ExcerptKind
from scheduler.domain.post import Post
from scheduler.readers.markdown import Markdown
from scheduler.usecases.trace import traced

OWN = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.md"))
LIST = """# Backs and desks

A stiff back is often the price of a long day at a desk that nobody ever adjusted.

However, short walks help a stiff back more than any cushion that you can buy for your chair.

What helps at once? Stand up every half hour and walk a few steps, even if it is only to the window.
"""


def read(text: str) -> tuple[Article, Cut]:
    article = Markdown().read("a.md", text.encode())
    return article, cut(article)


def posts_of(result: Cut) -> list[Post]:
    return [Post(id=number, excerpt=excerpt) for number, excerpt in enumerate(result.excerpts, 1)]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_every_sentence_is_found_below_a_new_paragraph_and_proved_there(path: Path) -> None:
    before, result = read(path.read_text("utf-8"))
    after, again = read(path.read_text("utf-8").replace("\n\n", "\n\nWe looked at this page again last week.\n\n", 1))
    posts = posts_of(result)
    for without_excerpts in (again, Cut(sentences=(), excerpts=())):
        traces = traced(posts, before, after, without_excerpts)
        assert all(trace.stands for trace in traces.values())
        assert all(trace.excerpt and holds(trace.excerpt, after.text, after.title) for trace in traces.values())


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_sentence_that_was_taken_out_stands_nowhere(path: Path) -> None:
    text = path.read_text("utf-8")
    before, result = read(text)
    plain = [post for post in posts_of(result) if text.count(post.excerpt.text) == 1][:4]
    assert plain
    for post in plain:
        after, again = read(text.replace(post.excerpt.text, ""))
        assert not traced(posts_of(result), before, after, again)[post.id].stands


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("However, short walks help", "However, short walks ease"),
        ("What helps at once?", "What helps right away?"),
        ("only to the window", "only to the door"),
    ],
)
def test_a_mended_or_joined_sentence_is_followed_in_its_new_words(old: str, new: str) -> None:
    before, result = read(LIST)
    after, again = read(LIST.replace(old, new))
    traces = traced(posts_of(result), before, after, again).values()
    (followed,) = [trace.excerpt for trace in traces if not trace.stands]
    assert followed
    assert new.removeprefix("However, s") in followed.words
    assert holds(followed, after.text, after.title)


def test_the_post_about_the_article_itself_takes_the_new_title() -> None:
    before, result = read(LIST)
    after, again = read(LIST.replace("# Backs and desks", "# Desks and backs"))
    assert result.announcement
    trace = traced([Post(id=1, excerpt=result.announcement)], before, after, again)[1]
    assert trace.excerpt
    assert (trace.stands, trace.excerpt.kind, trace.excerpt.heading) == (False, ExcerptKind.ARTICLE, "Desks and backs")


def test_a_sentence_that_only_another_one_quotes_stands_no_more() -> None:
    before, result = read(LIST)
    after, again = read(LIST.replace("A stiff back is", "It is a myth: A stiff back is"))
    lost = [trace for trace in traced(posts_of(result), before, after, again).values() if not trace.stands]
    assert len(lost) <= 1
    assert all(trace.excerpt is None or "myth" in trace.excerpt.words for trace in lost)
