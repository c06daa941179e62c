"""Why and when one post comes again, for people who ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from scheduler.domain.delivery import State
from scheduler.domain.fatigue import next_run
from scheduler.domain.slots import local
from scheduler.usecases.evergreen import GONE, NO_YES, Comebacks, Outlook


def told(comebacks: Comebacks, post_id: int, *, now: datetime) -> Iterator[str]:
    """Sentences about a post's later runs: its rules, then each channel's next run; none where it runs once."""
    history = comebacks.history(post_id)
    if post_id not in history.rotations:
        return
    perennial, rotation = history.rotations[post_id]
    yield f"It comes again: {rotation.rules.told}."
    if not perennial.may_go_out:
        yield f"Not now: {NO_YES}"
        return
    if comebacks.is_gone(perennial.source):
        yield f"Not any more: {GONE}"
        return
    for outlet in comebacks.outlets:
        if outlook := comebacks.outlook(history, outlet, post_id):
            yield f"On {outlet.name}: {_next(outlook, outlet.timetable.zone, now)}"


def _next(outlook: Outlook, zone: str, now: datetime) -> str:
    turn, waits_for = outlook.turn, outlook.waits_for
    rules = turn.rotation.rules
    if waits_for:
        day = f"{local(waits_for.due_at, zone):%Y-%m-%d}"
        if waits_for.state is State.SCHEDULED:
            return f"run {waits_for.run} of {rules.max_runs} is planned for {day}."
        return f"nothing more before its run of {day} is decided about; it is {waits_for.state.value}."
    found = next_run(rules, turn.past, after=now, zone=zone)
    if isinstance(found, datetime) and (why_not := outlook.why_never):
        found = why_not
    if isinstance(found, str):
        return f"never again. {found}"
    last = f"{local(max(turn.runs), zone):%Y-%m-%d}"
    return (
        f"run {len(turn.runs) + 1} of {rules.max_runs} from {local(found, zone):%Y-%m-%d} on, the last was on {last}."
    )
