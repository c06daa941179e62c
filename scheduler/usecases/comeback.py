"""One run of a post that comes again: composed in a wording that its account never had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from scheduler.domain.composing import Composed
from scheduler.domain.errors import DoesNotFit
from scheduler.domain.fatigue import Perennial
from scheduler.domain.fitting import misfit
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime
from scheduler.domain.wording import wording
from scheduler.ports import Library, Posts
from scheduler.usecases.openings import expires_at
from scheduler.usecases.plan import (
    Candidate,
    Offices,
    Outlet,
    Planned,
    asked_for,
    compose_for,
    delivery_of,
    first_code,
    free_code,
    price_of,
)
from scheduler.usecases.rotation import Again
from scheduler.usecases.turns import Turn

USED_UP = "Every wording of it is used up."
EXPIRES = "It expires."
ELSEWHERE = "It doesn't go to this channel any more."
THREAD = "It is a thread."


Wording = tuple[Post, Composed, str]
"""A post as it looks, its text, and its link, which may be empty."""


@dataclass(slots=True, kw_only=True)
class Filling:
    """One channel's slots while they are filled. `number` counts the channel's deliveries, for its link rule, `said`
    are texts that it has, as domain.wording; both grow."""

    said: set[int]
    posts: Posts
    library: Library
    offices: Offices
    outlet: Outlet
    codes: set[str]
    number: int
    planned: list[Planned] = field(default_factory=list)
    _candidates: dict[int, Candidate] = field(default_factory=dict)

    def why_never(self, turn: Turn) -> str:
        """Why a post never comes again, whatever slots there are, as a sentence; empty when it may."""
        candidate = self._candidate(turn.perennial)
        found = self._next(candidate, turn, first_code(candidate, self.outlet))
        return found if isinstance(found, str) else ""

    def fill(self, slot_time: SlotTime, turn: Turn) -> str:
        """Plans a post's next run into the slot; or says why it never comes again."""
        candidate = self._candidate(turn.perennial)
        expiry = expires_at(candidate.post, self.outlet.timetable.zone)
        if expiry and slot_time.due_at > expiry:
            return EXPIRES
        code = free_code(candidate, self.outlet, self.codes)
        found = self._next(candidate, turn, code)
        if isinstance(found, str):
            return found
        look, composed, link = found
        delivery = delivery_of(candidate, self.outlet, composed, code, link, slot_time)
        has_card, day = candidate.post.card is not None, slot_time.due_at.date()
        price = price_of(self.outlet, composed.text, link, has_card=has_card, day=day)
        self.planned.append(
            Planned(
                post=candidate.post,
                delivery=replace(delivery, run=len(turn.runs) + 1, campaign=turn.rotation.campaign),
                composed=composed,
                cost_usd=price.usd,
                again=Again(look=look, last=max(turn.runs), most=turn.rotation.rules.max_runs),
            )
        )
        self.codes.add(code)
        self.said.add(wording(composed.text, link))
        self.number += 1
        return ""

    def _next(self, candidate: Candidate, turn: Turn, code: str) -> Wording | str:
        """What it says next; or why it says nothing any more."""
        if not asked_for(candidate.post, candidate.article, self.outlet.name):
            return ELSEWHERE
        if len(candidate.post.parts) > 1:
            return THREAD
        card = candidate.post.card
        reason = misfit(card, self.outlet.capabilities) if card else ""
        return reason or next(self._unsaid(candidate, turn, code), USED_UP)

    def _unsaid(self, candidate: Candidate, turn: Turn, code: str) -> Iterator[Wording]:
        """The wordings that are left, the one whose turn it is first."""
        compose = partial(compose_for, outlet=self.outlet, offices=self.offices, code=code)
        with_link = self.outlet.link_rule.gives(self.number)
        for look in turn.rotation.variants(candidate.post, len(turn.runs) + 1):
            try:
                composed, link = compose(replace(candidate, post=look), with_link=with_link)
            except DoesNotFit:
                continue
            if wording(composed.text, link) not in self.said:
                yield look, composed, link

    def _candidate(self, perennial: Perennial) -> Candidate:
        """Read with all posts of its article, whose turns come too."""
        if perennial.post_id not in self._candidates:
            article = self.library.article(perennial.article_id)
            for post in self.posts.of(perennial.article_id):
                self._candidates[post.id] = Candidate(post=post, article=article)
        return self._candidates[perennial.post_id]
