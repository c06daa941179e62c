"""Posts that come again, as a marketer sees them: when, in which words, and why no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.article import Wishes
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.fatigue import Evergreen, Perennial
from scheduler.domain.post import PostStatus
from scheduler.domain.transitions import cancel
from scheduler.domain.wording import wording
from scheduler.testing.samples import NINE
from scheduler.usecases.evergreen import Comebacks
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Plan
from scheduler.usecases.rotation import Rotation
from tests.integration.desk import FILE, SLEEP, STAIRS, WALKS, WALKS_NOW, WATER, Desk
from tests.integration.scene import entry

DAY = timedelta(days=1)
CALLS = ("Book:", "Find a time:", "Come and see us:")
AGAIN = Wishes(evergreen=True)


@dataclass
class Garden(Desk):
    """A desk whose posts come again, with a calendar that moves on."""

    rotation: Rotation = Rotation(rules=Evergreen(cool_down_days=30, max_runs=3), calls=CALLS)  # noqa: RUF009
    now: datetime = NINE

    @property
    def intake(self) -> Intake:
        intake, store = super().intake, self.scene.store
        comebacks = Comebacks(
            evergreens=store.evergreen,
            posts=store.posts,
            library=store.library,
            outlets=intake.outlets,
            offices=intake.offices,
            rotation_of=self.rotation_of,
            is_gone=intake.is_gone,
            horizon=14 * DAY,
        )
        return replace(intake, comebacks=comebacks)

    def rotation_of(self, post: Perennial) -> Rotation | None:
        return self.rotation if post.evergreen else None

    def planted(self, *sentences: str) -> Garden:
        """An article whose posts are out, a month ago by now."""
        self.queue(*sentences or (WALKS,), wishes=AGAIN)
        self.approve()
        self.all_out()
        self.now = NINE + 40 * DAY
        return self

    def all_out(self) -> None:
        for one in self.scene.store.deliveries.select(states=[State.SCHEDULED]):
            self.scene.put(one, state=State.PUBLISHED, key=one.code, sent_at=one.due_at)

    def plan(self) -> Plan:
        return self.intake.plan(now=self.now)

    def schedule(self) -> list[Delivery]:
        """What is planned of later runs by now."""
        self.intake.schedule(who="Ann", now=self.now)
        return [one for one in self.scene.store.deliveries.select() if one.run > 1]

    def season(self, **rules: Any) -> None:
        self.rotation = replace(self.rotation, rules=Evergreen(**{"cool_down_days": 30, "max_runs": 3} | rules))


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    return Garden.make(tmp_path)  # type: ignore[return-value]


def test_a_post_comes_again_after_its_rest_in_the_next_free_slot_with_other_words_before_its_link(
    garden: Garden,
) -> None:
    (again,) = garden.planted().schedule()
    assert (again.run, again.due_at) == (2, NINE + 40 * DAY + timedelta(hours=23, minutes=30))
    assert again.text == f"{WALKS}\n\nFind a time: {again.link}"
    assert again.code in again.link


def test_planning_twice_changes_nothing_and_the_plan_is_what_is_kept(garden: Garden) -> None:
    garden.planted(WALKS, SLEEP, STAIRS)
    plan = garden.plan()
    kept = garden.schedule()
    assert [one.delivery.text for one in plan.planned] == [one.text for one in kept]
    assert [one.delivery.due_at for one in plan.planned] == [one.due_at for one in kept]
    assert garden.plan().planned == ()
    assert garden.schedule() == kept


def test_a_plan_tells_which_run_it_is_and_when_the_last_one_was(garden: Garden) -> None:
    (planned,) = garden.planted().plan().planned
    assert planned.again
    assert (planned.delivery.run, planned.again.most) == (2, 3)
    assert planned.again.last == NINE + timedelta(hours=23, minutes=30)


def test_nothing_comes_again_before_its_rest_is_over_or_its_last_run_is_out(garden: Garden) -> None:
    garden.planted()
    garden.now = NINE + 16 * DAY
    assert garden.schedule() == []
    garden.now = NINE + 40 * DAY
    assert len(garden.schedule()) == 1
    garden.now = NINE + 200 * DAY
    assert len(garden.schedule()) == 1


def test_a_whole_life_keeps_every_rule_and_never_says_the_same_twice(garden: Garden) -> None:
    garden.planted(WALKS, SLEEP, STAIRS, WATER)
    for _ in range(40):
        garden.schedule()
        garden.all_out()
        garden.now += 7 * DAY
    everything = garden.scene.store.deliveries.select()
    assert len({wording(one.text, one.link) for one in everything}) == len(everything) == 12
    for number in range(1, 5):
        mine = [one for one in everything if one.post_id == number]
        assert [one.run for one in mine] == [1, 2, 3]
        assert all(b.due_at - a.due_at >= 30 * DAY for a, b in pairwise(mine))


def test_first_runs_have_the_slots_before_later_ones(garden: Garden) -> None:
    garden.planted(WALKS, SLEEP)
    garden.files["posts/articles/new.md"] = garden.files[FILE]
    garden.now = NINE + 40 * DAY
    other = Desk.queue(garden, WATER, STAIRS, title="New", file="posts/articles/new.md")
    assert len(other.posts) == 2
    first = [one for one in garden.scene.store.deliveries.select() if one.run == 1]
    later = garden.schedule()
    assert {one.due_at for one in first}.isdisjoint({one.due_at for one in later})
    assert later


def test_a_post_whose_wordings_are_used_up_ends_and_the_plan_says_so(garden: Garden) -> None:
    garden.rotation = replace(garden.rotation, calls=("Book:",))
    (bare,) = garden.planted().schedule()
    assert bare.text == f"{WALKS}\n\n{bare.link}"
    garden.all_out()
    garden.now += 40 * DAY
    plan = garden.plan()
    assert plan.planned == ()
    (over,) = plan.over
    assert (over.post_id, over.reason) == (1, "Every wording of it is used up.")


def held(garden: Garden) -> None:
    post = garden.post(1)
    garden.scene.store.posts.write(post, replace(post, status=PostStatus.HELD), entry("held it"))


def changed(garden: Garden) -> None:
    garden.queue(WALKS_NOW, wishes=AGAIN)


def no_longer_asked(garden: Garden) -> None:
    garden.rotation_of = lambda _: None  # type: ignore[method-assign, assignment]


def removed(garden: Garden) -> None:
    del garden.files[FILE]


def out_of_season(garden: Garden) -> None:
    garden.season(season="06-01..06-30")


def fewer(garden: Garden) -> None:
    garden.season(max_runs=1)


def longer(garden: Garden) -> None:
    garden.season(cool_down_days=60)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (held, "its post has no valid yes."),
        (no_longer_asked, "nothing asks for it any more."),
        (removed, "its article's file is gone."),
        (out_of_season, "2027-01-03 is out of its season, 06-01..06-30."),
        (fewer, "it has had its one run."),
        (longer, "it rests 60 days from 2026-11-24."),
    ],
)
def test_a_run_that_may_not_go_out_any_more_is_called_off_and_says_why(
    garden: Garden, act: Callable[[Garden], None], words: str
) -> None:
    garden.planted().schedule()
    act(garden)
    (again,) = garden.schedule()
    assert (again.state, again.words) == (State.CANCELLED, f"It doesn't come again: {words}")
    assert garden.scene.store.journal.audit(f"delivery {again.code}")[-1].what == f"called off run 2: {words}"


def test_nothing_comes_again_whose_article_changed(garden: Garden) -> None:
    garden.planted().schedule()
    changed(garden)
    assert not any(one.state is State.SCHEDULED for one in garden.schedule())
    garden.now += 300 * DAY
    assert not any(one.state is State.SCHEDULED for one in garden.schedule())


def test_what_was_called_off_by_the_rules_comes_when_they_allow_it_again(garden: Garden) -> None:
    garden.planted().schedule()
    longer(garden)
    garden.schedule()
    garden.now = NINE + 62 * DAY
    assert [(one.run, one.state) for one in garden.schedule()] == [(2, State.CANCELLED), (2, State.SCHEDULED)]


def test_a_run_that_a_person_cancelled_is_skipped_and_not_planned_at_once_again(garden: Garden) -> None:
    (again,) = garden.planted().schedule()
    garden.scene.store.deliveries.write(again, cancel(again), entry=entry("cancelled it"))
    assert [one.state for one in garden.schedule()] == [State.CANCELLED]
    garden.now = again.due_at + 31 * DAY
    assert [(one.run, one.state) for one in garden.schedule()] == [(2, State.CANCELLED), (3, State.SCHEDULED)]


def test_a_run_that_a_person_put_elsewhere_stays_there(garden: Garden) -> None:
    (again,) = garden.planted().schedule()
    garden.scene.put(again, pinned=True)
    longer(garden)
    assert [one.state for one in garden.schedule()] == [State.SCHEDULED]


def test_what_went_wrong_waits_for_a_person_before_it_comes_again(garden: Garden) -> None:
    (again,) = garden.planted().schedule()
    garden.scene.put(again, state=State.FAILED)
    garden.now += 200 * DAY
    assert [one.state for one in garden.schedule()] == [State.FAILED]


def test_the_store_too_refuses_a_later_run_that_says_the_same(garden: Garden) -> None:
    garden.planted()
    (first,) = garden.scene.store.deliveries.select()
    link = first.link.replace(first.code, "another")
    text = first.text.replace(first.link, link).upper().replace(link.upper(), link)
    twin = replace(first, code="another", text=text, link=link, run=2, due_at=NINE + 90 * DAY, state=State.SCHEDULED)
    with pytest.raises(NotAllowedNow, match="says what was said on account before"):
        garden.scene.store.deliveries.add([replace(twin, key="", sent_at=None)], entry())
    garden.scene.store.deliveries.add([replace(twin, key="", sent_at=None, text=f"{text}!")], entry())
