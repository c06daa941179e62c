"""A decision about a thousand deliveries: one commit, in order, and none of two in one place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.domain.closed import Closed, parse_blocked, parse_quiet
from scheduler.domain.delivery import BOOKED, Delivery, State
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.slots import at_wall, local, parse_slots
from scheduler.domain.timetable import Timetable
from scheduler.domain.transitions import claimed, hold
from scheduler.store import Store, open_store
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.change import Act, Verdict, carry_out, stepping
from scheduler.usecases.move import Movers
from scheduler.usecases.select import Chosen, Filter, Selector
from tests.integration.scene import entry

ZONE = "Europe/Madrid"
RULES = Closed(quiet=parse_quiet("22:00-07:00"), blocked=parse_blocked("2026-12-24..2026-12-26"))
HELD = partial(hold, words="Held.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'test.db'}")
    opened.library.add(article(), [post()], entry())
    yield opened
    opened.close()


def plan(store: Store, hours: list[int], *, channel: str = "account") -> list[Delivery]:
    """One delivery at each of these hours after noon of the 1st of December."""
    found = []
    for number, hour in enumerate(hours, 1):
        wall = datetime(2026, 12, 1, 12, tzinfo=UTC).replace(tzinfo=None) + timedelta(hours=hour)
        slot = at_wall(f"{wall:%Y-%m-%dT%H:%M}", ZONE)
        one = delivery(code=f"{channel}{number:05}", channel=channel, due_at=slot.due_at)
        found.append(replace(one, wall_time=slot.wall_time, zone=ZONE))
    store.deliveries.add(found, entry())
    return list(store.deliveries.select())


def chosen(store: Store) -> Chosen:
    selector = Selector(
        posts=store.posts,
        deliveries=store.deliveries,
        library=store.library,
        selection=store.selection,
        listing=store.listing,
    )
    return selector.choose((), Filter(), states={State.SCHEDULED})


def movers(store: Store, *, spacing: int = 0, closed: Closed = RULES) -> Movers:
    slots = parse_slots("daily 08:30, daily 17:00")

    def table(name: str) -> Timetable:
        return Timetable(account=name, slots=slots, zone=ZONE, spacing=timedelta(minutes=spacing), closed=closed)

    return Movers(calendar=store.calendar, timetable_of=table, zone=ZONE)


def act(store: Store, do: Act) -> Verdict:
    return carry_out(do(chosen(store)), changes=store.changes, who="Ann", now=NINE)


def test_a_thousand_are_moved_and_held_in_under_three_seconds_each(store: Store) -> None:
    plan(store, [6 * number for number in range(1000)])
    started = time.process_time()
    moved = movers(store, closed=Closed()).moved("+1w", chosen(store), now=NINE)
    assert len(carry_out(moved, changes=store.changes, who="Ann", now=NINE).changes) == 1000
    assert len(act(store, stepping(HELD, "held it")).changes) == 1000
    assert time.process_time() - started < 6
    assert len(store.journal.audit()) == 2002


def test_what_a_worker_took_meanwhile_stays_and_is_told(store: Store) -> None:
    first, *others = plan(store, [1, 2, 3])
    verdict = stepping(HELD, "held it")(chosen(store))
    store.deliveries.write(first, claimed(first, now=first.due_at, lease_seconds=60))
    done = carry_out(verdict, changes=store.changes, who="Ann", now=NINE)
    assert [change.before.code for change in done.changes] == [one.code for one in others]
    assert "moved on while you were deciding" in done.refused[0].message
    assert [one.state for one in store.deliveries.select()] == [State.CLAIMED, State.HELD, State.HELD]


def test_when_somebody_took_a_time_meanwhile_nothing_is_changed(store: Store) -> None:
    plan(store, [1, 25])
    verdict = movers(store).moved("+2d", chosen(store), now=NINE)
    plan(store, [49], channel="account/")
    other = store.deliveries.select()[-1]
    store.deliveries.write(other, replace(other, due_at=verdict.changes[1].after.due_at))
    before = store.deliveries.select()
    taken = replace(other, id=0, code="taken", channel="account", due_at=verdict.changes[1].after.due_at)
    store.deliveries.add([taken], entry())
    with pytest.raises(NotAllowedNow, match="already has this channel and time"):
        carry_out(verdict, changes=store.changes, who="Ann", now=NINE)
    assert [one for one in store.deliveries.select() if one.code != "taken"] == list(before)


def test_two_posts_may_change_places(store: Store) -> None:
    first, second = plan(store, [1, 2])
    verdict = stepping(lambda one: replace(one, due_at=(second if one == first else first).due_at), "moved it")
    assert act(store, verdict).refused == ()
    assert [one.code for one in store.deliveries.select()] == [second.code, first.code]


SHIFTS = st.sampled_from(("+1d", "-1d", "+2w", "+90min", "-3h", "next", "+1h", "2026-12-09 09:30", "now"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 200), unique=True, max_size=12), SHIFTS, st.sampled_from((0, 45, 240)), st.data())
def test_whatever_is_moved_spacing_quiet_hours_and_blocks_hold_and_none_is_lost(
    tmp_path_factory: pytest.TempPathFactory, hours: list[int], shift: str, spacing: int, data: st.DataObject
) -> None:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('moves') / 'test.db'}")
    store.library.add(article(), [post()], entry())
    before = {one.code: one for one in plan(store, hours)}
    codes = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
    meant = replace(chosen(store), deliveries=tuple(one for one in before.values() if one.code in codes))
    done = carry_out(
        movers(store, spacing=spacing).moved(shift, meant, now=NINE), changes=store.changes, who="Ann", now=NINE
    )
    moved = {change.before.code for change in done.changes}
    after = {one.code: one for one in store.deliveries.select()}
    assert (len(moved) + len(done.refused), moved <= codes) == (len(codes), True)
    assert all(after[code] == one for code, one in before.items() if code not in moved)
    for code in moved:
        at = after[code].due_at
        assert RULES.why(at, ZONE) == ""
        others = [one.due_at for one in after.values() if one.code != code and one.state in BOOKED]
        assert all(other != at and abs(other - at) >= timedelta(minutes=spacing) for other in others)
        if shift in ("+1d", "-1d", "+2w"):
            assert local(at, ZONE).time() == local(before[code].due_at, ZONE).time()
    store.close()
