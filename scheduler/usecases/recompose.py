"""Deliveries that are still to come follow their post when its article changes; what is out stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.delivery import Delivery, State
from scheduler.domain.errors import DoesNotFit, NotFound
from scheduler.domain.fatigue import WITHDRAWN
from scheduler.domain.revision import PostRevision, SourceRule, of_source, waits
from scheduler.domain.transitions import cancel, edited, hold, release
from scheduler.usecases.plan import Candidate, Offices, Outlet, asked_for, compose_for, outlet_of

HELD = "The article changed: "
"""How the words of a delivery begin that is held because of it, and goes on when the reason goes."""
OUT_ELSEWHERE = "its post is out elsewhere, and a post says one thing only."
CHANGED = "its post changed."
NOT_ASKED = "it doesn't go to this channel any more."
GONE = "it no longer says this."
OTHER_PARTS = "its thread has another number of parts. Cancel it, and give its row a new id."
BLOCKED = "a finding blocks its post."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomposer:
    """What composing needs."""

    outlets: Sequence[Outlet]
    offices: Offices

    def steps(
        self, change: PostRevision, before: Candidate, after: Candidate, now: datetime
    ) -> tuple[tuple[Delivery, Delivery], ...]:
        """Each delivery that moves, and where to; both candidates with the article of their time."""
        pairs = ((one, self._moved(one, change, before, after, now)) for one in change.deliveries if waits(one))
        return tuple((one, moved) for one, moved in pairs if moved != one)

    def _moved(
        self, delivery: Delivery, change: PostRevision, before: Candidate, after: Candidate, now: datetime
    ) -> Delivery:
        rules = {finding.rule for finding in of_source(after.post)}
        if SourceRule.OUT in rules:
            return _held(delivery, OUT_ELSEWHERE)
        if len(before.post.parts) != len(after.post.parts):
            return _held(delivery, OTHER_PARTS)
        fresh = self._composed(delivery, after)
        if isinstance(fresh, str):
            return _held(delivery, fresh)
        old = self._composed(delivery, before)
        card = after.post.card
        if fresh != old or change.before.card != card:
            if delivery.run > 1:
                return cancel(delivery, f"{WITHDRAWN}{CHANGED}")
            delivery = edited(delivery, text=fresh[0], link=fresh[1], card=card)
        delivery = replace(delivery, article=after.article.title)
        reason = _reason(delivery, after)
        return _held(delivery, reason) if reason else _let_go(delivery, now)

    def _composed(self, delivery: Delivery, candidate: Candidate) -> tuple[str, str] | str:
        """Text and link, or in words why there are none."""
        try:
            outlet = outlet_of(self.outlets, delivery.channel)
            with_link = bool(delivery.link)
            composed, link = compose_for(
                candidate,
                outlet,
                offices=self.offices,
                code=delivery.code,
                with_link=with_link,
                part=delivery.part,
            )
        except (DoesNotFit, NotFound) as error:
            return error.message
        return composed.text, link


def _reason(delivery: Delivery, candidate: Candidate) -> str:
    """Why a delivery has to stay back, empty when it needn't."""
    post = candidate.post
    if not asked_for(post, candidate.article, delivery.channel):
        return NOT_ASKED
    if post.blocked:
        return GONE if any(one.rule == SourceRule.GONE for one in of_source(post)) else BLOCKED
    return f"its post has no card: {post.card_refusal}" if post.card_refusal else ""


def _held(delivery: Delivery, reason: str) -> Delivery:
    """A person's own hold, and its words, stay."""
    if delivery.state is State.SCHEDULED:
        return hold(delivery, f"{HELD}{reason}")
    return replace(delivery, words=f"{HELD}{reason}") if delivery.words.startswith(HELD) else delivery


def _let_go(delivery: Delivery, now: datetime) -> Delivery:
    """What was held for the article alone takes its slot again; one that has passed is for a person to release."""
    if delivery.state is not State.HELD or not delivery.words.startswith(HELD):
        return delivery
    if delivery.due_at <= now:
        return replace(delivery, words=f"{HELD}the reason is gone, but so is its time. Release it, or cancel it.")
    return release(delivery, delivery.promise)
