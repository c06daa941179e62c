"""Where what is late finds its place: one after the other, a few a day, beside what is planned; never a burst."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from scheduler.domain.retry import CATCH_UPS_A_DAY, GRACE, SMALLEST_GAP, gap_between, spread
from scheduler.domain.timetable import Timetable

DAY = timedelta(days=1)


class Run(NamedTuple):
    """A delivery by its code: when it was due, and when it went out or may go out."""

    code: str
    due_at: datetime
    at: datetime


def catch_up(
    late: Collection[datetime], *, runs: Collection[Run], table: Timetable, now: datetime
) -> Iterator[datetime]:
    """Instants from `now` on for what was due at `late`, beside the account's other `runs`.

    Two that catch up are as far apart as the account's posts are by plan, and CATCH_UPS_A_DAY is the most in any 24
    hours. From all others they keep the account's spacing, at least SMALLEST_GAP; none is in closed hours.
    """
    gap = max(gap_between([*late, *(run.due_at for run in runs)]), table.spacing)
    caught = sorted(run.at for run in runs if run.at - run.due_at > GRACE)

    def is_open(at: datetime) -> bool:
        around = bisect_left(caught, at + DAY) - bisect_right(caught, at - DAY)
        return around < CATCH_UPS_A_DAY and table.is_open(at)

    for at in spread(
        now=max([now, *(at + gap for at in caught if at <= now)]),
        taken=[run.at for run in runs],
        gap=gap,
        apart=max(table.spacing, SMALLEST_GAP),
        is_open=is_open,
    ):
        insort(caught, at)
        yield at
