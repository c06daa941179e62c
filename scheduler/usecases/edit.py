"""A person changes posts: each is checked, painted and composed anew as one, or nothing of it is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import CardRequest, PaintedCard, RefusedCard
from scheduler.domain.change import Edit
from scheduler.domain.delivery import LIVE, Delivery, State
from scheduler.domain.errors import DoesNotFit, NotAllowedNow, QuotidianError, TimeUnusable
from scheduler.domain.fatigue import WITHDRAWN
from scheduler.domain.fitting import misfit
from scheduler.domain.post import Post
from scheduler.domain.readymade import NO_LINK
from scheduler.domain.revision import gravest_first, of_source
from scheduler.domain.transitions import cancel, edited, hold
from scheduler.ports import Edits
from scheduler.usecases.checking import checked
from scheduler.usecases.decide import named
from scheduler.usecases.illustrate import BATCH, paint_each, with_card
from scheduler.usecases.intake import Intake
from scheduler.usecases.openings import expires_at
from scheduler.usecases.plan import Candidate, Outlet, asked_for, compose_for, first_code, outlet_of
from scheduler.usecases.wishes import Wishes, says_other, told, unapproved

BLOCKED = "A finding blocks its post's new words."
OVER = frozenset({State.PUBLISHED, State.CANCELLED})
Step = tuple[Delivery, Delivery]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A post as it is and as it is wanted, what it says on each of its live deliveries, by code, and its article."""

    before: Post
    after: Post
    article: Article
    live: Sequence[Delivery]
    texts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Everything that changing posts needs; `zone` is the brand's. No yes outlives the words that it was said to."""

    intake: Intake
    edits: Edits
    zone: str = "Etc/UTC"

    def edit(self, post: Post, *, words: str, hashtags: tuple[str, ...], who: str, now: datetime) -> Post:
        """The post with these words and hashtags, as `edit_all`. Raises what stands against it."""
        done, refused = self.edit_all([post], Wishes(words=words, hashtags=hashtags), who=who, now=now)
        for error in refused:
            raise error
        return done[0] if done else post

    def edit_all(
        self, posts: Sequence[Post], wishes: Wishes, *, who: str, now: datetime
    ) -> tuple[list[Post], list[QuotidianError]]:
        """The posts that are others now, their yes void, their deliveries composed anew; then plans what it may.

        What is refused stays as it is: NotAllowedNow when all is over, or one of its deliveries is on its way or may
        be out there; DoesNotFit, CardRefused, TimeUnusable, NotFound.
        """
        who = named(who)
        drafts, refused = self.look(posts, wishes, now=now)
        edits: list[Edit] = []
        for draft, refusal in self._painted(drafts):
            try:
                if refusal:
                    raise refusal.error
                edits.append(self._edit(draft, who, now))
            except QuotidianError as error:
                refused.append(_placed(error, draft.before) if len(posts) > 1 else error)
        written = self.edits.write_all(edits)
        done = [edit.after for edit, good in zip(edits, written, strict=True) if good]
        refused += [_changed(edit.before) for edit, good in zip(edits, written, strict=True) if not good]
        done = [self.intake.approve_unflagged(post, now) for post in done]
        if done:
            self.intake.schedule(who=who, now=now)
        return done, refused

    def look(self, posts: Sequence[Post], wishes: Wishes, *, now: datetime) -> tuple[list[Draft], list[QuotidianError]]:
        """What would become of the posts that would change, but for their cards, and what stands against others."""
        drafts: list[Draft] = []
        refused: list[QuotidianError] = []
        articles: dict[int, Article] = {}
        for post in posts:
            wanted = wishes.on(post)
            if wanted == post:
                continue
            if post.article_id not in articles:
                articles[post.article_id] = self.intake.library.article(post.article_id)
            try:
                drafts.append(self._draft(post, wanted, articles[post.article_id], now))
            except QuotidianError as error:
                refused.append(_placed(error, post) if len(posts) > 1 else error)
        return drafts, refused

    def _draft(self, post: Post, wanted: Post, article: Article, now: datetime) -> Draft:
        _refuse_other_parts(post, wanted)
        own = self.intake.deliveries.select(post_id=post.id)
        unplanned = self._unplanned(post, article, own)
        if own and not unplanned and all(one.state in OVER for one in own):
            hint = f"`quotidian show {post.id}` tells what became of it."
            raise NotAllowedNow(f"No delivery of post {post.id} is still to come.", hint=hint)
        live = [one for one in own if one.state in LIVE]
        if post.expires != wanted.expires:
            _refuse_too_soon(wanted, self.zone, live, now)
        if not says_other(post, wanted):
            return Draft(before=post, after=wanted, article=article, live=(), texts={})
        wanted = self._checked(post, wanted, article)
        candidate = Candidate(post=wanted, article=article)
        regained = post.link == NO_LINK != wanted.link
        texts = {
            one.code: self._text(
                candidate,
                outlet_of(self.intake.outlets, one.channel),
                code=one.code,
                with_link=bool(one.link) or regained,
                part=one.part,
            )
            for one in live
        }
        self._refuse_to_lose_a_channel(post, wanted, article, unplanned)
        return Draft(before=post, after=wanted, article=article, live=live, texts=texts)

    def _checked(self, post: Post, wanted: Post, article: Article) -> Post:
        if wanted.words != post.words:
            found = checked(self.intake.check, post.excerpt, article, wanted.words)
            wanted = replace(wanted, findings=gravest_first([*of_source(post), *found]))
        return replace(unapproved(wanted), card=self._card(post, wanted, article))

    def _card(self, post: Post, wanted: Post, article: Article) -> PaintedCard | None:
        """The one it has, if it looks the same; None where another has to be painted."""
        own_alt_is_gone = bool(post.alt_text) and not wanted.alt_text
        is_given = post.ready is not None and bool(post.ready.picture) and post.own.template == wanted.own.template
        same = is_given or self.intake.card_of(post, article) == self.intake.card_of(wanted, article)
        if post.card is None or not same or own_alt_is_gone:
            return None
        return replace(post.card, alt_text=wanted.alt_text) if wanted.alt_text else post.card

    def _painted(self, drafts: Sequence[Draft]) -> Iterator[tuple[Draft, RefusedCard | None]]:
        """With cards for their words, many painted by one child; those that can't be set, with the reason."""
        for start in range(0, len(drafts), BATCH):
            batch = drafts[start : start + BATCH]
            bare = [draft for draft in batch if draft.after.lacks_card]
            results = paint_each(self.intake.painter, [self._request(draft) for draft in bare]) if bare else ()
            painted = {id(draft): result for draft, result in zip(bare, results, strict=True)}
            for draft in batch:
                result = painted.get(id(draft))
                if isinstance(result, RefusedCard):
                    yield draft, result
                else:
                    yield replace(draft, after=with_card(draft.after, result)) if result else draft, None

    def _request(self, draft: Draft) -> CardRequest:
        return self.intake.card_of(draft.after, draft.article)

    def _edit(self, draft: Draft, who: str, now: datetime) -> Edit:
        before, after = draft.before, draft.after
        steps = [step for delivery in draft.live for step in self._steps(delivery, after, *draft.texts[delivery.code])]
        entry = AuditEntry(at=now, who=who, what=told(before, after), subject=f"post {before.id}")
        return Edit(before=before, after=after, steps=tuple(steps), entry=entry)

    def _steps(self, delivery: Delivery, post: Post, text: str, link: str) -> Iterator[Step]:
        """Recomposed where it stands; nothing blocked stays scheduled, and no later run says what the first doesn't."""
        try:
            again = edited(delivery, text=text, link=link, card=post.card)
        except NotAllowedNow as error:
            error.path = f"delivery {delivery.code}"
            raise
        if post.card and (reason := misfit(post.card, outlet_of(self.intake.outlets, delivery.channel).capabilities)):
            raise DoesNotFit(reason, hint="Choose another.", path=f"channel {delivery.channel}")
        if delivery.run > 1:
            yield delivery, cancel(delivery, f"{WITHDRAWN}its post was edited.")
            return
        yield delivery, again
        if post.blocked and again.state is State.SCHEDULED:
            yield again, hold(again, BLOCKED)

    def _text(
        self, candidate: Candidate, outlet: Outlet, *, code: str, with_link: bool, part: int = 0
    ) -> tuple[str, str]:
        """Raises DoesNotFit."""
        offices = self.intake.offices
        try:
            composed, link = compose_for(candidate, outlet, offices=offices, code=code, with_link=with_link, part=part)
        except DoesNotFit as error:
            error.path = f"channel {outlet.name}"
            raise
        return composed.text, link

    def _refuse_to_lose_a_channel(
        self, post: Post, wanted: Post, article: Article, unplanned: Sequence[Outlet]
    ) -> None:
        """What fits a channel before it is planned there still has to fit afterwards. Raises DoesNotFit."""
        before, after = (Candidate(post=one, article=article) for one in (post, wanted))
        for outlet in unplanned:
            code, with_link = first_code(after, outlet), outlet.link_rule.gives(0)
            if self._fits(before, outlet, code=code, with_link=with_link):
                self._text(after, outlet, code=code, with_link=with_link)

    def _unplanned(self, post: Post, article: Article, own: Sequence[Delivery]) -> list[Outlet]:
        served = {delivery.channel for delivery in own}
        return [one for one in self.intake.outlets if one.name not in served and asked_for(post, article, one.name)]

    def _fits(self, candidate: Candidate, outlet: Outlet, *, code: str, with_link: bool) -> bool:
        try:
            self._text(candidate, outlet, code=code, with_link=with_link)
        except DoesNotFit:
            return False
        return True


def _refuse_too_soon(post: Post, zone: str, live: Sequence[Delivery], now: datetime) -> None:
    end = expires_at(post, zone)
    if end is None:
        return
    if end <= now:
        raise TimeUnusable("This expiry has passed.", hint="Name a later time, or cancel the post.")
    late = next((one for one in live if one.due_at > end), None)
    if late:
        words = f"It would expire before {late.promise.said}, when {late.code} goes out on {late.channel}."
        raise NotAllowedNow(words, hint=f"Move that first: `quotidian move {late.code} WHEN`.")


def _placed(error: QuotidianError, post: Post) -> QuotidianError:
    error.path = f"post {post.id}{f', {error.path}' if error.path else ''}"
    return error


def _refuse_other_parts(before: Post, after: Post) -> None:
    if len(before.parts) != len(after.parts):
        hint = "Write as many parts as it has, or cancel it and queue it as a new row."
        raise NotAllowedNow(f"It has {len(before.parts)} parts, and your words have {len(after.parts)}.", hint=hint)


def _changed(post: Post) -> NotAllowedNow:
    return NotAllowedNow(
        f"Post {post.id} changed while you were editing.", hint="Look again, then edit.", path=f"post {post.id}"
    )
