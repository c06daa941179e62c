"""Long lists are told as they are read: in the right order, each post once, and never all in the memory at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.store import Store, open_store
from scheduler.store.listing import FIRST_LOT
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.review import Entry
from scheduler.usecases.select import DRAFT, UNPLANNED, Filter, Selector
from tests.integration.scene import entry

MINUTE = timedelta(minutes=1)
MANY = 3 * FIRST_LOT


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'test.db'}")


def selector(store: Store) -> Selector:
    return Selector(
        posts=store.posts,
        deliveries=store.deliveries,
        library=store.library,
        selection=store.selection,
        listing=store.listing,
    )


def plan(store: Store, of: list[int], *, change: Callable[[int, Delivery], Delivery] = lambda _, one: one) -> None:
    """Deliveries of these posts, a minute apart, and one more post that has none."""
    store.library.add(article(), [post()] * (max(of, default=0) + 1), entry())
    planned = [
        change(at, delivery(code=f"c{at:05}", due_at=NINE + at * MINUTE, post_id=number))
        for at, number in enumerate(of)
    ]
    store.deliveries.add(planned, entry())


def numbers(found: list[Entry]) -> list[tuple[int, list[str]]]:
    return [(one.post.id, [each.code for each in one.deliveries]) for one in found]


def test_the_first_of_a_long_list_come_before_the_rest_is_read(store: Store) -> None:
    plan(store, list(range(1, MANY)))
    first = list(islice(selector(store).entries(Filter()), 3))

    assert numbers(first) == [(1, ["c00000"]), (2, ["c00001"]), (3, ["c00002"])]
    whole = list(selector(store).entries(Filter()))
    assert [one.post.id for one in whole] == list(range(1, MANY + 1))
    assert whole[-1].deliveries == ()


@settings(max_examples=15, deadline=None)
@given(of=st.lists(st.integers(1, 12), max_size=40), word=st.sampled_from(["", "even", "third"]))
def test_a_post_comes_at_the_turn_of_its_first_delivery_that_fits(
    tmp_path_factory: pytest.TempPathFactory, of: list[int], word: str
) -> None:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('list') / 'test.db'}")

    def told(at: int, one: Delivery) -> Delivery:
        return replace(one, text=f"{'even' if at % 2 == 0 else ''} {'third' if at % 3 == 0 else ''} {at}")

    plan(store, of, change=told)
    found = numbers(list(selector(store).entries(Filter(text=word, channels=frozenset({"account"})))))
    store.close()

    fitting: dict[int, list[str]] = {}
    for at, number in enumerate(of):
        if word in told(at, delivery()).text:
            fitting.setdefault(number, []).append(f"c{at:05}")
    assert found == list(fitting.items())


def test_only_posts_without_a_delivery_are_read_where_only_they_are_asked_for(store: Store) -> None:
    plan(store, [1, 2, 2])

    assert numbers(list(selector(store).entries(Filter(statuses=frozenset({UNPLANNED}))))) == [(3, [])]


def test_what_comes_is_as_much_as_a_page_holds_and_the_rest_is_counted(store: Store) -> None:
    plan(store, [1, 2, 3, 4, 5], change=lambda at, one: replace(one, state=State.HELD if at == 1 else one.state))
    found = selector(store).coming(NINE + 2 * MINUTE, most=2)

    assert [one.code for one in found.deliveries] == ["c00000", "c00001", "c00002", "c00003"]
    assert (found.more, [one.id for one in found.left_out]) == (1, [6])


def test_drafts_come_in_the_order_of_the_calendar_and_nothing_else_does(store: Store) -> None:
    store.library.add(article(), [post(approved=number % 2 == 0) for number in range(1, 7)], entry())
    planned = [
        delivery(code=f"c{at}", due_at=NINE + at * MINUTE, post_id=number) for at, number in enumerate([5, 2, 1])
    ]
    store.deliveries.add(planned, entry())
    found = selector(store).entries(Filter(statuses=frozenset({DRAFT})))

    assert numbers(list(found)) == [(5, ["c0"]), (1, ["c2"])]


def test_who_waits_for_a_yes_is_named_in_the_order_of_the_calendar(store: Store) -> None:
    drafts = [post(approved=False)] * 3
    store.library.add(article(), [*drafts, post()], entry())
    for at, number in enumerate([3, 1, 4]):
        store.deliveries.add([delivery(code=f"c{at}", due_at=NINE + at * MINUTE, post_id=number)], entry())

    assert store.listing.waiting(LIVE) == [3, 1]
    assert store.listing.waiting({State.FAILED}) == []


def test_names_are_found_by_their_beginning(store: Store) -> None:
    plan(store, list(range(1, 40)))

    posts, deliveries = store.listing.named("3", most=3)
    assert ([one.id for one in posts], deliveries) == ([39, 38, 37], [])
    posts, deliveries = store.listing.named("c0001", most=3)
    assert (posts, [one.code for one in deliveries]) == ([], ["c00010", "c00011", "c00012"])
