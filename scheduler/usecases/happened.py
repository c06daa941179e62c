"""What became of a delivery, in one sentence for the marketer and in one word for what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from scheduler.domain.delivery import Attempt, Outcome, State

EXPLAINED: Mapping[State, str] = {
    State.SCHEDULED: "It goes out at its time.",
    State.CLAIMED: "A worker is preparing it.",
    State.SENDING: "It is on its way.",
    State.PUBLISHED: "It is out.",
    State.UNKNOWN: "Nobody knows whether it went out; it is not sent again before that is clear.",
    State.HELD: "It stays back until you release, resolve or cancel it.",
    State.FAILED: "It did not go out; `retry` gives it another slot.",
    State.CANCELLED: "It will never go out.",
}
OVERDUE = timedelta(minutes=2)
ORDINALS = ("", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


def happened(
    state: State, words: str, tries: Sequence[Attempt], *, may_go_out: bool = True, late: timedelta = timedelta(0)
) -> str:
    """One sentence or two. `tries` are oldest first, `words` the delivery's own; it is so `late` by now."""
    if state is State.PUBLISHED:
        return _out(tries)
    if state is State.SCHEDULED and not may_go_out:
        return words or "It waits for a yes."
    if state is State.SCHEDULED and late >= OVERDUE:
        return f"{_span(late)} late. {words or 'It waits for the worker.'}"
    hint = tries[-1].hint if tries and tries[-1].words in words else ""
    return f"{words or EXPLAINED[state]} {hint}".strip()


def _span(late: timedelta) -> str:
    minutes = int(late.total_seconds() // 60)
    many, unit = (
        (minutes, "minute")
        if minutes < 120
        else (minutes // 60, "hour")
        if minutes < 2880
        else (minutes // 1440, "day")
    )
    return f"{many} {unit}{'' if many == 1 else 's'}"


def _out(tries: Sequence[Attempt]) -> str:
    ends = [at for at, one in enumerate(tries) if one.outcome is Outcome.PUBLISHED]
    if not ends:
        return "Published; a person saw it there." if tries else "Published."
    last = tries[ends[0]]
    if not ends[0]:
        return f"Published in {seconds(last.started_at, last.ended_at)}."
    ordinal = ORDINALS[ends[0] + 1] if ends[0] + 1 < len(ORDINALS) else f"{ends[0] + 1}th"
    return f"{ordinal} try. The first: {tries[0].words}"


def seconds(start: datetime, end: datetime) -> str:
    """`0.6 s`, `74 s`; what is shorter than a tenth counts as one."""
    took = max((end - start).total_seconds(), 0.1)
    return f"{took:.1f} s" if took < 10 else f"{took:.0f} s"


def is_asked(state: State, sent_at: datetime | None) -> bool:
    """Whether only a person can say what became of it."""
    return state is State.UNKNOWN or (state is State.HELD and sent_at is not None)
