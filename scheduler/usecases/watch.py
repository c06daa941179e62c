"""What a person should know besides deliveries that failed or are held: alarms, pauses, pages gone, caps and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduler.domain.audit import AuditEntry
from scheduler.domain.delivery import Outcome
from scheduler.domain.lateness import Overdue
from scheduler.domain.notice import Notice, NoticeKind
from scheduler.domain.pause import Pause
from scheduler.ports import Behind, Journal, Pauses
from scheduler.usecases.forecast import Coming, Forecast

FORESEE_EVERY = timedelta(hours=1)
AHEAD = timedelta(days=14)
SOON = timedelta(days=3)
TOLD = {Coming.TOKEN_ENDS: NoticeKind.TOKEN, Coming.CAP_REACHED: NoticeKind.CAP}
HINTS = {
    Coming.TOKEN_ENDS: "`quotidian channels login` renews it.",
    Coming.CAP_REACHED: "Raise CHANNELS__…__MONTHLY_CAP, or let fewer posts carry their link.",
}


@dataclass(kw_only=True)
class Watch:
    """Looks at every call; `foresee(now)`, which reads the calendar, once an hour.

    `gone()` are the addresses of booking pages that are there no more, each with what was seen of it.
    """

    behind: Behind
    pauses: Pauses
    foresee: Callable[[datetime], Iterable[Forecast]]
    gone: Callable[[], Iterable[tuple[str, AuditEntry]]] = lambda: ()
    _foreseen_at: datetime | None = field(default=None)

    def __call__(self, now: datetime) -> Iterator[Notice]:
        """What is the matter now; the same again and again as long as it lasts."""
        standing = self.pauses.all()
        yield from (_alarm(one, now) for one in self.behind.overdue(now=now))
        yield from (_paused(one, now) for one in standing.values() if one.by_network)
        yield from (_gone(address, seen, now) for address, seen in self.gone())
        if self._foreseen_at is None or abs(now - self._foreseen_at) >= FORESEE_EVERY:
            self._foreseen_at = now
            yield from (notice for one in self.foresee(now) if (notice := _foreseen(one, now)))


def _alarm(delivery: Overdue, now: datetime) -> Notice:
    words = f"{delivery.code} on {delivery.channel} was due at {delivery.wall_time.replace('T', ' ')}."
    key = f"alarm {delivery.code} {delivery.due_at:%Y%m%d%H%M%S}"
    return Notice(key=key, kind=NoticeKind.ALARM, at=now, words=words, hint="Is the worker well? `quotidian doctor`.")


def _paused(pause: Pause, now: datetime) -> Notice:
    """Once a day, however often the network asks for it."""
    until = f" until {pause.until:%Y-%m-%d %H:%M} UTC" if pause.until else ""
    key = f"paused {pause.channel} {pause.since:%Y%m%d} {pause.why[:100]}"
    words = f"{pause.channel} is paused{until}. {pause.why}"
    return Notice(key=key, kind=NoticeKind.PAUSED, at=now, words=words, hint=pause.hint)


def _gone(address: str, seen: AuditEntry, now: datetime) -> Notice:
    key, hint = f"{seen.subject} {seen.at:%Y%m%d%H%M}", "Mend the page, or name another in settings.env: BOOKING__…"
    return Notice(key=key, kind=NoticeKind.PAGE, at=now, words=f"{address}: {seen.what}", hint=hint)


def _foreseen(forecast: Forecast, now: datetime) -> Notice | None:
    """Two weeks ahead and once more shortly before; what only runs out of plans is no notice."""
    kind = TOLD.get(forecast.what)
    if kind is None or forecast.at is None or forecast.at - now > AHEAD:
        return None
    when = "soon" if forecast.at - now <= SOON else "ahead"
    key = f"{forecast.what.value} {forecast.channel} {forecast.at:%Y%m} {when}"
    return Notice(key=key, kind=kind, at=now, words=forecast.words, hint=HINTS[forecast.what])


def summary(journal: Journal, since: datetime, until: datetime) -> str:
    """How many tries came to which end between two instants; empty where there were none."""
    counts: dict[Outcome, int] = {}
    for attempt in journal.attempts(since=since, until=until):
        counts[attempt.outcome] = counts.get(attempt.outcome, 0) + 1
    told: Mapping[str, int] = {outcome.value: counts[outcome] for outcome in Outcome if outcome in counts}
    return f"Since {since:%Y-%m-%d %H:%M} UTC: {', '.join(f'{n} {name}' for name, n in told.items())}." if told else ""
