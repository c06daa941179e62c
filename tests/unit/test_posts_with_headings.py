"""A list and the article itself, as posts: what is posted, hashed and shown on the card, and how many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.cutting import cut
from scheduler.domain.article import Article, Cut, Excerpt, ExcerptKind
from scheduler.domain.composing import compose
from scheduler.domain.errors import DoesNotFit
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post
from scheduler.readers.markdown import Markdown
from scheduler.usecases.ingest import Taste, make_posts

TASTE = Taste(hashtags=(), posts_per_article=4, offices=(), channels=())
LIST = Excerpt(
    text="Headaches A flat pillow",
    kind=ExcerptKind.TIP,
    score=0.5,
    spans=((30, 39), (40, 53)),
    heading="Two signs of a worn-out pillow:",
    breaks=(10,),
)
ITSELF = Excerpt(
    text="Foam goes flat.", kind=ExcerptKind.ARTICLE, score=0.5, spans=((60, 75),), heading="Choose a good pillow"
)
ARTICLE = Markdown().read(
    "a.md",
    b"# Choose a good pillow\n\nA good pillow keeps the neck in line with the spine. "
    b"Nobody can tell one by its price.\n\n"
    b"Old foam goes flat after a year or two of use. Side sleepers need more height than others.\n\n"
    b"Washing a pillow every three months keeps mites away from your face. Feathers suit few allergic people.",
)


def nothing(excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
    return ()


def blocks(excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
    found = Finding(check="c", severity=Severity.BLOCK, rule="r", span=(0, 1), message="No.", hint="")
    return (found,) if excerpt.heading else ()


def posts(article: Article, found: Cut, wanted: int, *, blocked: bool = False) -> tuple[Post, ...]:
    taste = replace(TASTE, posts_per_article=wanted)
    return make_posts(article, found, check=blocks if blocked else nothing, taste=taste)


def test_a_list_is_posted_as_lines_and_its_card_shows_the_heading() -> None:
    post = Post(excerpt=LIST)
    assert post.words == "Two signs of a worn-out pillow:\n• Headaches\n• A flat pillow"
    assert post.on_card == "Two signs of a worn-out pillow"


def test_the_article_itself_is_posted_as_title_and_sentence_and_its_card_shows_the_title() -> None:
    post = Post(excerpt=ITSELF)
    assert post.words == "Choose a good pillow\n\nFoam goes flat."
    assert post.on_card == "Choose a good pillow"


def test_a_yes_is_bound_to_the_heading_too() -> None:
    other = Post(excerpt=replace(LIST, heading="Two signs of a good pillow:"))
    assert other.content_hash != Post(excerpt=LIST).content_hash


def test_edited_words_are_all_that_is_posted_and_shown() -> None:
    post = Post(excerpt=LIST, edited="Throw old pillows away.")
    assert (post.words, post.on_card) == ("Throw old pillows away.", "Throw old pillows away.")
    assert LIST.reworded("Throw old pillows away.").words == "Throw old pillows away."


def test_a_heading_takes_room_in_the_channel() -> None:
    words = Post(excerpt=LIST).words
    assert compose(words, call="", link="", hashtags=(), limit=len(words), length=len).text == words
    with pytest.raises(DoesNotFit):
        compose(words, call="", link="", hashtags=(), limit=len(words) - 1, length=len)


def test_the_article_itself_closes_the_campaign_and_no_post_repeats_it() -> None:
    made = posts(ARTICLE, cut(ARTICLE), 4)
    assert [post.excerpt.kind is ExcerptKind.ARTICLE for post in made] == [False, False, False, True]
    assert not any(post.excerpt.overlaps(made[-1].excerpt) for post in made[:-1])


@pytest.mark.parametrize("wanted", [1, 2])
def test_few_posts_are_all_sentences(wanted: int) -> None:
    made = posts(ARTICLE, cut(ARTICLE), wanted)
    assert len(made) == wanted
    assert not any(post.excerpt.heading for post in made)


def test_a_blocked_announcement_gives_its_place_to_a_sentence() -> None:
    made = posts(ARTICLE, cut(ARTICLE), 4, blocked=True)
    assert [post.excerpt.heading for post in made] == ["", "", "", ""]
