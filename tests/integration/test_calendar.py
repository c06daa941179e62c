"""An account's calendar in the store and in the worker's hands: who holds what, and what makes way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.domain.audit import AuditEntry
from scheduler.domain.catchup import Run
from scheduler.domain.closed import Closed, parse_blocked
from scheduler.domain.delivery import Outcome, State
from scheduler.domain.lateness import LateRule
from scheduler.domain.pause import Pause
from scheduler.domain.readymade import ReadyMade, When
from scheduler.domain.slots import MINUTE, parse_slots
from scheduler.domain.timetable import Booked, Timetable
from scheduler.domain.transitions import hold, postponed
from scheduler.testing.network import MemoryNetwork
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.clear import Clearer
from scheduler.usecases.move import Movers
from scheduler.usecases.openings import next_free
from scheduler.usecases.select import Chosen
from tests.integration.scene import HOUR, Open, Scene, entry

DAY = timedelta(days=1)


@pytest.fixture
def scene(open_scene: Open) -> Scene:
    return open_scene(MemoryNetwork())


def table(**rules: object) -> Timetable:
    slots = parse_slots("daily 08:30, daily 12:00")
    return Timetable(account="account", slots=slots, zone="Etc/UTC", **rules)  # type: ignore[arg-type]


def test_what_is_live_or_out_is_held_and_what_was_given_up_is_not(scene: Scene) -> None:
    scene.plan(4)
    scene.drain()
    scene.plan(3, late=-HOUR)
    for number, state in ((5, State.HELD), (6, State.CANCELLED)):
        scene.put(scene.get(f"code{number:03}"), state=state)
    out = [NINE + timedelta(seconds=number) for number in range(4)]
    coming = [NINE + HOUR, NINE + HOUR + timedelta(seconds=2)]
    assert scene.store.calendar.held("account", since=NINE) == [*out, *coming]
    assert scene.store.calendar.held("account", since=NINE + MINUTE) == coming
    assert scene.store.calendar.held("other", since=NINE) == []


def test_what_runs_counts_from_when_it_may_go_out_or_went(scene: Scene) -> None:
    first, second, third = scene.plan(3, late=-HOUR)
    scene.store.deliveries.write(first, postponed(first, NINE + 3 * HOUR, "Later."))
    scene.store.deliveries.write(second, hold(second, "Held."))
    scene.plan()
    scene.drain()
    runs = scene.store.calendar.runs
    out, later = Run("code004", NINE, NINE), Run("code001", first.due_at, NINE + 3 * HOUR)
    to_come = Run("code003", third.due_at, third.due_at)
    assert runs("account", since=NINE, until=NINE + DAY) == [out, to_come, later]
    assert runs("account", since=NINE + MINUTE, until=NINE + 2 * HOUR) == [to_come]


def test_the_next_instant_is_the_first_of_all_channels_that_are_not_paused(scene: Scene) -> None:
    scene.store.library.add(article(), [post()] * 3, entry())
    late, early, paused = (
        delivery(code=f"c{hours}", channel=f"channel {hours}", due_at=NINE + hours * HOUR, post_id=hours)
        for hours in (3, 2, 1)
    )
    scene.store.deliveries.add([late, early, paused], entry())
    assert scene.store.due.next_at() == paused.due_at
    scene.store.pauses.add(Pause(channel=paused.channel, by="Ann", since=NINE), entry())
    assert scene.store.due.next_at() == early.due_at
    stored = scene.get("c2")
    scene.store.deliveries.write(stored, postponed(stored, NINE + 4 * HOUR, "Later."))
    assert scene.store.due.next_at() == late.due_at


def test_articles_are_planned_until_every_post_is_on_every_channel(scene: Scene) -> None:
    scene.plan(2)
    scene.store.library.add(article("Another"), [post()], entry())
    assert scene.store.calendar.unplanned(["account"]) == [2]
    assert scene.store.calendar.unplanned(["account", "second"]) == [1, 2]


def test_a_free_slot_keeps_its_distance_from_what_has_just_gone_out(scene: Scene) -> None:
    (only,) = scene.plan()
    scene.drain()
    held = Booked(scene.store.calendar.held("account", since=NINE - DAY))
    wide = table(spacing=4 * HOUR)
    assert next_free(wide, post(), booked=held, after=only.due_at).wall_time == "2026-11-24T08:30"
    assert next_free(table(), post(), booked=held, after=only.due_at).wall_time == "2026-11-23T12:00"


@pytest.mark.parametrize(
    ("wall", "words"),
    [
        ("2026-11-23 10:30", "is less than 60 minutes from another post on account"),
        ("2026-12-24 10:00", "lies in the blocked days 12-24"),
    ],
)
def test_a_move_keeps_to_the_accounts_calendar(scene: Scene, wall: str, words: str) -> None:
    first, _ = scene.plan(late=-HOUR) + scene.plan(late=-5 * HOUR)
    rules = table(spacing=HOUR, closed=Closed(blocked=parse_blocked("12-24")))
    second = scene.get("code002")
    movers = Movers(calendar=scene.store.calendar, timetable_of=lambda _: rules, zone="Etc/UTC")
    chosen = Chosen(deliveries=(second,), posts={second.post_id: scene.store.posts.get(second.post_id)})
    verdict = movers.moved(wall, chosen, now=NINE)
    assert verdict.changes == ()
    (refused,) = verdict.refused
    assert words in refused.message
    assert (first.code in refused.hint) == ("less than" in words)
    assert scene.get("code002") == second


def cleared(scene: Scene) -> Scene:
    """After a start of the worker whose settings block the next day."""
    rules = table(closed=Closed(blocked=parse_blocked("2026-11-24")))
    Clearer(
        promises=scene.store.calendar,
        deliveries=scene.store.deliveries,
        posts=scene.store.posts,
        timetable=lambda _: rules,
        next_free=lambda one, after: next_free(
            rules,
            scene.store.posts.get(one.post_id),
            booked=Booked(scene.store.calendar.held("account", since=after)),
            after=after,
        ),
        log=scene._log,
    ).clear(who="worker", now=NINE)
    return scene


def test_what_is_planned_on_a_day_that_is_blocked_later_makes_way_with_a_notice(scene: Scene) -> None:
    scene.plan(2, late=-DAY)
    (stays,) = scene.plan(late=-3 * DAY)
    walls = [one.wall_time for one in cleared(scene).store.deliveries.select()]
    assert walls == ["2026-11-23T12:00", "2026-11-25T08:30", "2026-11-26T09:00"]
    assert scene.get("code003") == stays
    words = "2026-11-24 09:00 lies in the blocked days 2026-11-24; moved to 2026-11-23 12:00."
    assert [one.what for one in scene.store.journal.audit("delivery code001")] == [words]
    assert len(scene.records) == 2


def test_what_has_a_time_of_its_own_there_is_held(scene: Scene) -> None:
    asks = ReadyMade(row=2, when=When(wall_time="2026-11-24T10:00"))
    scene.store.library.add(article(), [replace(post(), ready=asks)], entry())
    scene.store.deliveries.add([delivery(due_at=NINE + DAY)], AuditEntry(at=NINE, who="Ann", what="", subject=""))
    held = cleared(scene).get("k3f9x2a")
    assert held.state is State.HELD
    assert held.words.endswith("lies in the blocked days 2026-11-24. Move or release it, or cancel it.")


def test_what_is_late_in_quiet_hours_catches_up_when_they_end(scene: Scene) -> None:
    scene.quiet = "08:00-11:00"
    scene.plan(2, late=3 * HOUR)
    scene.tick()
    assert [one.not_before for one in scene.store.deliveries.select()] == [
        NINE + 2 * HOUR,
        NINE + 2 * HOUR + 20 * MINUTE,
    ]


@pytest.mark.parametrize(
    ("rule", "state", "words"),
    [
        (LateRule.SEND, State.SCHEDULED, "Late, so it catches up at 2026-11-23 09:00 UTC."),
        (LateRule.RESLOT, State.SCHEDULED, "It was due at 2026-11-20 09:00 and came too late; moved to "),
        (LateRule.SKIP, State.CANCELLED, "It was due at 2026-11-20 09:00, over 24 hours ago, so it is skipped."),
        (LateRule.ASK, State.HELD, "It was due at 2026-11-20 09:00, over 24 hours ago, so it is held."),
    ],
)
def test_a_late_post_fares_as_its_row_asks_for(scene: Scene, rule: LateRule, state: State, words: str) -> None:
    row = replace(post(), ready=ReadyMade(row=2, late=rule))
    scene.store.library.add(article(), [row], entry())
    scene.store.deliveries.add([delivery(due_at=NINE - 3 * DAY)], entry())
    scene.caretaker.tidy()
    late = scene.get("k3f9x2a")
    assert late.state is state
    assert late.words.startswith(words)
    tries = [Outcome.TOO_LATE] if state is not State.SCHEDULED else []
    assert scene.outcomes("k3f9x2a") == tries


@pytest.mark.parametrize("minutes", [2, 60])
def test_a_post_that_has_expired_is_skipped_however_little_late_it_is(scene: Scene, minutes: int) -> None:
    row = replace(post(), ready=ReadyMade(row=2, expires="2026-11-23T08:59", late=LateRule.SEND))
    scene.store.library.add(article(), [row], entry())
    scene.store.deliveries.add([delivery(due_at=NINE - minutes * MINUTE)], entry())
    scene.caretaker.tidy()
    assert scene.get("k3f9x2a").state is State.CANCELLED


def test_a_retry_that_would_come_after_the_expiry_is_not_waited_for(scene: Scene) -> None:
    row = replace(post(), ready=ReadyMade(row=2, expires="2026-11-23T09:30"))
    scene.store.library.add(article(), [row], entry())
    scene.store.deliveries.add([replace(delivery(due_at=NINE - MINUTE), not_before=NINE + HOUR)], entry())
    scene.caretaker.tidy()
    assert scene.get("k3f9x2a").state is State.CANCELLED


def test_what_expires_between_two_rounds_of_maintenance_is_not_sent(scene: Scene) -> None:
    row = replace(post(), ready=ReadyMade(row=2, expires="2026-11-23T08:59"))
    scene.store.library.add(article(), [row], entry())
    scene.store.deliveries.add([delivery(due_at=NINE - 2 * MINUTE)], entry())
    scene.courier.deliver_due()
    failed = scene.get("k3f9x2a")
    assert (failed.state, failed.words) == (State.FAILED, "It expired before it could be sent.")
