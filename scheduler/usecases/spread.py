"""Campaigns on one channel: each article's posts over its campaign's length; what stands moves as little as can be."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.campaign import WEEK, Campaign, Campaigns
from scheduler.domain.delivery import BOOKED, Booking
from scheduler.domain.post import Post
from scheduler.domain.slots import SlotTime, local
from scheduler.usecases.placing import Placer, left_out, unfit
from scheduler.usecases.plan import Candidate, LeftOut, Move, Outlet, Planned
from scheduler.usecases.sorting import Sorting
from scheduler.usecases.strands import Piece, is_astray
from scheduler.usecases.weaving import Served, Weaver

CHANGED = "its campaign is another one than it was"
TAKEN_UP = "it fell due while its campaign was paused"
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
    outlet = placer.outlet
    sorted_out = Sorting(outlet=outlet, campaigns=campaigns, now=now)
    refused = [left_out(one.post, outlet, *reason) for one in todo if (reason := unfit(one.post, outlet))]
    sorted_out.add_standing(own, known, posts)
    sorted_out.add(one for one in todo if not unfit(one.post, outlet))
    if not sorted_out.has_work:
        return Spread(left_out=tuple(refused), moves=tuple(sorted_out.gone))
    lifted = sorted_out.settle()
    away = {piece.booking.code for piece in lifted if piece.booking}
    weaver = sorted_out.weaver(placer, taken=[*_instants(own, away), *taken], away=away)
    weaver.weave()
    return Spread(
        planned=tuple(weaver.planned),
        left_out=(*refused, *weaver.left_out),
        moves=(*sorted_out.gone, *_moves(weaver, sorted_out, lifted)),
        notes=tuple(_notes(weaver)),
    )


def take_up(
    outlet: Outlet,
    due: Collection[str],
    *,
    own: Sequence[Booking],
    posts: Mapping[int, Post],
    campaigns: Campaigns,
    now: datetime,
) -> list[Move]:
    """Free slots for deliveries that fell due while their campaign was paused; nothing else moves.

    They come as dense as their campaign's rhythm at most, the articles in turn.
    """
    sorted_out = Sorting(outlet=outlet, campaigns=campaigns, now=now)
    sorted_out.add_standing([one for one in own if one.code not in due], (), posts, firm=True)
    sorted_out.add_due([one for one in own if one.code in due], posts)
    sorted_out.settle()
    weaver = sorted_out.weaver(None, taken=_instants(own, due), away=due)
    weaver.weave()
    found = ((piece.booking, slot, strand.campaign) for piece, slot, strand in weaver.moved)
    return [_move(booking, slot, campaign, TAKEN_UP) for booking, slot, campaign in found if booking]


def _instants(own: Iterable[Booking], away: Collection[str]) -> list[datetime]:
    return [one.due_at for one in own if one.state in BOOKED and one.code not in away]


def _moves(weaver: Weaver, sorted_out: Sorting, lifted: set[Piece]) -> Iterator[Move]:
    """Those that go elsewhere, and those that stay although their campaign is another one than it was."""
    for piece, slot, strand in weaver.moved:
        if piece.booking:
            goes = slot if slot.due_at != piece.booking.due_at else None
            yield _move(piece.booking, goes, strand.campaign, CHANGED if piece in lifted else MADE_WAY)
    for key, pieces in sorted_out.standing.items():
        campaign = sorted_out.strands[key].campaign
        for piece in pieces:
            if piece.booking and piece not in lifted and is_astray(piece, campaign):
                yield _move(piece.booking, None, campaign, CHANGED)


def _move(booking: Booking, slot: SlotTime | None, campaign: Campaign, why: str) -> Move:
    return Move(booking=booking, slot=slot, campaign=campaign.name, shape=campaign.shape, words=why if slot else "")


def _notes(weaver: Weaver) -> Iterator[str]:
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
        how_many = "1 post comes" if len(ones) == 1 else f"{len(ones)} posts come"
        how_late = "over a week" if weeks == 1 else f"up to {weeks} weeks"
        day = local(first, weaver.outlet.timetable.zone).date()
        yield (
            f"{weaver.outlet.name} has too few slots for {name}: {how_many} {how_late} late."
            f" The week from {day} on needs {needed} free slots, and has {free}."
        )


def _within(times: Sequence[datetime], first: datetime) -> int:
    """How many lie in the week that begins then."""
    return bisect_left(times, first + WEEK) - bisect_left(times, first)
