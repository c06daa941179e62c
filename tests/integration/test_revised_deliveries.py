"""Front matter, channels, lengths and cards: what is still to come follows its article, or is held with the reason."""

from __future__ import annotations

import pytest

from scheduler.domain.article import Wishes
from scheduler.domain.delivery import State
from scheduler.domain.errors import DoesNotFit
from scheduler.domain.post import PostStatus
from scheduler.domain.revision import Effect
from scheduler.testing.samples import NINE
from tests.integration.desk import (
    REFUSING,
    SLEEP,
    WALKS,
    WATER,
    Desk,
    effects,
)


def test_hashtags_and_link_follow_the_front_matter_and_a_persons_own_hashtags_stay(desk: Desk) -> None:
    desk.editor.edit(desk.post(2), words=SLEEP, hashtags=("#Mine",), who="Bo", now=NINE)
    wishes = Wishes(hashtags=("back care",), link="https://book.example/backs")
    assert effects(desk.queue(WALKS, SLEEP, WATER, wishes=wishes)) == [Effect.COMPOSED] * 3
    assert [post.hashtags for post in desk.posts] == [("#BackCare",), ("#Mine",), ("#BackCare",)]
    assert desk.delivery(1).link.startswith("https://book.example/backs?")
    assert desk.delivery(1).text.endswith(f"Book: {desk.delivery(1).link}\n\n#BackCare")
    assert desk.post(1).status is PostStatus.DRAFT


def test_another_author_means_another_card_and_another_yes(desk: Desk) -> None:
    before = desk.post(1)
    desk.queue(WALKS, SLEEP, WATER, wishes=Wishes(author="Ann Reed"))
    after = desk.post(1)
    assert after.card
    assert before.card
    assert (after.card.sha256 != before.card.sha256, after.may_go_out) == (True, False)
    assert desk.delivery(1).card_sha256 == after.card.sha256


def test_another_title_changes_the_campaign_of_the_link_and_no_yes(desk: Desk) -> None:
    desk.queue(WALKS, SLEEP, WATER, title="Necks")
    assert (desk.delivery(1).article, "utm_campaign=necks" in desk.delivery(1).text) == ("Necks", True)
    assert desk.post(1).may_go_out


def test_a_channel_that_the_article_leaves_holds_its_posts_until_it_comes_back(desk: Desk) -> None:
    desk.limits = {"account": 280, "other": 280}
    desk.queue(WALKS, SLEEP, WATER, wishes=Wishes(channels=("other",)))
    assert (desk.delivery(1).state, desk.delivery(1, "other").state) == (State.HELD, State.SCHEDULED)
    desk.queue(WALKS, SLEEP, WATER)
    assert desk.delivery(1).state is State.SCHEDULED
    assert desk.post(1).may_go_out


def test_words_that_do_not_fit_a_channel_are_held_there_and_never_released_as_they_were(desk: Desk) -> None:
    desk.limits = {"account": 155}
    long = WALKS.replace("a long day", "a day that was far too long for anybody's back")
    desk.queue(long, SLEEP, WATER)
    held = desk.delivery(1)
    assert (desk.post(1).words, held.state) == (long, State.HELD)
    assert "of 155" in held.words
    with pytest.raises(DoesNotFit):
        desk.release(1)
    desk.edit(1, "Walk.")
    assert desk.release(1).text.startswith("Walk.")


def test_words_that_no_card_takes_hold_their_delivery(desk: Desk) -> None:
    desk.queue(WALKS.replace("a long day", REFUSING), SLEEP, WATER)
    assert (desk.post(1).card, desk.delivery(1).state) == (None, State.HELD)
    assert "no room" in desk.post(1).card_refusal
    assert "no card" in desk.delivery(1).words
