"""Edited words: checked, painted and composed anew as one, or nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.article import Article, Excerpt, Wishes
from scheduler.domain.card import CardRequest, CardResult, RefusedCard
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import CardRefused, DoesNotFit, NotAllowedNow, NotFound, Refused, Unknown
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.domain.slots import SlotTime
from scheduler.domain.transitions import after, asked, claimed, hold, intent, moved, release, retry
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, post
from scheduler.usecases import decide
from scheduler.usecases.change import carry_out
from scheduler.usecases.edit import BLOCKED, Editor
from scheduler.usecases.ingest import Taste
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Offices
from scheduler.usecases.renew import Renewer
from scheduler.usecases.select import Chosen
from tests.integration.desk import outlet, painted
from tests.integration.scene import HOUR, Scene, entry

NEW = "Short walks keep a back from getting stiff."
LATER = SlotTime(due_at=NINE + HOUR, wall_time="2026-11-23T10:00", zone="Etc/UTC")


def paint(requests: Sequence[CardRequest]) -> Sequence[CardResult]:
    return [_card(request.quote) for request in requests]


def _card(quote: str) -> CardResult:
    return RefusedCard(reason="It has no room.", hint="Shorten it.") if len(quote) > 100 else painted(quote)


def check(excerpt: Excerpt, article: Article) -> tuple[Finding, ...]:
    start = excerpt.text.find("cure")
    finding = Finding(
        check="claims", severity=Severity.BLOCK, rule="cure", span=(start, start + 4), message="A cure?", hint="Edit."
    )
    return (finding,) if start >= 0 else ()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene.make(tmp_path, MemoryNetwork())
    yield made
    made.store.close()


def editor(scene: Scene, *, waits_for_all: bool = True, **limits: int) -> Editor:
    """With channels of these names, each with its longest text."""
    intake = Intake(
        library=scene.store.library,
        posts=scene.store.posts,
        deliveries=scene.store.deliveries,
        calendar=scene.store.calendar,
        revisions=scene.store.revisions,
        read_and_cut=lambda name: pytest.fail(f"nobody reads {name}"),
        digest=lambda name: "",
        check=check,
        painter=paint,
        card_of=lambda post, _: CardRequest(quote=post.words, assets="", out=""),
        is_there=lambda path: True,
        is_gone=lambda source: False,
        outlets=[outlet(name, limit) for name, limit in (limits or {"account": 280}).items()],
        offices=Offices(booking={"main": "https://book.example/visit"}, call="Book:"),
        taste=Taste(hashtags=(), posts_per_article=8, offices=("main",), channels=("account",)),
        waits_for_all=waits_for_all,
    )
    return Editor(intake=intake, edits=scene.store.edits)


def planned(scene: Scene, text: str = "Short walks help a stiff back.") -> tuple[Post, Delivery]:
    """An approved post with its card, in the first slot."""
    desk = editor(scene)
    excerpt = replace(post().excerpt, text=text)
    scene.store.library.add(article(), [Post(excerpt=excerpt, findings=check(excerpt, article()))], entry())
    list(desk.intake.paint(scene.store.posts.all(), who="Ann", now=NINE))
    decide.approve(
        scene.store.posts.get(1), posts=scene.store.posts, by="Ann", confirm=False, override="so be it", now=NINE
    )
    desk.intake.schedule(who="Ann", now=NINE)
    return scene.store.posts.get(1), delivery_of(scene)


def delivery_of(scene: Scene) -> Delivery:
    (found,) = scene.store.deliveries.select(post_id=1)
    return found


def edit(scene: Scene, words: str = NEW, **given: object) -> Post:
    desk = editor(scene, **given)  # type: ignore[arg-type]
    return desk.edit(scene.store.posts.get(1), words=words, hashtags=("#Back",), who="Bo", now=NINE)


def test_an_edit_changes_words_card_and_delivery_and_voids_the_yes(scene: Scene) -> None:
    before, delivery = planned(scene)
    after = edit(scene)
    changed = delivery_of(scene)
    assert (after.words, after.excerpt, after.hashtags) == (NEW, before.excerpt, ("#Back",))
    assert (before.may_go_out, after.may_go_out, after.status) == (True, False, PostStatus.DRAFT)
    assert after.card
    assert changed.text == f"{NEW}\n\nBook: {delivery.link}\n\n#Back"
    assert (changed.card_sha256, changed.alt_text) == (after.card.sha256, NEW)
    assert (changed.code, changed.due_at, changed.state) == (delivery.code, delivery.due_at, State.SCHEDULED)
    assert not scene.store.due.claim(now=delivery.due_at, lease_seconds=60)
    (told,) = [one for one in scene.store.journal.audit("post 1") if one.who == "Bo"]
    assert told.what == f"changed the words from “{before.words}” to “{NEW}” and the hashtags to #Back"


def test_a_payload_that_was_tried_gets_a_new_date_and_key(scene: Scene) -> None:
    _, delivery = planned(scene)
    tried = claimed(delivery, now=delivery.due_at, lease_seconds=60)
    scene.put(delivery, **{name: getattr(tried, name) for name in ("key", "created_at", "attempt")})
    edit(scene)
    assert (delivery_of(scene).key, delivery_of(scene).created_at) == ("", None)


def test_the_articles_own_words_can_be_taken_back(scene: Scene) -> None:
    before, _ = planned(scene)
    edit(scene)
    after = edit(scene, before.words)
    assert (after.edited, after.words) == ("", before.excerpt.text)
    assert after.approval is None


def test_the_same_words_change_nothing(scene: Scene) -> None:
    before, delivery = planned(scene)
    assert editor(scene).edit(before, words=before.words, hashtags=(), who="Bo", now=NINE) == before
    assert delivery_of(scene) == delivery
    assert all(one.who != "Bo" for one in scene.store.journal.audit())


ON_THE_WAY: tuple[Callable[[Delivery], Delivery], ...] = (
    lambda one: claimed(one, now=NINE, lease_seconds=60),
    lambda one: intent(one, now=NINE, lease_seconds=60),
    lambda one: after(one, Unknown(), now=NINE),
    lambda one: asked(one, "?"),
)


def led(scene: Scene, *acts: Callable[[Delivery], Delivery]) -> Delivery:
    """The delivery after these acts, each of them stored."""
    for act in acts:
        one = delivery_of(scene)
        assert scene.store.deliveries.write(one, act(one))
    return delivery_of(scene)


@pytest.mark.parametrize("count", range(1, 5))
def test_nothing_that_is_on_its_way_or_may_be_out_there_is_edited(scene: Scene, count: int) -> None:
    before, _ = planned(scene)
    under_way = led(scene, *ON_THE_WAY[:count])
    with pytest.raises(NotAllowedNow) as refused:
        edit(scene)
    assert refused.value.hint
    assert (scene.store.posts.get(1), delivery_of(scene)) == (before, under_way)


def test_words_too_long_for_a_channel_change_nothing_and_the_numbers_are_told(scene: Scene) -> None:
    before, delivery = planned(scene)
    with pytest.raises(DoesNotFit, match=r"comes to \d+ of 100") as refused:
        edit(scene, account=100)
    assert refused.value.place == "channel account"
    assert (scene.store.posts.get(1), delivery_of(scene)) == (before, delivery)


def test_a_channel_where_the_post_is_not_planned_yet_is_not_lost_either(scene: Scene) -> None:
    planned(scene)
    with pytest.raises(DoesNotFit, match="of 200") as refused:
        edit(scene, "w" * 99, account=280, other=200)
    assert refused.value.place == "channel other"
    assert edit(scene, "w" * 99, account=280, too_short_anyway=100).words == "w" * 99


def test_words_that_no_card_takes_change_nothing(scene: Scene) -> None:
    before, delivery = planned(scene)
    with pytest.raises(CardRefused, match="no room"):
        edit(scene, "word " * 21 + "end")
    assert (scene.store.posts.get(1), delivery_of(scene)) == (before, delivery)


def test_a_channel_that_the_settings_dropped_is_told(scene: Scene) -> None:
    planned(scene)
    with pytest.raises(NotFound, match="no channel 'account'"):
        edit(scene, other=280)


def test_words_that_a_rule_blocks_hold_the_delivery_until_somebody_releases_it(scene: Scene) -> None:
    planned(scene)
    after = edit(scene, "Short walks cure a stiff back.")
    assert (after.blocked, delivery_of(scene).state, delivery_of(scene).words) == (True, State.HELD, BLOCKED)
    edit(scene)
    assert not scene.store.posts.get(1).blocked
    assert release(delivery_of(scene), LATER).text.startswith(NEW)


def test_an_edit_that_removes_the_block_lets_the_post_be_planned(scene: Scene) -> None:
    excerpt = replace(post().excerpt, text="Short walks cure a stiff back.")
    scene.store.library.add(article(), [Post(excerpt=excerpt, findings=check(excerpt, article()))], entry())
    assert editor(scene).intake.schedule(who="Ann", now=NINE).planned == ()
    edit(scene)
    assert delivery_of(scene).text.startswith(NEW)


def test_where_only_flagged_posts_wait_an_unflagged_edit_goes_out_by_itself(scene: Scene) -> None:
    planned(scene)
    after = edit(scene, waits_for_all=False)
    assert after.may_go_out
    assert after.approval
    assert after.approval.by.startswith("settings")


def test_nobody_is_quoted_with_other_words_without_a_confirmed_yes(scene: Scene) -> None:
    by_ann = replace(article(), wishes=Wishes(author="Ann Reed"))
    scene.store.library.add(by_ann, [post(approved=False)], entry())
    after = edit(scene, waits_for_all=False)
    (finding,) = after.findings
    assert "gives these words to Ann Reed" in finding.message
    assert not after.may_go_out
    assert edit(scene, after.excerpt.text).findings == ()


def test_a_held_delivery_is_composed_anew_where_it_stands(scene: Scene) -> None:
    planned(scene)
    led(scene, lambda one: hold(one, "Held by Ann."))
    edit(scene)
    assert (delivery_of(scene).state, delivery_of(scene).words) == (State.HELD, "Held by Ann.")
    assert delivery_of(scene).text.startswith(NEW)


def test_a_failed_delivery_is_tried_again_in_the_words_of_today(scene: Scene) -> None:
    planned(scene)
    led(scene, ON_THE_WAY[0], lambda one: after(one, Refused("No."), now=NINE))
    edit(scene)
    failed = delivery_of(scene)
    renewer = Renewer(intake=editor(scene).intake, timetable_of=lambda name: outlet(name).timetable)
    chosen = Chosen(deliveries=(failed,), posts={1: scene.store.posts.get(1)})
    carry_out(renewer.again(retry, "tried", chosen, now=NINE), changes=scene.store.changes, who="Bo", now=NINE)
    again = delivery_of(scene)
    assert not failed.text.startswith(NEW)
    assert (again.state, again.wall_time, again.key) == (State.SCHEDULED, "2026-11-24T08:30", "")
    assert again.text.startswith(NEW)


def test_a_post_whose_deliveries_are_over_keeps_its_words(scene: Scene) -> None:
    before, delivery = planned(scene)
    scene.put(delivery, state=State.CANCELLED)
    with pytest.raises(NotAllowedNow, match="still to come"):
        edit(scene)
    assert scene.store.posts.get(1) == before


def test_when_a_delivery_moved_on_meanwhile_nothing_of_the_edit_is_kept(scene: Scene) -> None:
    seen, delivery = planned(scene)
    elsewhere = moved(delivery, LATER)
    scene.store.deliveries.write(delivery, elsewhere)
    other = replace(seen, edited=NEW)
    assert not scene.store.edits.write(seen, other, [(delivery, replace(delivery, text=NEW))], entry("edited"))
    assert (scene.store.posts.get(1), delivery_of(scene)) == (seen, elsewhere)
    assert "edited" not in [one.what for one in scene.store.journal.audit()]


def test_a_plan_made_from_the_old_words_is_not_kept(scene: Scene) -> None:
    seen, delivery = planned(scene)
    edit(scene)
    twin = replace(delivery, id=0, code="twin", due_at=NINE + HOUR)
    with pytest.raises(NotAllowedNow, match="changed while it was planned"):
        scene.store.deliveries.add([twin], entry(), of=[seen])
    assert delivery_of(scene).text.startswith(NEW)


def test_a_yes_to_the_old_words_does_not_hold_for_the_new_ones(scene: Scene) -> None:
    seen, _ = planned(scene)
    yes = Approval(by="Ann", at=NINE, content_hash=seen.content_hash)
    assert not replace(edit(scene), status=PostStatus.APPROVED, approval=yes).may_go_out
