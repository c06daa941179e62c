"""Files of ready-made posts: what they would bring or change, and keeping it, all of a file or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import FileUnusable, NotAllowedNow
from scheduler.domain.post import Post
from scheduler.domain.readymade import Complaint, QueueFile, Row
from scheduler.domain.revision import Effect, Known, PostRevision, Revision
from scheduler.ports import Deliveries, Library, Painter, Posts, Revisions
from scheduler.usecases.ingest import Fate, Taken, store
from scheduler.usecases.rowcheck import RowCheck, Said, clock_notes, said_by
from scheduler.usecases.rowrevise import Present, RowReviser, fingerprint_of, title_of

TRIES = 3
ReadQueue = Callable[[Sequence[str]], Iterator[QueueFile]]
"""Files by their names, one answer each, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Everything that taking in ready-made posts needs. `is_gone` says whether there is no file of this name."""

    library: Library
    posts: Posts
    deliveries: Deliveries
    revisions: Revisions
    read: ReadQueue
    digest: Callable[[str], str]
    is_gone: Callable[[str], bool]
    check: RowCheck
    reviser: RowReviser
    painter: Painter

    def look(self, names: Sequence[str], *, now: datetime, prune: bool = False) -> Iterator[Taken]:
        """What each file would bring or change; stores nothing. With `prune`, posts go whose rows are gone.

        A file with the digest with which it was last read isn't read again, unless something may have to go.
        """
        known = dict(self.library.known())
        digests = {name: self.digest(name) for name in names}
        same = {name for name in names if not prune and digests[name] and _digest(known, name) == digests[name]}
        files = self.read([name for name in names if name not in same])
        said = self._said(known) if len(same) < len(names) else {}
        for name in names:
            if name in same:
                yield Taken(name=name, fate=Fate.KNOWN, title=known[name].title)
                continue
            taken = self._decided(next(files), known, said, now=now, prune=prune)
            # One that was written meanwhile, or has rows to complain about, is read again the next time.
            is_final = not taken.complaints and self.digest(name) == digests[name]
            yield replace(taken, digest=digests[name] if is_final else "")
            if taken.article and taken.fate in (Fate.NEW, Fate.CHANGED):
                known[name] = Known(article_id=0, fingerprint=taken.article.fingerprint, title=taken.title)
                said |= said_by(((name, post) for post in _becomes(taken)), self.check.outlets)

    def keep(self, taken: Taken, *, who: str, now: datetime) -> Taken:
        """Stores it, all or nothing. Where that can't be now, it comes back refused with NotAllowedNow."""
        error = NotAllowedNow("Its posts changed while it was taken in.", hint="Queue it again.")
        try:
            for _ in range(TRIES):
                if kept := self._kept(taken, who, now):
                    return kept
                taken = self._again(taken, now)
        except NotAllowedNow as found:
            error = found
        error.path = error.path or taken.name
        return replace(taken, fate=Fate.REFUSED, posts=(), revision=None, error=error)

    def _said(self, known: Mapping[str, Known]) -> Said:
        sources = {one.article_id: source for source, one in known.items()}
        return said_by(((sources[post.article_id], post) for post in self.posts.each()), self.check.outlets)

    def _again(self, taken: Taken, now: datetime) -> Taken:
        if taken.queue is None:
            return taken
        known = self.library.known()
        again = self._decided(taken.queue, known, self._said(known), now=now, prune=taken.prune)
        return replace(again, digest=taken.digest)

    def _decided(self, file: QueueFile, known: Mapping[str, Known], said: Said, *, now: datetime, prune: bool) -> Taken:
        """What this file is to the library that knows these, while others say what is `said`."""
        name = file.name
        is_over = prune and name in known and self.is_gone(name)
        if file.refusal and not is_over:
            line = file.refusal.cell.row or None
            error = FileUnusable(file.refusal.message, hint=file.refusal.hint, path=name, line=line)
            return Taken(name=name, fate=Fate.REFUSED, error=error)
        taken = Taken(name=name, fate=Fate.KNOWN, title=title_of(name), queue=file, prune=prune, notes=file.notes)
        if name not in known and (twin := self._twin(file, known)):
            if not self.is_gone(twin):
                return replace(taken, notes=(*file.notes, f"It says what {twin} says."))
            return replace(taken, remembered=known[twin].article_id)
        rows, complaints = self.check.checked(file, said)
        zone = self.reviser.zone
        taken = replace(taken, notes=(*file.notes, *clock_notes(rows, zone)))
        if name in known:
            return self._changed(taken, file, rows, complaints, known[name], now)
        article, posts, untimely = self.reviser.drafts(name, file.language, rows, now=now)
        taken = replace(taken, complaints=_in_order([*complaints, *untimely]))
        if not posts:
            error = FileUnusable("No row of this file can be posted.", hint="Its rows tell why.", path=name)
            return replace(taken, fate=Fate.REFUSED, error=error)
        return replace(taken, fate=Fate.NEW, article=article, posts=posts)

    def _twin(self, file: QueueFile, known: Mapping[str, Known]) -> str:
        """Another file that says the same: this one was copied from it, or renamed."""
        rows, complaints = self.check.checked(file, {})
        said = fingerprint_of(rows)
        return "" if complaints else next((one for one in known if known[one].fingerprint == said), "")

    def _changed(
        self,
        taken: Taken,
        file: QueueFile,
        rows: Sequence[Row],
        complaints: Sequence[Complaint],
        own: Known,
        now: datetime,
    ) -> Taken:
        posts = self.posts.of(own.article_id)
        present = Present(
            article_id=own.article_id,
            article=self.library.article(own.article_id),
            posts=posts,
            deliveries={post.id: tuple(self.deliveries.select(post_id=post.id)) for post in posts},
        )
        is_whole = not complaints
        revision, more, gone = self.reviser.revision(
            present, file.language, rows, whole=is_whole, prune=taken.prune, now=now
        )
        notes = (
            (*taken.notes, _left(gone, is_whole=is_whole)) if gone and not (taken.prune and is_whole) else taken.notes
        )
        taken = replace(taken, complaints=_in_order([*complaints, *more]), notes=notes)
        if _is_same(revision):
            return replace(taken, remembered=own.article_id)
        return replace(taken, fate=Fate.CHANGED, article=revision.after, revision=revision, posts=revision.added)

    def _kept(self, taken: Taken, who: str, now: datetime) -> Taken | None:
        """None when something moved meanwhile."""
        if taken.fate is Fate.CHANGED and taken.revision:
            return self._revise(taken, taken.revision, who, now)
        if taken.fate is Fate.NEW and taken.article:
            try:
                return store(taken, library=self.library, who=who, now=now)
            except NotAllowedNow:
                return None
        if taken.remembered and taken.digest:
            self.revisions.remember(taken.remembered, source=taken.name, digest=taken.digest)
        return taken

    def _revise(self, taken: Taken, revision: Revision, who: str, now: datetime) -> Taken | None:
        if revision.waits_for:
            hint = "Queue the file again in two minutes; a running worker does it by itself."
            raise NotAllowedNow("A post of this file is being sent this moment.", hint=hint, path=taken.name)
        painted = self.reviser.painted(replace(revision, digest=taken.digest), self.painter, now=now)
        numbers = self.revisions.write(painted, list(_entries(painted, taken.name, who, now)))
        if numbers is None:
            return None
        pairs = zip(numbers, painted.added, strict=True)
        added = tuple(replace(post, id=number, article_id=painted.article_id) for number, post in pairs)
        return replace(taken, revision=replace(painted, added=added), posts=added)


def _digest(known: Mapping[str, Known], name: str) -> str:
    return known[name].digest if name in known else ""


def _becomes(taken: Taken) -> Iterator[Post]:
    """The posts of a file as they shall be."""
    yield from taken.posts
    yield from (change.after for change in (taken.revision.posts if taken.revision else ()))


def _in_order(complaints: Sequence[Complaint]) -> tuple[Complaint, ...]:
    return tuple(sorted(complaints, key=lambda one: one.cell.row))


def _left(gone: int, *, is_whole: bool) -> str:
    """About posts that no row asks for."""
    posts = "1 post is in no row any more" if gone == 1 else f"{gone} posts are in no row any more"
    if is_whole:
        return f"{posts}; `quotidian queue --prune` cancels what isn't out."
    return f"{posts}, or its row can't be read; nothing is cancelled before all rows can."


def _is_same(revision: Revision) -> bool:
    """Whether nothing has to be written."""
    is_still = all(one.before == one.after and not one.steps for one in revision.posts)
    return is_still and revision.before == revision.after and not revision.added


def _entries(revision: Revision, name: str, who: str, now: datetime) -> Iterator[AuditEntry]:
    what = f"took in the rows of “{revision.after.title}” as they are now: {revision.counts or 'no posts'}"
    yield AuditEntry(at=now, who=who, what=what, subject=f"article {name}")
    for change in revision.posts:
        if words := _told(change):
            yield AuditEntry(at=now, who=who, what=words, subject=f"post {change.before.id}")


def _told(change: PostRevision) -> str:
    """What became of a post, to complete `Ann …`; empty when nothing did."""
    was = change.before.words
    told = {
        Effect.COMPOSED: "composed it anew, as its row asks for another link, picture, channel or hashtags",
        Effect.REWORDED: f"changed the words from “{was}” to “{change.says}”, as its row did",
        Effect.MOVED: "gave it another time, as its row did",
        Effect.FLAGGED: f"flagged it: its row changed after it went out, from “{was}” to “{change.says or was}”",
        Effect.CANCELLED: "cancelled what wasn't out, as its row was taken out of the file",
    }
    if change.effect is Effect.REWORDED and change.after.edited:
        return f"kept its edited words, while its row changed from “{change.before.excerpt.words}” to “{change.says}”"
    return told.get(change.effect, "")
