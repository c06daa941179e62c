"""The store keeps what it is given, all or nothing, and lets nobody overwrite what they have not seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from scheduler.domain.card import PaintedCard
from scheduler.domain.delivery import Attempt, Delivery, Outcome, State
from scheduler.domain.errors import NotAllowedNow, NotFound
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Approval, PostStatus
from scheduler.domain.revision import Known
from scheduler.domain.transitions import cancel, hold, intent
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from tests.integration.scene import Scene, entry

CARD = PaintedCard(
    path="var/cards/a.png",
    template="editorial",
    size="square",
    format="png",
    width=1080,
    height=1080,
    bytes=20_000,
    alt_text="Quote card",
    spec_hash="5e",
    sha256="ab",
)
FINDING = Finding(
    check="claims", severity=Severity.CONFIRM, rule="cures", span=(0, 5), message="Is it so?", hint="Ask."
)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene.make(tmp_path, MemoryNetwork())
    yield made
    made.store.close()


def test_an_article_comes_back_as_it_went_in_with_its_posts_in_order(scene: Scene) -> None:
    whole = replace(post(), hashtags=("#BackPain",), findings=(FINDING,), card=CARD)
    number = scene.store.library.add(article(), [whole, post(approved=False)], entry())

    assert scene.store.library.article(number) == article()
    assert scene.store.library.titles() == {number: article().title}
    assert scene.store.posts.all() == [
        replace(whole, id=1, article_id=number),
        replace(post(approved=False), id=2, article_id=number),
    ]
    assert scene.store.posts.get(2) == scene.store.posts.all()[1]


def test_an_article_is_taken_in_once(scene: Scene) -> None:
    scene.store.library.add(article(), [post()], entry())

    known = Known(article_id=1, fingerprint=article().fingerprint, title=article().title)
    assert scene.store.library.known() == {article().source: known}
    with pytest.raises(NotAllowedNow, match="taken in before"):
        scene.store.library.add(article(), [post()], entry())
    assert len(scene.store.posts.all()) == 1
    assert len(scene.store.journal.audit()) == 1


def test_what_is_not_there_is_told_in_words(scene: Scene) -> None:
    with pytest.raises(NotFound, match="no article 7"):
        scene.store.library.article(7)
    with pytest.raises(NotFound, match="no post 7"):
        scene.store.posts.get(7)
    with pytest.raises(NotFound, match="no delivery nowhere"):
        scene.store.deliveries.get("nowhere")


def test_a_post_that_changed_since_it_was_read_is_not_overwritten(scene: Scene) -> None:
    scene.store.library.add(article(), [post(approved=False)], entry())
    seen = scene.store.posts.get(1)
    held = replace(seen, status=PostStatus.HELD, hashtags=("#Back",), findings=(FINDING,))

    assert scene.store.posts.write(seen, held, entry("held"))
    assert not scene.store.posts.write(seen, replace(seen, status=PostStatus.APPROVED), entry("approved"))
    assert scene.store.posts.get(1) == held
    assert [one.what for one in scene.store.journal.audit()] == ["planned", "held"]


def test_a_posts_newest_card_counts_and_can_be_taken_away(scene: Scene) -> None:
    scene.store.library.add(article(), [replace(post(), card=CARD)], entry())
    first = scene.store.posts.get(1)
    second = replace(first, card=replace(CARD, sha256="cd"))
    third = replace(first, card=None, card_refusal="Too long.")

    assert scene.store.posts.write(first, second, entry())
    assert scene.store.posts.get(1) == second
    assert scene.store.posts.write(second, third, entry())
    assert scene.store.posts.get(1) == third


def test_only_a_delivery_whose_post_may_go_out_is_claimed(scene: Scene) -> None:
    (planned,) = scene.plan(approved=False)
    assert not scene.store.due.claim(now=NINE, lease_seconds=60)
    assert scene.store.due.waiting(now=NINE) == [planned]

    draft = scene.store.posts.get(planned.post_id)
    yes = Approval(by="Ann", at=NINE, content_hash=draft.content_hash)
    scene.store.posts.write(draft, replace(draft, status=PostStatus.APPROVED, approval=yes), entry())
    assert scene.claim().code == planned.code
    assert scene.store.due.waiting(now=NINE) == []


def test_a_yes_to_other_words_lets_nothing_go_out(scene: Scene) -> None:
    scene.plan()
    approved = scene.store.posts.get(1)
    scene.store.posts.write(approved, replace(approved, hashtags=("#New",)), entry("edited"))

    assert not scene.store.due.claim(now=NINE, lease_seconds=60)


def test_the_most_overdue_is_claimed_first_and_nothing_before_its_time(scene: Scene) -> None:
    scene.plan(3, late=timedelta(seconds=1))
    second = scene.get("code002")
    scene.put(second, not_before=NINE + timedelta(minutes=5))

    assert scene.claim().code == "code001"
    assert not scene.store.due.claim(now=NINE, lease_seconds=60)
    assert scene.store.due.next_at() == NINE + timedelta(seconds=1)
    scene.put(scene.get("code003"), state=State.CANCELLED)
    assert scene.store.due.next_at() == NINE + timedelta(minutes=5)


def test_what_is_late_is_not_claimed_before_somebody_has_found_it_a_time(scene: Scene) -> None:
    (late,) = scene.plan(late=timedelta(minutes=16))

    assert not scene.store.due.claim(now=NINE, lease_seconds=60)
    scene.put(late, not_before=NINE)
    assert scene.claim().code == late.code


def test_nothing_scheduled_means_no_next_instant(scene: Scene) -> None:
    assert scene.store.due.next_at() is None


def test_a_stale_fence_never_writes_but_its_attempt_is_kept(scene: Scene) -> None:
    scene.plan()
    zombie = scene.claim()
    scene.put(zombie, state=State.SCHEDULED, lease_until=None)
    newer = scene.claim()
    attempt = Attempt(
        code=zombie.code,
        channel=zombie.channel,
        article=zombie.article,
        number=zombie.fence,
        started_at=NINE,
        ended_at=NINE,
        outcome=Outcome.PUBLISHED,
    )

    assert not scene.store.deliveries.write(
        zombie, intent(zombie, now=NINE, lease_seconds=60), attempt=attempt, entry=entry("sent")
    )
    assert scene.get() == newer
    assert scene.store.journal.attempts(code=zombie.code) == [attempt]
    assert "sent" not in [one.what for one in scene.store.journal.audit()]


def test_two_people_who_saw_the_same_delivery_can_not_both_change_it(scene: Scene) -> None:
    (seen,) = scene.plan()

    assert scene.store.deliveries.write(seen, hold(seen, "wait"), entry=entry("held"))
    assert not scene.store.deliveries.write(seen, cancel(seen), entry=entry("cancelled"))
    assert scene.get().state is State.HELD


def test_two_live_deliveries_never_share_a_channel_and_an_instant(scene: Scene) -> None:
    (first,) = scene.plan()
    rival = delivery(code="rival")

    with pytest.raises(NotAllowedNow, match="already has this channel and time"):
        scene.store.deliveries.add([delivery(code="other", due_at=NINE + timedelta(hours=1)), rival], entry())
    assert [one.code for one in scene.store.deliveries.select()] == [first.code]
    scene.put(first, state=State.CANCELLED)
    scene.store.deliveries.add([rival], entry())
    assert scene.get("rival").id > 0


def test_a_move_onto_anothers_instant_is_refused_and_changes_nothing(scene: Scene) -> None:
    first, second = scene.plan(2)

    with pytest.raises(NotAllowedNow, match="already has"):
        scene.store.deliveries.write(second, replace(second, due_at=first.due_at), entry=entry("moved"))
    assert scene.get(second.code) == second


def test_deliveries_are_selected_by_state_post_and_time(scene: Scene) -> None:
    first, second, third = scene.plan(3)
    scene.put(second, state=State.CANCELLED)

    def codes(found: list[Delivery]) -> list[str]:
        return [one.code for one in found]

    store = scene.store.deliveries
    assert codes(list(store.select())) == [first.code, second.code, third.code]
    assert codes(list(store.select(states={State.SCHEDULED}))) == [first.code, third.code]
    assert codes(list(store.select(post_id=third.post_id))) == [third.code]
    assert codes(list(store.select(due_before=second.due_at))) == [first.code]


def test_attempts_are_found_by_time_channel_outcome_and_code(scene: Scene) -> None:
    scene.plan(3, late=timedelta(seconds=3))
    scene.drain()
    journal = scene.store.journal

    assert len(journal.attempts(outcome=Outcome.PUBLISHED, channel="account")) == 3
    assert journal.attempts(channel="another") == []
    assert journal.attempts(until=NINE) == []
    assert len(journal.attempts(since=NINE)) == 3
    assert [one.code for one in journal.attempts(code="code001")] == ["code001"]


@pytest.mark.parametrize("table", ["attempts", "audit"])
@pytest.mark.parametrize(
    "act", ["UPDATE {} SET id = 99", "DELETE FROM {}", "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"]
)
def test_history_can_not_be_rewritten_even_by_hand(scene: Scene, tmp_path: Path, table: str, act: str) -> None:
    scene.plan()
    scene.drain()

    with closing(sqlite3.connect(tmp_path / "test.db")) as connection:
        connection.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
            connection.execute(act.format(table))


def test_the_payload_of_a_claimed_delivery_can_not_be_changed_even_by_hand(scene: Scene, tmp_path: Path) -> None:
    scene.plan()
    scene.claim()

    with closing(sqlite3.connect(tmp_path / "test.db")) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never changes"):
            connection.execute("UPDATE deliveries SET text = 'something else'")
        with pytest.raises(sqlite3.IntegrityError, match="ck_deliveries_state"):
            connection.execute("UPDATE deliveries SET state = 'nonsense', lease_until = NULL")


def test_many_claimants_never_get_the_same_delivery(scene: Scene) -> None:
    scene.plan(40, late=timedelta(minutes=1))
    got: list[str] = []

    def work() -> None:
        while some := scene.store.due.claim(now=NINE, lease_seconds=60, room=lambda channel: 3):
            got.extend(one.code for one in some)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [f"code{number:03}" for number in range(1, 41)]
