"""Deliveries that go on after all: released or tried again, in free slots, saying what their posts say now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.article import Article
from scheduler.domain.change import Change
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import DoesNotFit, QuotidianError
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime
from scheduler.domain.transitions import at, edited
from scheduler.usecases.change import Verdict, each
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Candidate, compose_for, outlet_of
from scheduler.usecases.seats import Pick, Seats, TimetableOf, seated
from scheduler.usecases.select import Chosen

Again = Callable[[Delivery, SlotTime], Delivery]
"""One of the acts of `domain.transitions` that take a slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewer:
    """Everything that going on needs."""

    intake: Intake
    timetable_of: TimetableOf

    def mended(self, chosen: Chosen, *, who: str, now: datetime) -> Chosen:
        """With cards for posts that lack one, as their look may be mended by now."""
        painted = self.intake.mended(list(chosen.posts.values()), who=who, now=now)
        return replace(chosen, posts={**chosen.posts, **painted})

    def again(self, act: Again, what: str, chosen: Chosen, *, now: datetime, pick: Pick = Seats.again) -> Verdict:
        """Each in a slot, saying what its post says now. What doesn't fit its channel any more stays as it is."""
        articles = {
            number: self.intake.library.article(number) for number in {one.article_id for one in chosen.posts.values()}
        }
        return self._seated(
            each(lambda one, post: self._anew(act(one, one.promise), one, post, articles, what))(chosen),
            chosen,
            now,
            pick,
        )

    def same_again(self, act: Again, what: str, chosen: Chosen, *, now: datetime) -> Verdict:
        """Each in a slot, saying what it said."""
        same = each(lambda one, _: Change(before=one, steps=(act(one, one.promise),), what=what))(chosen)
        return self._seated(same, chosen, now, Seats.again)

    def _seated(self, verdict: Verdict, chosen: Chosen, now: datetime, pick: Pick) -> Verdict:
        slots, stuck = seated(
            [change.before for change in verdict.changes],
            chosen.posts,
            pick,
            calendar=self.intake.calendar,
            timetable_of=self.timetable_of,
            now=now,
        )
        changes = [
            _into(change, slots[change.before.code]) for change in verdict.changes if change.before.code in slots
        ]
        late: list[QuotidianError] = list(stuck.values())
        return Verdict(changes=tuple(changes), refused=(*verdict.refused, *late))

    def _anew(
        self, again: Delivery, delivery: Delivery, post: Post, articles: Mapping[int, Article], what: str
    ) -> Change:
        if delivery.run > 1:
            # Its words are those of its run, which its post doesn't have.
            return Change(before=delivery, steps=(again,), what=what)
        outlet = outlet_of(self.intake.outlets, delivery.channel)
        try:
            composed, link = compose_for(
                Candidate(post=post, article=articles[post.article_id]),
                outlet,
                offices=self.intake.offices,
                code=delivery.code,
                with_link=bool(delivery.link),
                part=delivery.part,
            )
        except DoesNotFit as error:
            error.path = f"channel {outlet.name}"
            raise
        fresh = edited(again, text=composed.text, link=link, card=post.card)
        says_other = (fresh.text, fresh.card_sha256) != (again.text, again.card_sha256)
        steps = (again, fresh) if says_other else (again,)
        return Change(before=delivery, steps=steps, what=what, post=post)


def _into(change: Change, slot: SlotTime) -> Change:
    return replace(change, steps=tuple(at(step, slot) for step in change.steps))
