"""Campaigns on one channel: each article's posts over its campaign's length; what stands moves as little as can be."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import count
from typing import TypeAlias

from scheduler.domain.campaign import ANNOUNCED, WEEK, Campaign, Campaigns
from scheduler.domain.delivery import BOOKED, Booking, State
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime, instant, local
from scheduler.domain.timetable import Booked
from scheduler.domain.variety import face_of
from scheduler.usecases.openings import category_of, expires_at
from scheduler.usecases.plan import Candidate, LeftOut, Move, Placer, Planned, left_out, unfit
from scheduler.usecases.strands import Piece, Strand, is_astray, settle, unserved
from scheduler.usecases.weaving import Served, Stop, Stops, Weaver

Key: TypeAlias = tuple[str, int | str]
"""A campaign's name, and an article's number or fingerprint."""
CHANGED = "its campaign is another one than it was"
MADE_WAY = "it made way, so that all articles of the campaigns have equal shares"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What spreading adds, moves and leaves out on one channel; `notes` are sentences."""

    planned: tuple[Planned, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    moves: tuple[Move, ...] = ()
    notes: tuple[str, ...] = ()


def spread(
    todo: Sequence[Candidate],
    known: Sequence[Candidate],
    placer: Placer,
    *,
    own: Sequence[Booking],
    taken: Sequence[datetime],
    posts: Mapping[int, Post],
    campaigns: Campaigns,
    now: datetime,
) -> Spread:
    """Places what is `todo`, all of campaigns, and what stands in a place that its campaign no longer means.

    `known` are posts with their articles as they are now, `posts` those of other deliveries; `own` are the channel's
    deliveries, `taken` instants that are planned beside them. What is announced stays: it is due within ANNOUNCED, a
    person chose its time or said yes to it.
    """
    threads = _Threads(placer=placer, campaigns=campaigns, now=now)
    refused = [left_out(one.post, placer.outlet, *reason) for one in todo if (reason := unfit(one.post, placer.outlet))]
    threads.add_standing(own, known, posts)
    threads.add(one for one in todo if not unfit(one.post, placer.outlet))
    if not threads.has_work:
        return Spread(left_out=tuple(refused), moves=tuple(threads.gone))
    lifted = threads.settle()
    strands = list(threads.strands.values())
    standing = [
        Stop(piece.booking.due_at, strand=threads.strands[key], piece=piece)
        for key, pieces in threads.standing.items()
        for piece in pieces
        if piece.booking and piece not in lifted
    ]
    away = {piece.booking.code for piece in lifted if piece.booking}
    instants = [one.due_at for one in own if one.state in BOOKED and one.code not in away]
    weaver = Weaver(
        outlet=placer.outlet,
        placer=placer,
        strands=strands,
        stops=Stops(placer.outlet.timetable, standing, after=now),
        booked=Booked([*instants, *taken]),
        begun=now,
        open_from=now + ANNOUNCED,
    )
    weaver.weave()
    return Spread(
        planned=tuple(weaver.planned),
        left_out=(*refused, *weaver.left_out),
        moves=(*threads.gone, *_moves(weaver, threads, lifted)),
        notes=tuple(_notes(weaver, placer.outlet.name)),
    )


class _Threads:
    """Sorts what stands and what is to be placed by campaign and article."""

    def __init__(self, *, placer: Placer, campaigns: Campaigns, now: datetime) -> None:
        self.strands: dict[Key, Strand] = {}
        self.standing: dict[Key, list[Piece]] = defaultdict(list)
        self.gone: list[Move] = []
        self._outlet = placer.outlet
        self._campaigns = campaigns
        self._now = now
        self._order = count()

    def add_standing(self, own: Sequence[Booking], known: Iterable[Candidate], posts: Mapping[int, Post]) -> None:
        """First runs that are planned or out, each under the campaign that its post belongs to now."""
        by_number = {one.post.id: one for one in known if one.post.id}
        for booking in own:
            if booking.run > 1 or booking.state not in BOOKED:
                continue
            candidate = by_number.get(booking.post_id)
            post = candidate.post if candidate else posts.get(booking.post_id)
            if post is None:
                continue
            is_movable = self._is_movable(booking, post)
            name = self._campaigns.name_of(post, candidate.article) if candidate else booking.campaign
            campaign = self._campaigns.known.get(name)
            if campaign:
                key = self._strand(campaign, post, candidate)
                self.standing[key].append(self._piece(post, campaign, booking=booking, is_movable=is_movable))
            elif booking.campaign and not name and is_movable:
                self.gone.append(Move(booking=booking, slot=None, campaign="", shape=""))

    def add(self, todo: Iterable[Candidate]) -> None:
        """Posts that have no delivery yet."""
        for candidate in todo:
            campaign = self._campaigns.get(self._campaigns.name_of(candidate.post, candidate.article))
            strand = self.strands[self._strand(campaign, candidate.post, candidate)]
            strand.rest.append(self._piece(candidate.post, campaign, candidate=candidate))

    @property
    def has_work(self) -> bool:
        """Whether anything has to be placed or stands in the wrong place."""
        if unserved(self.strands.values()):
            return True
        return any(is_astray(one, self.strands[key].campaign) for key in self.standing for one in self.standing[key])

    def settle(self) -> set[Piece]:
        """Tells each strand when its posts would best go out; the pieces that leave their places."""
        zone = self._outlet.timetable.zone
        today = instant(local(self._now, zone).date(), time(), zone)
        lifted: set[Piece] = set()
        for key, strand in self.strands.items():
            standing = sorted(self.standing[key], key=lambda piece: piece.booking.due_at if piece.booking else today)
            first = min([today, *(piece.booking.due_at for piece in standing[:1] if piece.booking)])
            if strand.campaign.start:
                first = max(first, instant(strand.campaign.start, time(), zone))
            lifted.update(settle(strand, standing, first))
        return lifted

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


def _moves(weaver: Weaver, threads: _Threads, lifted: set[Piece]) -> Iterator[Move]:
    """Those that go elsewhere, and those that stay although their campaign is another one than it was."""
    for piece, slot, strand in weaver.moved:
        if piece.booking:
            goes = slot if slot.due_at != piece.booking.due_at else None
            yield _move(piece.booking, goes, strand.campaign, CHANGED if piece in lifted else MADE_WAY)
    for key, pieces in threads.standing.items():
        campaign = threads.strands[key].campaign
        for piece in pieces:
            if piece.booking and piece not in lifted and is_astray(piece, campaign):
                yield _move(piece.booking, None, campaign, CHANGED)


def _move(booking: Booking, slot: SlotTime | None, campaign: Campaign, why: str) -> Move:
    return Move(booking=booking, slot=slot, campaign=campaign.name, shape=campaign.shape, words=why if slot else "")


def _notes(weaver: Weaver, channel: str) -> Iterator[str]:
    """Where slots are too few for a rhythm, and how many it would take."""
    late: dict[str, list[Served]] = defaultdict(list)
    for served in weaver.served:
        if served.at - max(served.wish.ideal, weaver.begun) > WEEK:
            late[served.strand.campaign.name].append(served)
    if not late:
        return
    wanted = sorted(max(served.wish.ideal, weaver.begun) for served in weaver.served)
    first, needed, free = max(
        ((at, _within(wanted, at), _within(weaver.free, at)) for at in wanted), key=lambda week: week[1] - week[2]
    )
    for name, ones in late.items():
        latest = max(ones, key=lambda one: one.at - one.wish.ideal)
        weeks = (latest.at - latest.wish.ideal) // WEEK
        yield (
            f"{channel} has too few slots for {name}: {len(ones)} of its posts come over a week late, one by {weeks}"
            f" weeks. From {first:%Y-%m-%d} on {needed} slots a week are needed, and {free} are free."
        )


def _within(times: Sequence[datetime], first: datetime) -> int:
    """How many lie in the week that begins then."""
    return bisect_left(times, first + WEEK) - bisect_left(times, first)
