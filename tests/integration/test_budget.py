"""Money: what a post costs is written down with it, the cap is never gone over, and what it holds back is not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.domain.delivery import State
from scheduler.domain.pricing import NOTHING, PriceList, Prices
from scheduler.domain.slots import SlotTime
from scheduler.domain.textlength import has_link
from scheduler.domain.timetable import Timetable
from scheduler.domain.transitions import release
from scheduler.testing.faults import Fault
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, delivery
from scheduler.usecases.budget import Budget, following, month_of, starts
from scheduler.usecases.plan import Outlet
from tests.integration.scene import Open, Scene

LIST = PriceList(
    (
        Prices(since=date(2026, 4, 20), post_usd=0.015, link_post_usd=0.2, alt_text_usd=0.005),
        Prices(since=date(2026, 12, 1), post_usd=0.02, link_post_usd=0.3, alt_text_usd=0.005),
    )
)
DAY = timedelta(days=1)


def outlet(network: MemoryNetwork, cap_usd: float | None) -> Outlet:
    takes = replace(network.capabilities(), prices=LIST)
    timetable = Timetable(account="account", slots=(), zone="Etc/UTC")
    return Outlet(
        name="account",
        network="memory",
        timetable=timetable,
        capabilities=takes,
        length=len,
        has_link=has_link,
        cap_usd=cap_usd,
    )


@pytest.fixture
def scene(open_scene: Open) -> Scene:
    return open_scene(MemoryNetwork())


def with_cap(scene: Scene, cap_usd: float | None) -> Budget:
    """A scene whose courier minds the money."""
    assert isinstance(scene.publisher, MemoryNetwork)
    own = outlet(scene.publisher, cap_usd)
    budget = Budget(ledger=scene.store.ledger, find_outlets=lambda: [own], zone="Etc/UTC")
    scene.budget = budget
    return budget


def test_a_post_carries_what_it_cost_and_since_when_that_is_its_price(scene: Scene) -> None:
    budget = with_cap(scene, None)
    scene.plan()
    scene.drain()
    sent = scene.get()
    assert (sent.state, sent.cost_usd, sent.price_since) == (State.PUBLISHED, 0.2, "2026-04-20")
    assert budget.spent("account", date(2026, 11, 1)) == 0.2
    assert budget.spent("account", date(2026, 12, 1)) == 0


def test_what_would_go_over_the_cap_is_held_and_goes_out_when_there_is_room_again(scene: Scene) -> None:
    budget = with_cap(scene, 0.5)
    scene.plan(4, late=timedelta(seconds=10))
    scene.drain()
    assert scene.states() == {State.PUBLISHED: 2, State.HELD: 2}
    held = scene.get("code003")
    assert held.words.startswith("The month's cap of $0.50 doesn't allow it: $0.40 are spent in November")
    december = SlotTime(due_at=NINE + 10 * DAY, wall_time="2026-12-03T09:00", zone="Etc/UTC")
    assert scene.store.deliveries.write(held, release(held, december))
    scene.clock.pass_by(days=10)  # type: ignore[attr-defined]
    scene.drain()
    assert (scene.get("code003").state, scene.get("code003").cost_usd) == (State.PUBLISHED, 0.3)
    assert budget.spent("account", date(2026, 12, 1)) == 0.3


def test_a_refused_post_costs_nothing_and_one_that_may_be_out_costs_until_it_is_known(scene: Scene) -> None:
    budget, november = with_cap(scene, 0.2), date(2026, 11, 1)
    (planned,) = scene.plan()
    claimed = scene.claim()
    sending = scene.put(claimed, state=State.SENDING, sent_at=NINE, cost_usd=0.2)
    assert budget.spent("account", november) == 0.2
    unknown = scene.put(sending, state=State.UNKNOWN, lease_until=None)
    assert budget.spent("account", november) == 0.2
    scene.put(unknown, state=State.FAILED, sent_at=None)
    assert budget.spent("account", november) == 0
    assert planned.cost_usd == 0


def test_posts_that_are_claimed_together_never_count_on_the_same_dollar(scene: Scene) -> None:
    budget = with_cap(scene, 0.25)
    first, second = scene.plan(2)
    for one in (first, second):
        scene.put(one, state=State.CLAIMED, lease_until=NINE + DAY, key="k", created_at=NINE)
    assert budget.refuses(scene.get("code001"), now=NINE) == ""
    assert budget.refuses(scene.get("code002"), now=NINE) != ""


def test_a_thread_is_weighed_as_a_whole_and_never_broken_off(scene: Scene) -> None:
    budget = with_cap(scene, 0.5)
    first, second, third = scene.plan(3)
    for number, one in enumerate((second, third), start=1):
        scene.put(one, post_id=first.post_id, parent=first.code, part=number)
    assert "it costs $0.60" in budget.refuses(scene.get("code001"), now=NINE)
    assert budget.refuses(scene.get("code003"), now=NINE) == ""


@pytest.mark.parametrize(
    ("text", "usd"),
    [
        ("Short walks help.", 0.015),
        ("Look at example.com, it helps.", 0.2),
        ("See https://example.com/a now.", 0.2),
        ("Version 2.0 of no.thing", 0.015),
        ("a." * 400, 0.2),
    ],
)
def test_whatever_the_network_links_costs_as_a_link(scene: Scene, text: str, usd: float) -> None:
    budget = with_cap(scene, None)
    assert budget.price(replace(delivery(), text=text, link=""), now=NINE).usd == usd
    assert budget.price(replace(delivery(channel="other"), text=text), now=NINE) == NOTHING


def test_the_outlook_tells_when_the_cap_is_reached_and_by_how_many_posts(scene: Scene) -> None:
    budget = with_cap(scene, 0.7)
    scene.plan()
    scene.drain()
    scene.clock.pass_by(days=1)  # type: ignore[attr-defined]
    planned = scene.plan(5)
    (november,) = budget.outlook(now=NINE)
    assert (november.month, november.spent_usd, november.planned_usd) == ("2026-11", 0.2, 1.0)
    assert (november.over, november.reached_at) == (3, planned[2].due_at)
    assert november.words == "$0.20 spent and $1.00 planned, of $0.70; 3 planned posts would go over it and be held"
    with_more = budget.outlook(now=NINE, adding=[delivery(code="new0001", due_at=NINE + 20 * DAY)])
    assert [(month.month, month.planned_usd) for month in with_more] == [("2026-11", 1.0), ("2026-12", 0.3)]


def test_months_are_those_of_the_zone() -> None:
    assert following(date(2026, 12, 1)) == date(2027, 1, 1)
    assert starts(date(2026, 11, 1), "Europe/Berlin") == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert month_of(datetime(2026, 10, 31, 23, tzinfo=UTC), "Europe/Berlin") == date(2026, 11, 1)


def test_what_was_refused_a_moment_ago_takes_no_money_from_the_next(open_scene: Open) -> None:
    scene = open_scene(MemoryNetwork(faults=[Fault.REFUSE]))
    with_cap(scene, 0.2)
    scene.plan(2, late=timedelta(seconds=10))
    scene.drain()
    assert scene.states() == {State.FAILED: 1, State.PUBLISHED: 1}
