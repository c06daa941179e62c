"""What campaigns have on one channel, sorted by article: what stands, what has to be placed, and when it should."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time
from itertools import count
from typing import TypeAlias

from scheduler.domain.campaign import ANNOUNCED, Campaign, Campaigns
from scheduler.domain.delivery import BOOKED, Booking, State
from scheduler.domain.post import Post
from scheduler.domain.slots import instant, local
from scheduler.domain.timetable import Booked
from scheduler.domain.variety import face_of
from scheduler.usecases.openings import category_of, expires_at
from scheduler.usecases.placing import Placer
from scheduler.usecases.plan import Candidate, Move, Outlet
from scheduler.usecases.strands import Piece, Strand, is_astray, settle, unserved
from scheduler.usecases.weaving import Stop, Stops, Weaver

Key: TypeAlias = tuple[str, int | str]
"""A campaign's name, and an article's number or fingerprint."""


class Sorting:
    """Sorts what stands and what is to be placed by campaign and article."""

    def __init__(self, *, outlet: Outlet, campaigns: Campaigns, now: datetime) -> None:
        self.strands: dict[Key, Strand] = {}
        self.standing: dict[Key, list[Piece]] = defaultdict(list)
        self.gone: list[Move] = []
        self._outlet = outlet
        self._campaigns = campaigns
        self._now = now
        self._order = count()

    def add_standing(
        self, own: Sequence[Booking], known: Iterable[Candidate], posts: Mapping[int, Post], *, firm: bool = False
    ) -> None:
        """First runs that are planned or out, each under the campaign that its post belongs to now; none of them may
        move where they are `firm`."""
        by_number = {one.post.id: one for one in known if one.post.id}
        for booking in own:
            if booking.run > 1 or booking.state not in BOOKED:
                continue
            candidate = by_number.get(booking.post_id)
            post = candidate.post if candidate else posts.get(booking.post_id)
            if post is None:
                continue
            name = self._campaigns.name_of(post, candidate.article) if candidate else booking.campaign
            campaign = self._campaigns.known.get(name)
            if campaign:
                key = self._strand(campaign, post, candidate)
                is_movable = not firm and self._is_movable(booking, post)
                self.standing[key].append(self._piece(post, campaign, booking=booking, is_movable=is_movable))
            elif booking.campaign and not name and booking.state is State.SCHEDULED:
                self.gone.append(Move(booking=booking, slot=None, campaign="", shape=""))

    def add(self, todo: Iterable[Candidate]) -> None:
        """Posts that have no delivery yet."""
        for candidate in todo:
            campaign = self._campaigns.get(self._campaigns.name_of(candidate.post, candidate.article))
            strand = self.strands[self._strand(campaign, candidate.post, candidate)]
            strand.rest.append(self._piece(candidate.post, campaign, candidate=candidate))

    def add_due(self, due: Iterable[Booking], posts: Mapping[int, Post]) -> None:
        """Deliveries that seek another place, under the campaign by which they were planned."""
        for booking in due:
            post, campaign = posts.get(booking.post_id), self._campaigns.known.get(booking.campaign)
            if post and campaign:
                strand = self.strands[self._strand(campaign, post, None)]
                strand.rest.append(self._piece(post, campaign, booking=booking))

    @property
    def has_work(self) -> bool:
        """Whether anything has to be placed or stands in the wrong place."""
        if unserved(self.strands.values()):
            return True
        return any(is_astray(one, self.strands[key].campaign) for key in self.standing for one in self.standing[key])

    def settle(self) -> set[Piece]:
        """Tells each strand when its posts would best go out; the pieces that leave their places."""
        today, zone = self._today, self._outlet.timetable.zone
        lifted: set[Piece] = set()
        for key, strand in self.strands.items():
            standing = sorted(self.standing[key], key=lambda piece: piece.booking.due_at if piece.booking else today)
            first = min([today, *(piece.booking.due_at for piece in standing[:1] if piece.booking)])
            if strand.campaign.start:
                first = max(first, instant(strand.campaign.start, time(), zone))
            lifted.update(settle(strand, standing, first))
        return lifted

    def weaver(self, placer: Placer | None, *, taken: Iterable[datetime], away: Collection[str]) -> Weaver:
        """What places the rest beside what stands, of which `away` does no more, and beside what is `taken`."""
        standing = [
            Stop(piece.booking.due_at, strand=self.strands[key], piece=piece)
            for key, pieces in self.standing.items()
            for piece in pieces
            if piece.booking and piece.booking.code not in away
        ]
        return Weaver(
            outlet=self._outlet,
            placer=placer,
            strands=list(self.strands.values()),
            stops=Stops(self._outlet.timetable, standing, after=self._now),
            booked=Booked(taken),
            begun=self._today,
            open_from=self._now + ANNOUNCED,
        )

    @property
    def _today(self) -> datetime:
        """When the day began on the channel's clocks."""
        zone = self._outlet.timetable.zone
        return instant(local(self._now, zone).date(), time(), zone)

    def _strand(self, campaign: Campaign, post: Post, candidate: Candidate | None) -> Key:
        key = campaign.name, post.article_id or (candidate.article.fingerprint if candidate else "")
        if key not in self.strands:
            self.strands[key] = Strand(campaign=campaign, order=next(self._order))
        return key

    def _piece(
        self,
        post: Post,
        campaign: Campaign,
        *,
        candidate: Candidate | None = None,
        booking: Booking | None = None,
        is_movable: bool = False,
    ) -> Piece:
        return Piece(
            post=post,
            face=face_of(post),
            category=campaign.category or category_of(post),
            expiry=expires_at(post, self._outlet.timetable.zone),
            candidate=candidate,
            booking=booking,
            is_movable=is_movable,
        )

    def _is_movable(self, booking: Booking, post: Post) -> bool:
        is_announced = booking.due_at <= self._now + ANNOUNCED or booking.pinned or post.is_promised
        return booking.state is State.SCHEDULED and not is_announced
