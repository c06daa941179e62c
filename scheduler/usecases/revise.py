"""An edited article: posts that aren't out yet follow it, those that are out are flagged, none is made twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.article import Article, Cut, ExcerptKind
from scheduler.domain.card import CardRequest
from scheduler.domain.delivery import Delivery
from scheduler.domain.likeness import meaning, says_the_same
from scheduler.domain.post import Post
from scheduler.domain.revision import Effect, PostRevision, Revision, is_stale
from scheduler.ports import Painter
from scheduler.usecases.dressing import dressed
from scheduler.usecases.follow import Follower
from scheduler.usecases.illustrate import paint_all, with_card
from scheduler.usecases.ingest import announced, draft, suitable, wanted_posts
from scheduler.usecases.plan import Candidate
from scheduler.usecases.recompose import Recomposer
from scheduler.usecases.trace import traced


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """An article as it is stored, with its posts and all their deliveries; `others` are the posts of other articles."""

    article_id: int
    article: Article
    posts: Sequence[Post]
    deliveries: Sequence[Delivery]
    others: Sequence[Post] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviser:
    """Everything that following an article needs."""

    follower: Follower
    recomposer: Recomposer
    card_of: Callable[[Post, Article], CardRequest]

    def revision(self, present: Present, article: Article, cut: Cut, *, digest: str, now: datetime) -> Revision:
        """What `article` does to what is there. Nothing is painted: a card that has to be made anew is None."""
        traces = traced(present.posts, present.article, article, cut)
        changes = []
        for post in present.posts:
            deliveries = tuple(one for one in present.deliveries if one.post_id == post.id)
            changes.append(self.follower.follow(post, traces[post.id], deliveries, present.article, article))
        revision = Revision(
            article_id=present.article_id,
            before=present.article,
            after=article,
            digest=digest,
            posts=tuple(changes),
            added=self._dressed(tuple(self._added(changes, present, article, cut)), changes, article),
        )
        return self._with_steps(revision, now)

    def painted(self, revision: Revision, painter: Painter, *, now: datetime) -> Revision:
        """With the cards that it asks for, or with why there are none."""
        bare = [one.after for one in revision.posts if one.after.card is None and one.before.card]
        results = paint_all(painter, [self.card_of(post, revision.after) for post in bare])
        painted = {post.id: with_card(post, result) for post, result in zip(bare, results, strict=True)}
        posts = tuple(replace(one, after=painted.get(one.after.id, one.after)) for one in revision.posts)
        return self._with_steps(replace(revision, posts=posts), now)

    def _with_steps(self, revision: Revision, now: datetime) -> Revision:
        return replace(revision, posts=tuple(self._stepped(one, revision, now) for one in revision.posts))

    def _stepped(self, change: PostRevision, revision: Revision, now: datetime) -> PostRevision:
        before = Candidate(post=change.before, article=revision.before)
        after = Candidate(post=change.after, article=revision.after)
        steps = self.recomposer.steps(change, before, after, now)
        effect = Effect.COMPOSED if steps and change.effect is Effect.KEPT else change.effect
        return replace(change, steps=steps, effect=effect)

    def _dressed(self, added: tuple[Post, ...], changes: Sequence[PostRevision], article: Article) -> tuple[Post, ...]:
        campaign = self.follower.taste.campaign_of(article)
        return dressed(added, campaign, before=[change.after for change in changes]) if campaign else added

    def _added(self, changes: Sequence[PostRevision], present: Present, article: Article, cut: Cut) -> Iterator[Post]:
        """Up to the number wanted, from what no post says yet; what is held back makes room, but is not said again."""
        posts = [change.after for change in changes]
        taste = self.follower.taste
        wanted, cut = wanted_posts(article, taste), suitable(cut, taste.campaign_of(article))
        room = wanted - sum(not post.blocked for post in posts)
        if room <= 0:
            return
        placed = [post.excerpt for post in posts if not is_stale(post)]
        said = [meaning(words) for post in (*posts, *present.others) for words in {post.words, post.excerpt.words}]
        has_one = any(post.excerpt.kind is ExcerptKind.ARTICLE for post in posts)
        for excerpt in (*cut.excerpts, *(() if has_one else announced(cut, wanted))):
            means = meaning(excerpt.words)
            if any(excerpt.overlaps(other) for other in placed) or any(says_the_same(means, other) for other in said):
                continue
            post = draft(excerpt, article, check=self.follower.check, taste=self.follower.taste)
            yield post
            placed.append(excerpt)
            said.append(means)
            room -= not post.blocked
            if room <= 0:
                return
