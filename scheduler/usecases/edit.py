"""A person changes what a post says: checked, painted and composed anew as one, or nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import RefusedCard
from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.errors import DoesNotFit, NotAllowedNow
from scheduler.domain.post import Post, PostStatus
from scheduler.domain.revision import gravest_first, of_source
from scheduler.domain.slots import SlotTime
from scheduler.domain.thread import along
from scheduler.domain.transitions import edited, hold, release, retry
from scheduler.ports import Edits
from scheduler.usecases.checking import checked
from scheduler.usecases.decide import named
from scheduler.usecases.illustrate import paint_each
from scheduler.usecases.intake import Intake
from scheduler.usecases.plan import Candidate, Outlet, asked_for, compose_for, first_code, outlet_of

BLOCKED = "A finding blocks its post's new words."
OVER = frozenset({State.PUBLISHED, State.CANCELLED})
Step = tuple[Delivery, Delivery]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Everything that changing words needs. No yes outlives the words that it was said to."""

    intake: Intake
    edits: Edits

    def edit(self, post: Post, *, words: str, hashtags: tuple[str, ...], who: str, now: datetime) -> Post:
        """The post with these words and hashtags, its yes void, its deliveries composed anew; then plans what it may.

        Raises NotAllowedNow when all is over, or one of its deliveries is on its way or may be out there; DoesNotFit,
        CardRefused. Then nothing has changed.
        """
        if (words, hashtags) == (post.words, post.hashtags):
            return post
        article = self.intake.library.article(post.article_id)
        self._refuse_what_is_over(post, article)
        _refuse_other_parts(post, replace(post, edited=words))
        wanted = self._reworded(post, article, words, hashtags)
        live = self.intake.deliveries.select(states=LIVE, post_id=post.id)
        texts = self._texts(Candidate(post=wanted, article=article), live)
        self._refuse_to_lose_a_channel(post, wanted, article)
        painted = self._painted(wanted)
        steps = [step for delivery in live for step in _steps(delivery, painted, *texts[delivery.code])]
        entry = AuditEntry(at=now, who=named(who), what=_told(post, painted), subject=f"post {post.id}")
        if not self.edits.write(post, painted, steps, entry):
            raise NotAllowedNow(f"Post {post.id} changed while you were editing.", hint="Look again, then edit.")
        self.intake.approve_unflagged(painted, now)
        self.intake.schedule(who=who, now=now)
        return self.intake.posts.get(post.id)

    def retry(self, delivery: Delivery, slot: SlotTime, *, who: str, now: datetime) -> Delivery:
        """A failed delivery into a slot, saying what its post says now. Raises NotAllowedNow, DoesNotFit."""
        return self._anew(delivery, retry(delivery, slot), "asked for another try", who=who, now=now)

    def release(self, delivery: Delivery, slot: SlotTime, *, who: str, now: datetime) -> Delivery:
        """A held delivery into a slot, saying what its post says now. Raises NotAllowedNow, DoesNotFit."""
        return self._anew(delivery, release(delivery, slot), "released it", who=who, now=now)

    def _anew(self, delivery: Delivery, again: Delivery, what: str, *, who: str, now: datetime) -> Delivery:
        post = self.intake.posts.get(delivery.post_id)
        post = self.intake.mended([post], who=who, now=now).get(post.id, post)
        candidate = Candidate(post=post, article=self.intake.library.article(post.article_id))
        parts = along(delivery, again, self.intake.deliveries.select(post_id=post.id))
        entry = AuditEntry(at=now, who=named(who), what=what, subject=f"delivery {delivery.code}")
        first = self._afresh(delivery, again, candidate)
        steps = [*first, *(step for part in parts for step in self._afresh(*part, candidate))]
        if not self.edits.write(post, post, steps, entry):
            raise NotAllowedNow(f"Delivery {delivery.code} moved on while you were deciding.", hint="Look again.")
        return first[-1][1]

    def _afresh(self, delivery: Delivery, again: Delivery, candidate: Candidate) -> list[Step]:
        """The payload of a failed delivery is fixed, so it is scheduled first; both in one transaction."""
        text, link = self._texts(candidate, [again])[again.code]
        fresh = edited(again, text=text, link=link, card=candidate.post.card)
        changed = (fresh.text, fresh.card_sha256) != (again.text, again.card_sha256)
        return [(delivery, again), (again, fresh)] if changed else [(delivery, again)]

    def _refuse_what_is_over(self, post: Post, article: Article) -> None:
        over = {delivery.state in OVER for delivery in self.intake.deliveries.select(post_id=post.id)}
        if over == {True} and not any(self._unplanned(post, article)):
            hint = f"`quotidian show {post.id}` tells what became of it."
            raise NotAllowedNow(f"No delivery of post {post.id} is still to come.", hint=hint)

    def _reworded(self, post: Post, article: Article, words: str, hashtags: tuple[str, ...]) -> Post:
        return replace(
            post,
            edited="" if words == post.excerpt.words else words,
            hashtags=hashtags,
            findings=gravest_first([*of_source(post), *checked(self.intake.check, post.excerpt, article, words)]),
            status=PostStatus.DRAFT if post.status is PostStatus.APPROVED else post.status,
            approval=None,
            card=post.card if words == post.words or (post.ready and post.ready.picture) else None,
        )

    def _texts(self, candidate: Candidate, deliveries: Iterable[Delivery]) -> dict[str, tuple[str, str]]:
        """The text and link of each delivery by its code. Raises DoesNotFit, NotFound."""
        return {
            delivery.code: self._text(
                candidate,
                outlet_of(self.intake.outlets, delivery.channel),
                code=delivery.code,
                with_link=bool(delivery.link),
                part=delivery.part,
            )
            for delivery in deliveries
        }

    def _text(
        self, candidate: Candidate, outlet: Outlet, *, code: str, with_link: bool, part: int = 0
    ) -> tuple[str, str]:
        offices = self.intake.offices
        try:
            composed, link = compose_for(candidate, outlet, offices=offices, code=code, with_link=with_link, part=part)
        except DoesNotFit as error:
            error.path = f"channel {outlet.name}"
            raise
        return composed.text, link

    def _refuse_to_lose_a_channel(self, post: Post, wanted: Post, article: Article) -> None:
        """What fits a channel before it is planned there still has to fit afterwards. Raises DoesNotFit."""
        before, after = (Candidate(post=one, article=article) for one in (post, wanted))
        for outlet in self._unplanned(post, article):
            code, with_link = first_code(after, outlet), outlet.link_rule.gives(0)
            if self._fits(before, outlet, code=code, with_link=with_link):
                self._text(after, outlet, code=code, with_link=with_link)

    def _unplanned(self, post: Post, article: Article) -> Iterator[Outlet]:
        served = {delivery.channel for delivery in self.intake.deliveries.select(post_id=post.id)}
        return (one for one in self.intake.outlets if one.name not in served and asked_for(post, article, one.name))

    def _fits(self, candidate: Candidate, outlet: Outlet, *, code: str, with_link: bool) -> bool:
        try:
            self._text(candidate, outlet, code=code, with_link=with_link)
        except DoesNotFit:
            return False
        return True

    def _painted(self, post: Post) -> Post:
        """With a card for its words. Raises CardRefused."""
        if not post.lacks_card:
            return post
        (result,) = paint_each(self.intake.painter, [self.intake.card_request(post)])
        if isinstance(result, RefusedCard):
            raise result.error
        return replace(post, card=result, card_refusal="")


def _refuse_other_parts(before: Post, after: Post) -> None:
    if len(before.parts) != len(after.parts):
        hint = "Write as many parts as it has, or cancel it and queue it as a new row."
        raise NotAllowedNow(f"It has {len(before.parts)} parts, and your words have {len(after.parts)}.", hint=hint)


def _steps(delivery: Delivery, post: Post, text: str, link: str) -> Iterator[Step]:
    """Recomposed where it stands; nothing blocked stays scheduled."""
    try:
        again = edited(delivery, text=text, link=link, card=post.card)
    except NotAllowedNow as error:
        error.path = f"delivery {delivery.code}"
        raise
    yield delivery, again
    if post.blocked and again.state is State.SCHEDULED:
        yield again, hold(again, BLOCKED)


def _told(before: Post, after: Post) -> str:
    words = f"the words from “{before.words}” to “{after.words}”" if after.words != before.words else ""
    tags = f"the hashtags to {' '.join(after.hashtags) or 'none'}" if after.hashtags != before.hashtags else ""
    return f"changed {' and '.join(part for part in (words, tags) if part)}"
