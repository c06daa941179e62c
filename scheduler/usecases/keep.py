"""Keeps what a look at a file found, and decides anew when somebody else was quicker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.article import Article, Cut
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.revision import Effect, Known, PostRevision, Revision
from scheduler.ports import Deliveries, Library, Painter, Posts, Revisions
from scheduler.usecases import ingest
from scheduler.usecases.ingest import Fate, Taken
from scheduler.usecases.revise import Present, Reviser

TRIES = 3
MOST = 0.5
"""This share of the posts of an article whose file is gone has to stand in a new file that takes its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Everything that keeping needs. `is_gone` says whether there is no file of this name any more."""

    library: Library
    posts: Posts
    deliveries: Deliveries
    revisions: Revisions
    reviser: Reviser
    painter: Painter
    is_gone: Callable[[str], bool]

    def revised(self, taken: Taken, *, now: datetime) -> Taken:
        """With what a changed article does to its posts as they are now; nothing is stored or painted."""
        if taken.fate not in (Fate.NEW, Fate.CHANGED) or taken.article is None or taken.cut is None:
            return taken
        known = self._present(taken.article)
        if known is None:
            return taken
        revision = self._revision(known, taken.article, taken.cut, digest=taken.digest, now=now)
        return replace(taken, fate=Fate.CHANGED, revision=revision, posts=revision.added)

    def _present(self, article: Article) -> Known | None:
        """What this is a version of: its source's article, or one whose file is gone while most that was cut from it
        stands here, as when a file was renamed and edited at once."""
        known = self.library.known()
        if article.source in known:
            return known[article.source]
        gone = {one.article_id: one for source, one in known.items() if self.is_gone(source)}
        stands: dict[int, list[bool]] = defaultdict(list)
        for post in self.posts.each() if gone else ():
            stands[post.article_id].append(post.excerpt.text in article.text)
        shares = {number: sum(stands[number]) / len(stands[number]) for number in gone if stands[number]}
        likeliest = max(shares, key=shares.__getitem__, default=None)
        return gone[likeliest] if likeliest is not None and shares[likeliest] >= MOST else None

    def keep(self, taken: Taken, *, who: str, now: datetime) -> Taken:
        """Stores it, all or nothing. Where that can't be now, it comes back refused with NotAllowedNow."""
        try:
            for _ in range(TRIES):
                if kept := self._kept(taken, who, now):
                    return kept
                taken = self.revised(self._again(taken), now=now)
        except NotAllowedNow as error:
            return _refused(taken, error)
        return _refused(taken, NotAllowedNow("Its posts changed while it was taken in.", hint="Queue it again."))

    def _kept(self, taken: Taken, who: str, now: datetime) -> Taken | None:
        """None when something moved meanwhile."""
        if taken.fate is Fate.NEW and taken.article:
            try:
                kept = ingest.store(taken, library=self.library, who=who, now=now)
            except NotAllowedNow:
                return None
            self._remember(taken.article, taken.digest)
            return kept
        if taken.fate is Fate.CHANGED:
            return self._revise(taken, who, now)
        if taken.fate is Fate.KNOWN and taken.article:
            self._remember(taken.article, taken.digest)
        return taken

    def _again(self, taken: Taken) -> Taken:
        if taken.article is None or taken.cut is None:
            return taken
        follower = self.reviser.follower
        known = self.library.known()
        again = ingest.decided(
            taken.name, taken.article, taken.cut, known=known, check=follower.check, taste=follower.taste
        )
        return replace(again, title=taken.title, digest=taken.digest)

    def _revise(self, taken: Taken, who: str, now: datetime) -> Taken | None:
        revised = self.revised(taken, now=now)
        revision = revised.revision
        if revision is None:
            return revised
        if revision.waits_for:
            hint = "Queue the file again in two minutes; a running worker does it by itself."
            raise NotAllowedNow("A post of this article is being sent this moment.", hint=hint, path=taken.name)
        painted = self.reviser.painted(revision, self.painter, now=now)
        numbers = self.revisions.write(painted, list(_entries(painted, taken.name, who, now)))
        if numbers is None:
            return None
        added = tuple(
            replace(post, id=number, article_id=painted.article_id)
            for number, post in zip(numbers, painted.added, strict=True)
        )
        return replace(revised, revision=replace(painted, added=added), posts=added)

    def _revision(self, known: Known, article: Article, cut: Cut, *, digest: str, now: datetime) -> Revision:
        posts = list(self.posts.each())
        own = [post for post in posts if post.article_id == known.article_id]
        numbers = {post.id for post in own}
        present = Present(
            article_id=known.article_id,
            article=self.library.article(known.article_id),
            posts=own,
            deliveries=[one for one in self.deliveries.select() if one.post_id in numbers],
            others=[post for post in posts if post.article_id != known.article_id],
        )
        return self.reviser.revision(present, article, cut, digest=digest, now=now)

    def _remember(self, article: Article, digest: str) -> None:
        """A file that was renamed takes its article along; a copy leaves it where it is."""
        for source, known in self.library.known().items():
            if source == article.source:
                if known.fingerprint == article.fingerprint and known.digest != digest:
                    self.revisions.remember(known.article_id, source=source, digest=digest)
                return
        for source, known in self.library.known().items():
            if known.fingerprint == article.fingerprint and self.is_gone(source):
                self.revisions.remember(known.article_id, source=article.source, digest=digest)
                return


def _refused(taken: Taken, error: NotAllowedNow) -> Taken:
    error.path = error.path or taken.name
    return replace(taken, fate=Fate.REFUSED, posts=(), revision=None, error=error)


def _entries(revision: Revision, name: str, who: str, now: datetime) -> Iterator[AuditEntry]:
    what = f"took in the new version of “{revision.after.title}”: {revision.counts or 'no posts'}"
    yield AuditEntry(at=now, who=who, what=what, subject=f"article {name}")
    for change in revision.posts:
        if words := _told(change):
            yield AuditEntry(at=now, who=who, what=words, subject=f"post {change.before.id}")


def _told(change: PostRevision) -> str:
    """What became of a post, to complete `Ann …`; empty when nothing did."""
    was = change.before.excerpt.words
    told = {
        Effect.COMPOSED: "composed it anew, as its article's hashtags, link, title or author changed",
        Effect.DROPPED: f"held it back: its article no longer says “{was}”",
        Effect.RESTORED: f"took it up again: its article says “{was}” again",
        Effect.FLAGGED: f"flagged it: its article changed after it went out, from “{was}” to “{change.says}”",
        Effect.REWORDED: f"changed the words from “{was}” to “{change.says}”, as its article did",
    }
    if change.effect is Effect.FLAGGED and not change.says:
        return f"flagged it: its article no longer says “{was}”, which went out"
    if change.effect is Effect.REWORDED and change.after.edited:
        return f"kept its edited words, while its article's sentence changed from “{was}” to “{change.says}”"
    return told.get(change.effect, "")
