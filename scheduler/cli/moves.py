"""What a plan moves and says of campaigns, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.cli.common import count
from scheduler.domain.slots import at_instant
from scheduler.usecases.plan import Move, Plan


def lines(plan: Plan, zone: str, *, done: bool) -> Iterator[str]:
    """Each move, and the notes."""
    goes = [move for move in plan.moves if move.slot]
    if goes:
        moved = "Moved" if done else "Would move"
        yield f"{moved} {count(len(goes), 'delivery', 'deliveries')} of campaigns, none of them announced:"
    for move in goes:
        was = at_instant(move.booking.due_at, zone).said
        yield f"  {move.booking.code} on {move.booking.channel}: {was} → {move.slot.said if move.slot else was}"
    yield from plan.notes


def as_lists(plan: Plan) -> dict[str, Any]:
    """The same as data; one that stays where it is and only changes its campaign is no move."""
    return {"moved": [_moved(move) for move in plan.moves if move.slot], "notes": plan.notes}


def _moved(move: Move) -> dict[str, Any]:
    return {
        "code": move.booking.code,
        "post": move.booking.post_id,
        "channel": move.booking.channel,
        "campaign": move.campaign or None,
        "from": move.booking.due_at,
        "due_at": move.slot.due_at if move.slot else None,
        "wall_time": move.slot.wall_time if move.slot else None,
        "reason": move.words,
    }
