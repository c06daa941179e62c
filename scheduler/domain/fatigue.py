"""Whether a post may come again on an account, and from when: rules that keep a feed from tiring its readers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from scheduler.domain.closed import BlockedDays, parse_blocked
from scheduler.domain.delivery import State
from scheduler.domain.slots import instant, local

MOST_DAYS = 3_650
MOST_RUNS = 100
DAY = timedelta(days=1)
WITHDRAWN = "It doesn't come again: "
"""How the words of a later run begin that was called off because of these rules."""
SEASON_DAYS = 8 * 366
"""The 29th of February comes within so many days."""


@dataclass(frozen=True, kw_only=True)
class Evergreen:
    """At most `max_runs` runs of a post on an account, the first one among them, and at least `cool_down_days` times
    24 hours between two of them, or of two posts that say the same.

    `season` is days as settings write them (`03-01..05-31` every year), `end` the last day (2027-12-31), both by the
    account's clocks; empty means any. They hold for later runs only. Raises ValueError with one sentence.
    """

    cool_down_days: int = 90
    max_runs: int = 4
    season: str = ""
    end: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.cool_down_days <= MOST_DAYS:
            raise ValueError(f"a cool-down of {self.cool_down_days} days can't be kept; 1 to {MOST_DAYS} can")
        if not 1 <= self.max_runs <= MOST_RUNS:
            raise ValueError(f"{self.max_runs} runs can't be counted; 1 to {MOST_RUNS} can")
        if self.end and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.end, re.ASCII):
            raise ValueError(f"'{self.end}' is not a last day; write for example 2027-12-31")
        parse_blocked(f"{self.season},{self.end}")

    @property
    def cool_down(self) -> timedelta:
        """The least time between two runs."""
        return timedelta(days=self.cool_down_days)

    def is_season(self, day: date) -> bool:
        """Whether a day lies in it."""
        return not self._seasons or any(days.holds(day) for days in self._seasons)

    def is_over(self, day: date) -> bool:
        """Whether a day comes after the last one."""
        return self._last_day is not None and day > self._last_day

    @property
    def told(self) -> str:
        """All of it in words: `at most 4 times, 90 days apart`."""
        runs = "once" if self.max_runs == 1 else f"at most {self.max_runs} times"
        rest = "a day" if self.cool_down_days == 1 else f"{self.cool_down_days} days"
        season = f", only in {self.season}" if self.season else ""
        return f"{runs}, {rest} apart{season}{f', until {self.end}' if self.end else ''}"

    @cached_property
    def _seasons(self) -> tuple[BlockedDays, ...]:
        return parse_blocked(self.season)

    @cached_property
    def _last_day(self) -> date | None:
        return date.fromisoformat(self.end) if self.end else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What an account has of a post, planned or out: when it `runs`, and when others `say` the same (UTC)."""

    runs: tuple[datetime, ...] = ()
    says: tuple[datetime, ...] = ()

    @property
    def latest(self) -> datetime | None:
        """When it was said last."""
        return max((*self.runs, *self.says), default=None)


def ended(rules: Evergreen, past: Past) -> str:
    """Why it never comes again, as a sentence; empty when it may."""
    if len(past.runs) >= rules.max_runs:
        return f"It has had its {rules.max_runs} runs." if rules.max_runs > 1 else "It has had its one run."
    return ""


def why_not(rules: Evergreen, past: Past, at: datetime, zone: str) -> str:
    """Why it may not run at an instant (UTC), as a sentence; empty when it may."""
    if reason := ended(rules, past):
        return reason
    day = local(at, zone).date()
    if rules.is_over(day):
        return f"It ended on {rules.end}."
    if near := next((other for other in (*past.runs, *past.says) if abs(at - other) < rules.cool_down), None):
        return f"It rests {rules.cool_down_days} days from {local(near, zone):%Y-%m-%d}."
    return "" if rules.is_season(day) else f"{day} is out of its season, {rules.season}."


def next_run(rules: Evergreen, past: Past, *, after: datetime, zone: str) -> datetime | str:
    """The first instant (UTC) not before `after` and after all its runs at which it may run; or why it never may."""
    if reason := ended(rules, past):
        return reason
    at = max(after, past.latest + rules.cool_down) if past.latest else after
    for _ in range(SEASON_DAYS):
        day = local(at, zone).date()
        if rules.is_over(day):
            return f"It ended on {rules.end}."
        if rules.is_season(day):
            return at
        at = instant(day + DAY, time(), zone)
    return f"Its season, {rules.season}, is over."


@dataclass(frozen=True, slots=True, kw_only=True)
class Perennial:
    """A post as far as one has to know it to let it come again.

    `evergreen` is what its row or its article wishes; None leaves it to the `campaign` that it names, or doesn't. It is
    `ready` where it is a row. Posts of one `saying` say the same. `source` is its article's.
    """

    post_id: int
    article_id: int
    source: str
    saying: int
    may_go_out: bool
    evergreen: bool | None
    ready: bool
    campaign: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """A delivery as far as later runs of its post depend on it; `body` is the wording of its text."""

    code: str
    post_id: int
    saying: int
    channel: str
    due_at: datetime
    state: State
    run: int
    pinned: bool
    words: str
    body: int

    @property
    def counts(self) -> bool:
        """Whether it is a run: also a later one that a person called off, as it would come back at once."""
        if self.state is State.CANCELLED:
            return self.run > 1 and not self.words.startswith(WITHDRAWN)
        return True

    def is_over(self, now: datetime) -> bool:
        """Whether something may come after it: not before it is out, and what went wrong was decided about."""
        return self.state is State.PUBLISHED or (self.state is State.CANCELLED and self.due_at <= now)
