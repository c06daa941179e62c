"""Campaigns beside the calendar as it stands: what belongs elsewhere by now, and carrying out what a plan moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.campaign import OUT, Belonging, Campaigns
from scheduler.domain.change import Change
from scheduler.domain.delivery import Booking, Delivery, State
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.post import Post
from scheduler.domain.transitions import moved
from scheduler.ports import Belongings, Calendar, Changes, Deliveries, Pauses, Posts
from scheduler.usecases.plan import Candidate, Move, Outlet
from scheduler.usecases.spread import take_up

MANY = 200
"""From so many moves on, all that is scheduled is read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaigner:
    """Everything that re-planning needs."""

    campaigns: Campaigns
    belongings: Belongings
    posts: Posts
    deliveries: Deliveries
    changes: Changes
    calendar: Calendar
    outlets: Callable[[], Sequence[Outlet]]

    def astray(self, *, now: datetime) -> set[int]:
        """The articles of which something was planned by another campaign than it has now."""
        found = self.belongings.belongings(after=now)
        return {one.article_id for one in found if self._is_astray(one)}

    def standing(self, candidates: Iterable[Candidate]) -> Mapping[int, Post]:
        """The posts that candidates of campaigns may come to stand beside, by number; none without such."""
        if any(self.campaigns.name_of(one.post, one.article) for one in candidates):
            return {post.id: post for post in self.posts.each()}
        return {}

    def carry_out(self, moves: Sequence[Move], *, who: str, now: datetime) -> None:
        """Moves what a plan moves. Raises NotAllowedNow when something moved on meanwhile."""
        if not moves:
            return
        before = self._read([move.booking.code for move in moves])
        changes = [_change(before[move.booking.code], move) for move in moves if move.booking.code in before]
        if len(changes) < len(moves) or self.changes.write(changes, who=who, now=now):
            raise NotAllowedNow("A delivery moved on while it was planned.", hint="Plan again.")

    def take_up(self, campaign: str, *, who: str, now: datetime) -> int:
        """Gives what fell due in a paused campaign free slots, gently: as if it were to be placed anew; how many.

        To be called before the pause ends, so that none of it goes out in between.
        """
        moves: list[Move] = []
        known = None
        for outlet in self.outlets():
            own = self.calendar.bookings(channel=outlet.name)
            due = {one.code for one in own if one.campaign == campaign and _is_due(one, now)}
            due -= {code for code in due if self.deliveries.get(code).sent_at}
            if due:
                known = known or {post.id: post for post in self.posts.each()}
                moves += take_up(outlet, due, own=own, posts=known, campaigns=self.campaigns, now=now)
        self.carry_out(moves, who=who, now=now)
        return len(moves)

    def take_up_over(self, pauses: Pauses, *, who: str, now: datetime) -> None:
        """The same for every campaign whose pause ends now by itself."""
        for name, pause in pauses.campaigns().items():
            if pause.until is not None and pause.until <= now:
                self.take_up(name, who=who, now=now)

    def _read(self, codes: Sequence[str]) -> Mapping[str, Delivery]:
        if len(codes) < MANY:
            return {code: self.deliveries.get(code) for code in codes}
        return {one.code: one for one in self.deliveries.select(states={State.SCHEDULED})}

    def _is_astray(self, one: Belonging) -> bool:
        name = one.asks or ("" if one.is_ready_made else self.campaigns.everybody)
        if name in ("", OUT):
            return bool(one.campaign)
        campaign = self.campaigns.known.get(name)
        return campaign is not None and (one.campaign, one.shape) != (name, campaign.shape)


def _change(before: Delivery, move: Move) -> Change:
    after = moved(before, move.slot) if move.slot else before
    after = replace(after, campaign=move.campaign, shape=move.shape)
    if move.slot:
        what = f"moved it from {before.promise.said} to {move.slot.said}: {move.words}"
    else:
        what = f"it follows {move.campaign} as that is now" if move.campaign else f"it left {before.campaign}"
    return Change(before=before, steps=(after,), what=what)


def _is_due(booking: Booking, now: datetime) -> bool:
    return booking.state is State.SCHEDULED and booking.due_at <= now
