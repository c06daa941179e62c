"""Gives posts their place on a channel: each is composed, or left out with the reason, before a time is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.domain.composing import Composed
from scheduler.domain.errors import DoesNotFit
from scheduler.domain.fitting import misfit
from scheduler.domain.post import Post
from scheduler.domain.revision import is_stale
from scheduler.domain.slots import SlotTime
from scheduler.domain.thread import beside, refuse_thread
from scheduler.domain.wording import wording
from scheduler.usecases.openings import Reason
from scheduler.usecases.plan import (
    Candidate,
    LeftOut,
    Offices,
    Outlet,
    Planned,
    compose_for,
    delivery_of,
    free_code,
    price_of,
)

Part = tuple[str, Composed, str]
"""Code, text and link of one delivery to be."""


@dataclass(slots=True, kw_only=True)
class Placer:
    """Composes posts for one channel; `codes` are those taken anywhere, `number` counts the channel's deliveries, for
    its link rule; both grow. `said` are texts that it has, as domain.wording, each with the code of who says it."""

    outlet: Outlet
    offices: Offices
    codes: set[str]
    number: int
    said: Mapping[int, str] = field(default_factory=dict)

    def place(self, candidate: Candidate, seat: Callable[[Post], SlotTime | Reason]) -> Planned | LeftOut:
        """The post at the time that `seat` gives it, which is asked only when it can be composed."""
        post, outlet = candidate.post, self.outlet
        if reason := unfit(post, outlet):
            return left_out(post, outlet, *reason)
        try:
            parts = self._parts(candidate)
        except DoesNotFit as error:
            return left_out(post, outlet, error.message, error.hint)
        if twin := self._twin(parts):
            return left_out(post, outlet, f"It says there what {twin} says, word for word.", "Change a word of it.")
        slot_time = seat(post)
        if not isinstance(slot_time, SlotTime):
            return left_out(post, outlet, *slot_time)
        self.codes.update(code for code, _, _ in parts)
        self.number += 1
        first, *answers = _planned(candidate, outlet, parts, slot_time)
        return replace(first, answers=tuple(answers))

    def _parts(self, candidate: Candidate) -> list[Part]:
        post, outlet, codes = candidate.post, self.outlet, set(self.codes)
        refuse_thread(post.parts, network=outlet.network, takes=outlet.capabilities.threads)
        with_link = outlet.link_rule.gives(self.number)
        parts: list[Part] = []
        for part in range(len(post.parts)):
            code = free_code(candidate, outlet, codes)
            composed = compose_for(candidate, outlet, offices=self.offices, code=code, with_link=with_link, part=part)
            parts.append((code, *composed))
            codes.add(code)
        return parts

    def _twin(self, parts: Sequence[Part]) -> str:
        """The code of another delivery that says what one of the parts says."""
        if not self.said:
            return ""
        twins = ((self.said.get(wording(composed.text, link), code), code) for code, composed, link in parts)
        return next((twin for twin, code in twins if twin != code), "")


def unfit(post: Post, outlet: Outlet) -> Reason | None:
    """Why a post can't go to a channel, and a way out."""
    if post.blocked:
        return "A finding blocks it.", f"`quotidian show {post.id}` tells which."
    if is_stale(post):
        return "Its article changed after it went out elsewhere.", ""
    if post.card_refusal:
        return f"It has no card: {post.card_refusal}", ""
    if post.card and (reason := misfit(post.card, outlet.capabilities)):
        return reason, "With CARD_FORMAT=auto new posts get cards that every channel takes."
    return None


def _planned(candidate: Candidate, outlet: Outlet, parts: Sequence[Part], slot_time: SlotTime) -> Iterator[Planned]:
    """One delivery a part, each the answer to the one before; the card belongs to the first."""
    post, parent = candidate.post, ""
    for part, (code, composed, link) in enumerate(parts):
        delivery = delivery_of(candidate, outlet, composed, code, link, beside(slot_time, part))
        if part:
            delivery = replace(delivery, parent=parent, part=part, alt_text="", card_path="", card_sha256="")
        has_card = part == 0 and (post.card is not None or post.lacks_card)
        price = price_of(outlet, composed.text, link, has_card=has_card, day=slot_time.due_at.date())
        yield Planned(post=post, composed=composed, delivery=delivery, cost_usd=price.usd)
        parent = code


def left_out(post: Post, outlet: Outlet, reason: str, hint: str) -> LeftOut:
    """What is told of it."""
    return LeftOut(post=post, channel=outlet.name, reason=reason, hint=hint)
