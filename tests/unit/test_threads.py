"""Threads: a post in parts, each a delivery that answers the one before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.channel import Receipt
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.slots import SlotTime
from scheduler.domain.thread import after_it, along, beside, parts_of
from scheduler.domain.transitions import after, asked, cancel, claimed, edited, expired, hold, intent, moved, release
from scheduler.testing.samples import NINE, delivery

LATER = SlotTime(due_at=NINE + timedelta(days=1), wall_time="2026-11-24T09:00", zone="Etc/UTC")


def thread(count: int = 3) -> list[Delivery]:
    """Parts `part0`, `part1` and so on."""
    parts = []
    for part in range(count):
        slot = beside(delivery().promise, part)
        one = replace(delivery(code=f"part{part}", due_at=slot.due_at), wall_time=slot.wall_time, part=part)
        parts.append(replace(one, parent=f"part{part - 1}") if part else one)
    return parts


def sent(one: Delivery) -> Delivery:
    return intent(claimed(one, now=NINE, lease_seconds=9), now=NINE, lease_seconds=9)


def becomes(parts: list[Delivery], after_first: Delivery) -> list[Delivery]:
    steps = dict(along(parts[0], after_first, parts))
    return [after_first, *(steps.get(one, one) for one in parts[1:])]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("One.", ("One.",)),
        ("One.\n---\nTwo.\n ---  \nThree.", ("One.", "Two.", "Three.")),
        ("---\nOne.\n---\n\n---\n", ("One.",)),
        ("One --- two\n----\n- - -", ("One --- two\n----\n- - -",)),
        ("---", ("---",)),
    ],
)
def test_a_line_of_three_dashes_ends_a_part(words: str, parts: tuple[str, ...]) -> None:
    assert parts_of(words) == parts


def test_the_parts_of_a_thread_are_due_a_second_after_each_other() -> None:
    times = [beside(LATER, part) for part in range(3)]

    assert [(time.due_at - LATER.due_at).total_seconds() for time in times] == [0, 1, 2]
    assert [time.said for time in times] == ["2026-11-24 09:00", "2026-11-24 09:00:01", "2026-11-24 09:00:02"]


def test_later_parts_are_cancelled_with_the_first() -> None:
    parts = thread()

    assert {one.state for one in becomes(parts, cancel(parts[0], "Cancelled by Ann."))} == {State.CANCELLED}


def test_later_parts_move_with_the_first_and_keep_their_order() -> None:
    parts = thread()
    there = becomes(parts, moved(parts[0], LATER))

    assert [one.due_at - LATER.due_at for one in there] == [timedelta(seconds=part) for part in range(3)]


def test_later_parts_are_held_with_the_first_and_released_with_it() -> None:
    held = becomes(thread(), hold(thread()[0], "Held by Ann."))
    assert {one.state for one in held} == {State.HELD}

    released = becomes(held, release(held[0], LATER))
    assert [one.due_at for one in released] == [LATER.due_at + timedelta(seconds=part) for part in range(3)]


def test_later_parts_are_taken_back_with_the_first() -> None:
    parts = thread()
    cancelled = becomes(parts, cancel(parts[0], "Cancelled by Ann."))
    held = becomes(cancelled, hold(cancelled[0], "Taken back by Ann."))
    assert {one.state for one in held} == {State.HELD}
    assert becomes(held, release(held[0], held[0].promise)) == parts


def test_a_part_that_a_person_held_by_itself_is_not_released_with_the_first() -> None:
    parts = thread()
    parts[2] = hold(parts[2], "Held by Bob.")
    held = becomes(parts, hold(parts[0], "Held by Ann."))

    assert [one.state for one in becomes(held, release(held[0], LATER))] == [
        State.SCHEDULED,
        State.SCHEDULED,
        State.HELD,
    ]


def test_parts_that_may_be_out_stay_as_they_are() -> None:
    parts = thread()
    parts[1] = asked(
        expired(intent(claimed(parts[1], now=NINE, lease_seconds=9), now=NINE, lease_seconds=9), now=NINE), "?"
    )

    assert becomes(parts, cancel(parts[0]))[1] == parts[1]


def test_a_first_part_that_goes_out_leaves_the_others_where_they_are() -> None:
    parts = thread()
    sending = sent(parts[0])
    published = after(sending, Receipt(remote_id="1", url=""), now=NINE)

    assert along(sending, published, parts) == ()


def test_the_parts_after_one_are_found_in_order_and_no_others() -> None:
    parts = [*thread(4), delivery(code="another")]

    assert [one.code for one in after_it(parts[1], parts[::-1])] == ["part2", "part3"]


def test_in_a_thread_the_card_belongs_to_the_first_part() -> None:
    assert edited(thread()[1], text="Two!", link="", card=None).card_path == ""
