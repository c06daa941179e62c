"""Taking files in: what is refused, what is known, and what happens when two hands do it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.article import Article, Cut, Wishes
from scheduler.domain.card import CardRequest, CardResult, RefusedCard
from scheduler.domain.errors import ChildFailed, FileUnusable, NotAllowedNow
from scheduler.store import Store, open_store
from scheduler.testing.samples import NINE, article, post
from scheduler.usecases.illustrate import illustrate
from scheduler.usecases.ingest import Fate, Taken, Taste, read, store

TASTE = Taste(hashtags=("#Ours",), posts_per_article=8, offices=("city",), channels=("folder",))
CUT = Cut(sentences=(), excerpts=(post().excerpt,))


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'test.db'}")


def taken(of: Article, kept: Store, cut: Cut = CUT) -> Taken:
    (result,) = read(
        ["a.md"],
        read_and_cut=lambda _: (of, cut),
        digest=lambda _: "",
        check=lambda excerpt, article: (),
        library=kept.library,
        taste=TASTE,
    )
    return result


def test_an_article_is_new_once_known_afterwards_and_changed_when_its_words_are_others(kept: Store) -> None:
    first = taken(article(), kept)
    store(first, library=kept.library, who="Ann", now=NINE)
    edited = replace(article(), fingerprint="other")
    assert [first.fate, taken(article(), kept).fate, taken(edited, kept).fate] == [Fate.NEW, Fate.KNOWN, Fate.CHANGED]


def test_an_article_that_somebody_took_in_meanwhile_is_not_doubled(kept: Store) -> None:
    first, second = taken(article(), kept), taken(article(), kept)
    store(first, library=kept.library, who="Ann", now=NINE)
    with pytest.raises(NotAllowedNow, match="taken in before"):
        store(second, library=kept.library, who="Ann", now=NINE)
    assert len(kept.posts.all()) == 1


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        (Wishes(office="Atlantis"), "The settings name no office 'Atlantis'."),
        (Wishes(channels=("orkut",)), "The settings name no channel 'orkut'."),
    ],
)
def test_a_wish_that_the_settings_cannot_grant_is_refused_with_what_there_is(
    kept: Store, wishes: Wishes, sentence: str
) -> None:
    refused = taken(replace(article(), wishes=wishes), kept)
    assert isinstance(refused.error, FileUnusable)
    assert (refused.error.message, refused.error.place) == (sentence, "a.md")
    assert "They name" in refused.error.hint


def test_hashtags_of_the_article_go_before_those_of_the_settings(kept: Store) -> None:
    assert taken(article(), kept).posts[0].hashtags == ("#Ours",)
    own = replace(article(), wishes=Wishes(hashtags=("back care", "!")))
    assert taken(own, kept).posts[0].hashtags == ("#BackCare",)


def test_an_article_without_a_sentence_worth_posting_says_so(kept: Store) -> None:
    refused = taken(article(), kept, Cut(sentences=(), excerpts=()))
    assert refused.error
    assert "pullquote" in refused.error.hint


def test_a_text_that_takes_the_painter_down_costs_no_other_post_its_card(kept: Store) -> None:
    for title in ("One", "Two", "Three"):
        store(taken(replace(article(title), source=title), kept), library=kept.library, who="Ann", now=NINE)

    def painter(requests: Sequence[CardRequest]) -> Sequence[CardResult]:
        if any(request.quote == "2" for request in requests):
            raise ChildFailed("It took too long.")
        return [RefusedCard(reason="fine", hint="") for _ in requests]

    posts = kept.posts.all()
    illustrated = illustrate(
        posts,
        posts=kept.posts,
        painter=painter,
        request=lambda post: CardRequest(quote=str(post.id), assets="", out=""),
        who="Ann",
        now=NINE,
    )
    assert [each.refusal.split(".")[0] for each in illustrated] == ["fine", "It took too long", "fine"]
