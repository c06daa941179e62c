"""The first walk: what is new under posts/ becomes posts with cards in free slots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.article import Article
from scheduler.domain.audit import AuditEntry
from scheduler.domain.card import CardRequest, PaintedCard
from scheduler.domain.errors import NotAllowedNow
from scheduler.domain.fatigue import WITHDRAWN
from scheduler.domain.findings import Severity
from scheduler.domain.post import BY_SETTINGS, Approval, Post, PostStatus
from scheduler.domain.revision import Effect, PostRevision
from scheduler.domain.transitions import cancel
from scheduler.ports import Calendar, Check, Deliveries, Library, Painter, Posts, Revisions
from scheduler.usecases import illustrate, ingest
from scheduler.usecases.arrange import arrange
from scheduler.usecases.campaigning import Campaigner
from scheduler.usecases.evergreen import Comebacks
from scheduler.usecases.follow import Follower
from scheduler.usecases.ingest import ReadAndCut, Taken, Taste
from scheduler.usecases.keep import Keeper
from scheduler.usecases.looks import in_their_looks
from scheduler.usecases.plan import Candidate, Offices, Outlet, Plan, Said
from scheduler.usecases.recompose import Recomposer
from scheduler.usecases.revise import Reviser
from scheduler.usecases.rotation import Withdrawn
from scheduler.usecases.unsaid import Ask, unsaid


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that taking files in needs. `waits_for_all` is false when only flagged posts wait for a person.

    `digest` changes when what a file holds does, and is empty where there is no file. `is_there` asks whether a card's
    file is as it was painted, `is_gone` whether there is no file any more of which an article was the source.
    """

    library: Library
    posts: Posts
    deliveries: Deliveries
    calendar: Calendar
    revisions: Revisions
    read_and_cut: ReadAndCut
    check: Check
    painter: Painter
    card_of: Callable[[Post, Article], CardRequest]
    is_there: Callable[[PaintedCard], bool]
    is_gone: Callable[[str], bool]
    outlets: Sequence[Outlet]
    offices: Offices
    taste: Taste
    waits_for_all: bool
    digest: Callable[[str], str] = lambda _: ""
    campaigner: Campaigner | None = None
    said: Ask = lambda *_: {}
    comebacks: Comebacks | None = None

    @property
    def recomposer(self) -> Recomposer:
        """Composing anew what is still to come."""
        return Recomposer(outlets=self.outlets, offices=self.offices)

    @property
    def keeper(self) -> Keeper:
        """Keeping what was read, and following what changed."""
        reviser = Reviser(
            follower=Follower(check=self.check, taste=self.taste, card_of=self.card_of),
            recomposer=self.recomposer,
            card_of=self.card_of,
        )
        return Keeper(
            library=self.library,
            posts=self.posts,
            deliveries=self.deliveries,
            revisions=self.revisions,
            reviser=reviser,
            painter=self.painter,
            is_gone=self.is_gone,
        )

    def look(self, names: Iterable[str], *, now: datetime) -> Iterator[Taken]:
        """What each file would bring or change; stores nothing."""
        found = ingest.read(
            names,
            read_and_cut=self.read_and_cut,
            digest=self.digest,
            check=self.check,
            library=self.library,
            taste=self.taste,
        )
        return (self.keeper.revised(taken, now=now) for taken in found)

    def keep(self, taken: Taken, *, who: str, now: datetime) -> Taken:
        """Stores what is new, and what became of the posts of a changed file; where the settings let it, what is
        unflagged among those is approved."""
        kept = self.keeper.keep(taken, who=who, now=now)
        return self.approve_kept(kept, now)

    def approve_kept(self, kept: Taken, now: datetime) -> Taken:
        """Where the settings let it, says yes to what is unflagged among the posts that changed with their file."""
        if kept.revision is None:
            return kept
        posts = tuple(self._approved(one, now) for one in kept.revision.posts)
        return replace(kept, revision=replace(kept.revision, posts=posts))

    def _approved(self, change: PostRevision, now: datetime) -> PostRevision:
        if change.effect is Effect.KEPT or change.after.status is not PostStatus.DRAFT:
            return change
        return replace(change, after=self.approve_unflagged(change.after, now))

    def card_request(self, post: Post) -> CardRequest:
        """The card that a stored post should have."""
        request = self.card_of(post, self.library.article(post.article_id))
        return replace(request, sha256=post.card.sha256 if post.card else "")

    def bare(self, *, again: bool) -> Sequence[Post]:
        """Posts without a card; `again` adds those that were refused one and those whose picture is gone or other."""
        return [post for post in self.posts.each() if self._is_bare(post, again=again)]

    def _is_bare(self, post: Post, *, again: bool) -> bool:
        if not again:
            return post.lacks_card and not post.card_refusal
        return post.lacks_card or bool(post.card_refusal) or (post.card is not None and not self.is_there(post.card))

    def mended(self, posts: Sequence[Post], *, who: str, now: datetime) -> Mapping[int, Post]:
        """Paints those of the posts that lack a card, as their look may be mended by now.

        What changed, by number: another picture than they had, which nobody has seen yet, or another refusal.
        """
        bare = [post for post in posts if self._is_bare(post, again=True)]
        changed = [illustrated.post.id for illustrated in self.paint(bare, who=who, now=now)]
        return {number: self.posts.get(number) for number in changed}

    def paint(self, bare: Sequence[Post], *, who: str, now: datetime) -> Iterator[illustrate.Illustrated]:
        """Gives posts their cards; where the settings let it, an unflagged post is approved with its card."""
        painted = illustrate.illustrate(
            bare, posts=self.posts, painter=self.painter, request=self.card_request, who=who, now=now
        )
        for illustrated in painted:
            self.approve_unflagged(illustrated.post, now)
            yield illustrated
        if not self.waits_for_all:
            for post in self.posts.each():
                if post.card is None and post.status is PostStatus.DRAFT:
                    self.approve_unflagged(post, now)

    def plan(self, *, now: datetime, coming: Sequence[Taken] = ()) -> Plan:
        """What would be added to the slots, with what is `coming` and not stored yet."""
        revisions = {each.revision.article_id: each.revision for each in coming if each.revision}
        revised = {change.after.id: change.after for each in revisions.values() for change in each.posts}
        lacking = self.calendar.unplanned([outlet.name for outlet in self.outlets])
        candidates: list[Candidate] = []
        astray = self.campaigner.astray(now=now) if self.campaigner else ()
        for number in sorted({*lacking, *revisions, *astray}):
            article = revisions[number].after if number in revisions else self.library.article(number)
            posts = (revised.get(post.id, post) for post in self.posts.of(number))
            candidates += (Candidate(post=post, article=article) for post in posts)
        candidates += _new(coming)
        bookings = self.calendar.bookings() if candidates else []
        beside = self.campaigner.standing(candidates) if self.campaigner else {}

        def arranged(said: Said) -> Plan:
            return arrange(
                candidates,
                self.outlets,
                deliveries=bookings,
                offices=self.offices,
                now=now,
                said=said,
                campaigns=self.taste.campaigns,
                posts=beside,
                post_of=self.posts.get if self.campaigner else None,
            )

        plan = unsaid(arranged, self.said)
        return self.comebacks.extended(plan, self.calendar.bookings, now=now) if self.comebacks else plan

    def schedule(self, *, who: str, now: datetime) -> Plan:
        """Plans and keeps the deliveries, all or none; plans anew when a slot was taken or a post changed meanwhile."""
        for last in (False, False, True):
            plan = self._in_their_looks(self.plan(now=now))
            self._call_off(plan.withdrawn, who=who, now=now)
            what = f"planned {len(plan.planned)} deliveries"
            entry = AuditEntry(at=now, who=who, what=what, subject="calendar")
            try:
                if self.campaigner:
                    self.campaigner.carry_out(plan.moves, who=who, now=now)
                if plan.planned:
                    whole = {planned.post.id: planned.post for planned in plan.planned}
                    new = [planned.delivery for planned in plan.planned]
                    self.deliveries.add(new, entry, of=tuple(whole.values()))
                break
            except NotAllowedNow:
                if last:
                    raise
        return plan

    def _in_their_looks(self, plan: Plan) -> Plan:
        return in_their_looks(plan, self.outlets, painter=self.painter, request=self.card_request)

    def _call_off(self, withdrawn: Sequence[Withdrawn], *, who: str, now: datetime) -> None:
        for one in withdrawn:
            with suppress(NotAllowedNow):
                delivery = self.deliveries.get(one.airing.code)
                what = f"called off run {one.airing.run}: {one.reason}"
                entry = AuditEntry(at=now, who=who, what=what, subject=f"delivery {delivery.code}")
                self.deliveries.write(delivery, cancel(delivery, f"{WITHDRAWN}{one.reason}"), entry=entry)

    def approve_unflagged(self, post: Post, now: datetime) -> Post:
        """Where the settings let it, says yes to a draft with its card and nothing to confirm; the post as it is."""
        if self.waits_for_all or post.lacks_card or post.has(Severity.CONFIRM) or post.has(Severity.BLOCK):
            return post
        yes = Approval(by=BY_SETTINGS, at=now, content_hash=post.content_hash)
        entry = AuditEntry(at=now, who=BY_SETTINGS, what="approved: nothing to confirm", subject=f"post {post.id}")
        approved = replace(post, status=PostStatus.APPROVED, approval=yes)
        return approved if self.posts.write(post, approved, entry) else post


def _new(coming: Iterable[Taken]) -> Iterator[Candidate]:
    """Posts that are not stored yet, those of a known article with its number."""
    for each in coming:
        number = each.revision.article_id if each.revision else 0
        if each.article:
            yield from (Candidate(post=replace(post, article_id=number), article=each.article) for post in each.posts)
