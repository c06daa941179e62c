"""What is decided about a thread's first part goes for those after it: they are changed along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.domain.change import Change
from scheduler.domain.thread import along
from scheduler.ports import Deliveries
from scheduler.usecases.change import Verdict
from scheduler.usecases.select import Chosen


def heads(chosen: Chosen) -> Chosen:
    """Without parts whose parent is chosen, too: what becomes of that becomes of them."""
    codes = {one.code for one in chosen.deliveries}
    return replace(chosen, deliveries=tuple(one for one in chosen.deliveries if one.parent not in codes))


def with_parts(verdict: Verdict, chosen: Chosen, deliveries: Deliveries) -> Verdict:
    """The changes, each followed by those of the later parts of its thread."""
    changes = (one for change in verdict.changes for one in _with_its_own(change, chosen, deliveries))
    return replace(verdict, changes=tuple(changes))


def _with_its_own(change: Change, chosen: Chosen, deliveries: Deliveries) -> Iterator[Change]:
    yield change
    if len(chosen.posts[change.before.post_id].parts) > 1:
        of_post = deliveries.select(post_id=change.before.post_id)
        for before, after in along(change.before, change.after, of_post):
            yield Change(before=before, steps=(after,), what=change.what)
