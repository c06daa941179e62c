"""No account says the same twice, whoever says it: the second is left out of the plan, and told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.delivery import State
from scheduler.testing.samples import NINE
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Plan
from tests.integration.desk import FILE, SLEEP, WALKS, Desk
from tests.integration.queuedesk import QueueDesk

OTHER = "posts/articles/other.md"


class Remembering(Desk):
    """A desk that knows what its accounts said."""

    @property
    def intake(self) -> Intake:
        return replace(super().intake, said=self.scene.store.evergreen.said)

    def plan(self) -> Plan:
        return self.intake.plan(now=NINE)


@pytest.fixture
def desk(tmp_path: Path) -> Remembering:
    return Remembering.make(tmp_path)  # type: ignore[return-value]


def test_a_sentence_that_two_articles_share_goes_out_once_on_an_account(desk: Remembering) -> None:
    desk.queue(WALKS, SLEEP)
    first = desk.delivery(1)
    desk.queue(WALKS, title="Other", file=OTHER)
    (left,) = desk.plan().left_out
    assert (left.channel, left.hint) == ("account", "Change a word of it.")
    assert left.reason == f"It says there what {first.code} says, word for word."
    assert desk.scene.store.deliveries.select(post_id=3) == []


def test_of_two_new_posts_that_say_the_same_the_first_is_planned(tmp_path: Path) -> None:
    tables = QueueDesk(Remembering.make(tmp_path))
    tables.write("a;Drink water.;;;", "b;DRINK  water.;;;", head="id;text;when;channels;link")
    plan = tables.plan()
    assert [one.post.words for one in plan.planned] == ["Drink water."]
    assert [one.post.words for one in plan.left_out] == ["DRINK  water."]


@pytest.mark.parametrize(
    ("state", "is_free"),
    [
        (State.PUBLISHED, False),
        (State.HELD, False),
        (State.UNKNOWN, False),
        (State.CANCELLED, True),
        (State.FAILED, True),
    ],
)
def test_what_was_never_out_may_be_said_by_another(desk: Remembering, state: State, is_free: bool) -> None:
    desk.queue(WALKS)
    desk.put(1, state)
    desk.queue(WALKS, title="Other", file=OTHER)
    assert bool(desk.scene.store.deliveries.select(post_id=2)) is is_free


def test_what_may_be_out_counts_as_said_even_when_a_person_gave_it_up(desk: Remembering) -> None:
    desk.queue(WALKS)
    desk.scene.put(desk.delivery(1), state=State.CANCELLED, sent_at=NINE)
    desk.queue(WALKS, title="Other", file=OTHER)
    assert desk.scene.store.deliveries.select(post_id=2) == []


def test_accounts_may_say_the_same(tmp_path: Path) -> None:
    desk = Remembering.make(tmp_path, limits={"one": 280, "other": 280})
    desk.queue(WALKS)
    assert {one.channel for one in desk.scene.store.deliveries.select()} == {"one", "other"}
    assert desk.files.keys() == {FILE}
