"""An edited article: posts that aren't out follow it, those that are out are flagged, and nothing is made twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.delivery import State
from scheduler.domain.errors import NeedsConfirmation, NotAllowedNow
from scheduler.domain.findings import Severity
from scheduler.domain.post import PostStatus
from scheduler.domain.revision import Effect
from scheduler.domain.transitions import cancel
from scheduler.usecases.ingest import Fate
from tests.integration.desk import (
    FILE,
    SHOES,
    SLEEP,
    STAIRS,
    WALKS,
    WALKS_NOW,
    WATER,
    Desk,
    effects,
)


def test_what_still_stands_stays_approved_and_in_its_slot_wherever_it_moved(desk: Desk) -> None:
    before, delivery = desk.post(2), desk.delivery(2)
    taken = desk.queue("[This is new.]", WATER, WALKS, SLEEP)
    after = desk.post(2)
    assert (taken.fate, effects(taken)) == (Fate.CHANGED, [Effect.KEPT] * 3)
    assert replace(after, excerpt=before.excerpt) == before
    (start, end), text = after.excerpt.spans[0], desk.scene.store.library.article(1).text
    assert text[start:end] == SLEEP
    assert after.may_go_out
    assert desk.delivery(2) == delivery
    assert len(desk.posts) == 3


def test_a_sentence_that_is_no_excerpt_any_more_stands_as_long_as_the_article_says_it(desk: Desk) -> None:
    assert effects(desk.queue(WALKS, f"[{SLEEP}]", WATER, SHOES))[1] is Effect.KEPT
    assert desk.post(2).may_go_out


def test_words_that_became_a_part_of_another_sentence_do_not_stand(desk: Desk) -> None:
    taken = desk.queue(WALKS, WATER, f"[It is a myth: {SLEEP}]")
    assert effects(taken)[1] is Effect.DROPPED


def test_a_reworded_sentence_gives_its_post_new_words_and_a_new_card_and_voids_the_yes(desk: Desk) -> None:
    before, delivery = desk.post(1), desk.delivery(1)
    taken = desk.queue(WALKS_NOW, SLEEP, WATER)
    after, changed = desk.post(1), desk.delivery(1)
    assert effects(taken) == [Effect.REWORDED, Effect.KEPT, Effect.KEPT]
    assert (after.words, after.status, after.approval) == (WALKS_NOW, PostStatus.DRAFT, None)
    assert after.card
    assert before.card
    assert after.card.sha256 != before.card.sha256
    assert changed.text == f"{WALKS_NOW}\n\nBook: {delivery.link}"
    assert (changed.card_sha256, changed.alt_text) == (after.card.sha256, WALKS_NOW)
    assert (changed.code, changed.due_at, changed.state) == (delivery.code, delivery.due_at, State.SCHEDULED)
    assert f"changed the words from “{WALKS}” to “{WALKS_NOW}”, as its article did" in desk.audit(1)


def test_new_words_are_checked_like_all_others(desk: Desk) -> None:
    desk.queue(WALKS.replace("help", "cure"), SLEEP.replace("gives", "will give"), WATER)
    assert (desk.post(1).blocked, desk.delivery(1).state) == (True, State.HELD)
    assert desk.post(2).has(Severity.CONFIRM)


def test_a_persons_words_stay_and_wait_for_a_yes_that_knows_of_the_change(desk: Desk) -> None:
    desk.edit(1, "Walk a little every day.")
    desk.approve(1)
    desk.queue(WALKS_NOW, SLEEP, WATER)
    after = desk.post(1)
    assert (after.words, after.excerpt.text, after.may_go_out) == ("Walk a little every day.", WALKS_NOW, False)
    (finding,) = [one for one in after.findings if one.check == "source"]
    assert (finding.severity, WALKS_NOW in finding.hint) == (Severity.CONFIRM, True)
    desk.approve(1)
    assert desk.post(1).may_go_out
    desk.queue(WALKS_NOW, SLEEP, WATER, SHOES)
    assert desk.post(1).may_go_out


def test_words_that_a_person_gave_and_the_article_took_over_are_the_articles(desk: Desk) -> None:
    desk.edit(1, WALKS_NOW)
    desk.queue(WALKS_NOW, SLEEP, WATER)
    assert (desk.post(1).edited, desk.post(1).words, desk.post(1).findings) == ("", WALKS_NOW, ())


def test_a_post_whose_sentence_is_gone_is_held_back_until_somebody_takes_it_on_them(desk: Desk) -> None:
    desk.queue(WALKS, WATER)
    post = desk.post(2)
    assert [(one.rule, one.severity, one.message) for one in post.findings] == [
        ("source-gone", Severity.BLOCK, "The article no longer says this.")
    ]
    assert (post.blocked, desk.delivery(2).state) == (True, State.HELD)
    with pytest.raises(NeedsConfirmation):
        desk.approve(2)
    desk.approve(2, override="It is true all the same.")
    released = desk.release(2)
    assert (desk.post(2).may_go_out, released.state) == (True, State.SCHEDULED)
    desk.queue(WALKS, WATER, STAIRS)
    assert desk.post(2).may_go_out


def test_an_edit_of_words_whose_sentence_is_gone_does_not_lift_the_block(desk: Desk) -> None:
    desk.queue(WALKS, WATER)
    assert desk.edit(2, "A firm pillow can help a neck.").blocked


def test_what_is_gone_and_comes_back_takes_its_slot_again_and_waits_for_a_new_yes(desk: Desk) -> None:
    due_at = desk.delivery(2).due_at
    desk.queue(WALKS, WATER)
    taken = desk.queue(WALKS, SLEEP, WATER)
    assert effects(taken)[1] is Effect.RESTORED
    assert (desk.post(2).findings, desk.post(2).may_go_out) == ((), False)
    assert (desk.delivery(2).state, desk.delivery(2).due_at) == (State.SCHEDULED, due_at)
    assert len(desk.posts) == 3


def test_a_file_that_changes_back_is_changed_too(desk: Desk) -> None:
    desk.queue(WALKS_NOW, SLEEP, WATER)
    assert desk.queue(WALKS, SLEEP, WATER).fate is Fate.CHANGED
    assert [post.words for post in desk.posts] == [WALKS, SLEEP, WATER]
    assert desk.queue(WALKS, SLEEP, WATER).fate is Fate.KNOWN


def test_a_persons_own_hold_outlives_every_change(desk: Desk) -> None:
    desk.scene.put(desk.delivery(2), state=State.HELD, words="Held by Bo.")
    desk.queue(WALKS, WATER)
    desk.queue(WALKS, SLEEP, WATER)
    assert (desk.delivery(2).state, desk.delivery(2).words) == (State.HELD, "Held by Bo.")


@pytest.mark.parametrize("new", [WALKS_NOW, STAIRS])
def test_what_went_out_is_never_touched_but_flagged(desk: Desk, new: str) -> None:
    before, delivery = desk.post(1), desk.put(1, State.PUBLISHED)
    assert effects(desk.queue(new, SLEEP, WATER))[0] is Effect.FLAGGED
    (finding,) = desk.post(1).findings
    assert (finding.severity, finding.message.startswith("The article changed after this went out.")) == (
        Severity.NOTE,
        True,
    )
    assert replace(desk.post(1), findings=()) == before
    assert desk.delivery(1) == delivery
    assert effects(desk.queue(new, SLEEP, WATER, SHOES))[0] is Effect.KEPT
    assert effects(desk.queue(WALKS, SLEEP, WATER))[0] is Effect.RESTORED
    assert desk.post(1) == before


def test_new_words_of_what_went_out_are_no_new_post(desk: Desk) -> None:
    desk.put(1, State.PUBLISHED)
    assert desk.queue(WALKS_NOW, SLEEP, WATER).posts == ()


def test_where_nobody_knows_whether_it_went_out_it_does_not_go_out_again_by_itself(desk: Desk) -> None:
    delivery = desk.put(1, State.UNKNOWN)
    desk.queue(WALKS_NOW, SLEEP, WATER)
    assert (desk.post(1).words, desk.post(1).may_go_out, desk.delivery(1)) == (WALKS, False, delivery)


def test_of_a_post_that_is_out_on_one_channel_the_other_is_held_with_the_reason(tmp_path: Path) -> None:
    desk = Desk.make(tmp_path, limits={"account": 280, "other": 280})
    desk.queue(WALKS, SLEEP)
    desk.approve()
    out = desk.put(1, State.PUBLISHED)
    desk.queue(WALKS_NOW, SLEEP)
    assert (desk.post(1).words, desk.post(1).blocked) == (WALKS, True)
    assert (desk.delivery(1), desk.delivery(1, "other").state) == (out, State.HELD)
    assert "out elsewhere" in desk.delivery(1, "other").words
    desk.scene.store.close()


@pytest.mark.parametrize("state", [State.CLAIMED, State.SENDING])
def test_while_a_post_that_would_change_is_being_sent_nothing_changes(desk: Desk, state: State) -> None:
    desk.put(1, state)
    before = desk.posts
    taken = desk.queue(WALKS_NOW, WATER)
    assert isinstance(taken.error, NotAllowedNow)
    assert (taken.fate, taken.error.place) == (Fate.REFUSED, FILE)
    assert desk.posts == before
    desk.put(1, State.PUBLISHED)
    assert effects(desk.look_and_keep()) == [Effect.FLAGGED, Effect.DROPPED, Effect.KEPT]


def test_new_sentences_become_posts_up_to_the_number_wanted(desk: Desk) -> None:
    desk.wanted = 4
    taken = desk.queue(WALKS, SLEEP, WATER, STAIRS, SHOES)
    assert [post.words for post in taken.posts] == [STAIRS]
    assert (desk.post(4).words, desk.delivery(4).state) == (STAIRS, State.SCHEDULED)
    assert desk.post(4).card
    assert not desk.post(4).may_go_out


def test_what_is_held_back_makes_room_for_something_new(desk: Desk) -> None:
    desk.wanted = 3
    assert [post.words for post in desk.queue(WALKS, STAIRS, WATER, SHOES).posts] == [STAIRS]


def test_nothing_new_says_what_a_post_says_that_was_cancelled_or_belongs_to_another_article(desk: Desk) -> None:
    desk.queue(STAIRS, title="Legs", file="legs.md")
    delivery = desk.delivery(2)
    desk.scene.store.deliveries.write(delivery, cancel(delivery))
    taken = desk.queue(WALKS, SLEEP, WATER, STAIRS, "A firm pillow gives the neck a very quiet night.", SHOES)
    assert [post.words for post in taken.posts] == [SHOES]


def test_two_posts_never_end_up_with_the_same_words(desk: Desk) -> None:
    desk.queue(WALKS_NOW, WALKS_NOW.replace("after", "beside"), WATER)
    live = [post.words for post in desk.posts if not post.blocked]
    assert len(live) == len(set(live))


def test_where_only_flagged_posts_wait_new_words_without_a_flag_go_out_by_themselves(desk: Desk) -> None:
    desk.waits_for_all = False
    desk.queue(WALKS_NOW, SLEEP.replace("gives", "will give"), WATER)
    assert [post.may_go_out for post in desk.posts] == [True, False, True]
