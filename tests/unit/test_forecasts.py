"""Forecasts say the day and how many planned posts lie after it; notices gather what comes together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.delivery import State
from scheduler.domain.notice import APART, GATHER, URGENT, Notice, NoticeKind, last_digest, ready
from scheduler.usecases.budget import Spending
from scheduler.usecases.forecast import Coming, forecasts

NOW = datetime(2027, 4, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Planned:
    due_at: datetime
    channel: str = "x"
    state: State = State.SCHEDULED


def test_keys_that_end_are_told_with_the_posts_after_that() -> None:
    planned = [Planned(NOW + n * DAY) for n in range(27)] + [Planned(NOW + 20 * DAY, state=State.HELD)]
    end = datetime(2027, 5, 3, 12, tzinfo=UTC)
    token, plan = forecasts(planned, channels=["x"], token_ends={"x": end}, spending=(), zone="Europe/Madrid", now=NOW)
    assert token.words == "x: the token ends on 3 May, 14 posts after that."
    assert (token.what, token.at, token.posts_after) == (Coming.TOKEN_ENDS, end, 14)
    assert plan.words == "x: nothing is planned after 16 May."


def test_a_cap_is_told_for_the_first_month_that_reaches_it() -> None:
    months = [
        Spending(
            channel="x",
            month=f"2027-0{month}",
            spent_usd=0,
            planned_usd=9,
            cap_usd=5,
            over=over,
            reached_at=datetime(2027, month, 21, tzinfo=UTC) if over else None,
        )
        for month, over in ((4, 0), (5, 9), (6, 3))
    ]
    cap, _ = forecasts((), channels=["x"], token_ends={}, spending=months, zone="Etc/UTC", now=NOW)
    assert cap.words == "x: the cap of 2027-05 is reached on 21 May, 9 posts after that."


def test_an_empty_calendar_is_told_and_another_year_is_named() -> None:
    (x, y) = forecasts(
        [Planned(NOW + 300 * DAY, channel="y")],
        channels=["x", "y"],
        token_ends={},
        spending=(),
        zone="Etc/UTC",
        now=NOW,
    )
    assert (x.words, y.words) == ("x: nothing is planned.", "y: nothing is planned after 14 February 2028.")


KINDS = st.sampled_from(NoticeKind)
NOTICES = st.lists(
    st.builds(
        Notice,
        key=st.uuids().map(str),
        kind=KINDS,
        at=st.integers(0, 3600).map(lambda s: NOW - timedelta(seconds=s)),
        words=st.just("w"),
    ),
    max_size=5,
)


@given(NOTICES, st.none() | st.integers(-100, 3600).map(lambda s: NOW - timedelta(seconds=s)), st.booleans())
def test_nothing_is_told_too_soon_and_whatever_is_told_is_told_together(
    pending: list[Notice], last_at: datetime | None, urgent_only: bool
) -> None:
    told = ready(pending, last_at=last_at, now=NOW, urgent_only=urgent_only)
    wanted = [notice for notice in pending if notice.kind in URGENT or not urgent_only]
    assert told in ([], wanted)
    if told:
        assert min(notice.at for notice in told) <= NOW - GATHER
        assert last_at is None or last_at > NOW or last_at <= NOW - APART


MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
ZONES = st.sampled_from(["Etc/UTC", "Europe/Berlin", "America/New_York"])


@given(st.times(), MOMENTS, ZONES)
def test_a_digest_is_due_once_in_any_day(at: time, now: datetime, zone: str) -> None:
    due = last_digest(at, zone=zone, now=now)
    assert due <= now < due + timedelta(hours=25, minutes=1)
    assert last_digest(at, zone=zone, now=due) <= due
