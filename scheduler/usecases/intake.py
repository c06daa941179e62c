"""The first walk: what is new under posts/ becomes posts with cards in free slots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import CardRequest
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.findings import Severity
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.ports import Check, Deliveries, Library, Painter, Posts
from scheduler.usecases import illustrate, ingest
from scheduler.usecases.ingest import ReadAndCut, Taken, Taste
from scheduler.usecases.plan import Candidate, Offices, Outlet, Plan, arrange

BY_SETTINGS = "settings (approval = flagged)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that taking files in needs. `waits_for_all` is false when only flagged posts wait for a person."""

    library: Library
    posts: Posts
    deliveries: Deliveries
    read_and_cut: ReadAndCut
    check: Check
    painter: Painter
    card_request: Callable[[Post], CardRequest]
    is_there: Callable[[str], bool]
    outlets: Sequence[Outlet]
    offices: Offices
    taste: Taste
    waits_for_all: bool

    def look(self, names: Iterable[str]) -> Iterator[Taken]:
        """What each file would bring; stores nothing."""
        return ingest.read(
            names, read_and_cut=self.read_and_cut, check=self.check, library=self.library, taste=self.taste
        )

    def keep(self, taken: Taken, *, who: str, now: datetime) -> Taken:
        """Stores what is new."""
        return ingest.store(taken, library=self.library, who=who, now=now)

    def bare(self, *, again: bool) -> Sequence[Post]:
        """Posts without a card; `again` adds those that were refused one and those whose picture is gone."""
        return [
            post
            for post in self.posts.all()
            if (post.card is None and (again or not post.card_refusal))
            or (again and post.card is not None and not self.is_there(post.card.path))
        ]

    def paint(self, bare: Sequence[Post], *, who: str, now: datetime) -> Iterator[illustrate.Illustrated]:
        """Gives posts their cards; where the settings let it, an unflagged post is approved with its card."""
        painted = illustrate.illustrate(
            bare, posts=self.posts, painter=self.painter, request=self.card_request, who=who, now=now
        )
        for illustrated in painted:
            self.approve_unflagged(illustrated.post, now)
            yield illustrated

    def plan(self, *, now: datetime, coming: Sequence[Candidate] = ()) -> Plan:
        """What would be added to the slots, `coming` posts that are not stored yet included."""
        stored = self.posts.all()
        articles = {number: self.library.article(number) for number in {post.article_id for post in stored}}
        candidates = [Candidate(post=post, article=articles[post.article_id]) for post in stored]
        return arrange(
            [*candidates, *coming],
            self.outlets,
            deliveries=self.deliveries.select(),
            offices=self.offices,
            now=now,
        )

    def schedule(self, *, who: str, now: datetime) -> Plan:
        """Plans and keeps the deliveries, all or none; plans anew when a slot was taken or a post changed meanwhile."""
        for last in (False, False, True):
            plan = self.plan(now=now)
            what = f"planned {len(plan.planned)} deliveries"
            entry = AuditEntry(at=now, who=who, what=what, subject="calendar")
            try:
                if plan.planned:
                    whole = {planned.post.id: planned.post for planned in plan.planned}
                    new = [planned.delivery for planned in plan.planned]
                    self.deliveries.add(new, entry, of=tuple(whole.values()))
                break
            except NotAllowedNow:
                if last:
                    raise
        return plan

    def approve_unflagged(self, post: Post, now: datetime) -> None:
        """Where the settings let it, says yes to a post that has a card and nothing to confirm."""
        if self.waits_for_all or post.card is None or post.has(Severity.CONFIRM) or post.has(Severity.BLOCK):
            return
        yes = Approval(by=BY_SETTINGS, at=now, content_hash=post.content_hash)
        entry = AuditEntry(at=now, who=BY_SETTINGS, what="approved: nothing to confirm", subject=f"post {post.id}")
        self.posts.write(post, replace(post, status=PostStatus.APPROVED, approval=yes), entry)
