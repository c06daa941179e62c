"""Posts into slots: those with a time of their own first, then those that take the next free one, then campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count

from scheduler.domain.campaign import NO_CAMPAIGNS, Campaigns
from scheduler.domain.delivery import Booking
from scheduler.domain.errors import FileUnusable
from scheduler.domain.post import Post
from scheduler.usecases.openings import Openings, booked, has_own_time
from scheduler.usecases.placing import Placer, left_out
from scheduler.usecases.plan import (
    NOTHING_SAID,
    Candidate,
    LeftOut,
    Move,
    Offices,
    Outlet,
    Plan,
    Planned,
    Said,
    asked_for,
)
from scheduler.usecases.spread import spread
from scheduler.usecases.yielding import PostOf, in_the_way, yielded


def arrange(
    candidates: Sequence[Candidate],
    outlets: Sequence[Outlet],
    *,
    deliveries: Sequence[Booking],
    offices: Offices,
    now: datetime,
    campaigns: Campaigns = NO_CAMPAIGNS,
    posts: Mapping[int, Post] | None = None,
    said: Said = NOTHING_SAID,
    post_of: PostOf | None = None,
) -> Plan:
    """Puts every post that has no delivery on a channel into a slot of that channel.

    Posts with a time of their own come first; what may still move makes way for them, where `post_of` tells of stored
    posts by their number. Then those of no campaign: articles take turns, each with its best excerpt first. Then
    campaigns spread theirs over what is left; `posts` are those of their deliveries, by number.
    Blocked posts and posts without a card are left out, and what says word for word what is `said` on a channel, as
    domain.wording, by another delivery.
    """
    codes = {delivery.code for delivery in deliveries}
    in_turn = _in_turn(candidates)
    plans = []
    for outlet in outlets:
        own = [delivery for delivery in deliveries if delivery.channel == outlet.name]
        before = said.get(outlet.name, {})
        number = sum(not one.part for one in own)
        placer = Placer(outlet=outlet, offices=offices, codes=codes, number=number, said=before)
        plans.append(
            _on_channel(in_turn, own, placer, campaigns=campaigns, posts=posts or {}, post_of=post_of, now=now)
        )
    return Plan(
        planned=tuple(part for plan in plans for one in plan.planned for part in one.parts),
        left_out=tuple(one for plan in plans for one in plan.left_out),
        moves=tuple(move for plan in plans for move in plan.moves),
        notes=tuple(note for plan in plans for note in plan.notes),
    )


def _on_channel(
    in_turn: Sequence[Candidate],
    own: Sequence[Booking],
    placer: Placer,
    *,
    campaigns: Campaigns,
    posts: Mapping[int, Post],
    post_of: PostOf | None,
    now: datetime,
) -> Plan:
    """What one channel, whose deliveries are `own`, gets of the candidates."""
    outlet, served = placer.outlet, {delivery.post_id for delivery in own}
    todo = [one for one in in_turn if one.post.id not in served and asked_for(one.post, one.article, outlet.name)]
    alone, together, unknown = _by_campaign(todo, campaigns, outlet)
    placed, made_way = _placed(alone, own, placer, post_of=post_of, now=now)
    found = [result for result in placed if isinstance(result, Planned)]
    gone = {move.booking.code: move.slot.due_at for move in made_way if move.slot}
    woven = spread(
        together,
        in_turn,
        placer,
        own=[one for one in own if one.code not in gone],
        taken=[*(part.delivery.due_at for each in found for part in each.parts), *gone.values()],
        posts=posts,
        campaigns=campaigns,
        now=now,
    )
    refused = [result for result in (*unknown, *placed) if isinstance(result, LeftOut)]
    return Plan(
        planned=(*found, *woven.planned),
        left_out=(*refused, *woven.left_out),
        moves=(*made_way, *woven.moves),
        notes=woven.notes,
    )


def _placed(
    alone: Sequence[Candidate], own: Sequence[Booking], placer: Placer, *, post_of: PostOf | None, now: datetime
) -> tuple[list[Planned | LeftOut], list[Move]]:
    """Posts of no campaign on one channel, those with a time of their own first, and what makes way for these."""
    table = placer.outlet.timetable
    fixed = [one for one in alone if has_own_time(one.post)]
    lifted = in_the_way(fixed, own, table, post_of=post_of, now=now) if post_of else []
    away = {one.code for one in lifted}
    stays = [one for one in own if one.code not in away]
    openings = Openings(table, booked(stays), now, others=stays)
    results = [placer.place(candidate, openings.take) for candidate in fixed]
    moves = list(yielded(lifted, openings, post_of)) if post_of else []
    results += [placer.place(candidate, openings.take) for candidate in alone[len(fixed) :]]
    return results, moves


def _in_turn(candidates: Sequence[Candidate]) -> list[Candidate]:
    turns: dict[str, Iterator[int]] = {}
    ranked: list[tuple[int, Candidate]] = []
    for candidate in candidates:
        ranked.append((next(turns.setdefault(candidate.article.fingerprint, count())), candidate))
    ranked.sort(key=lambda item: (not has_own_time(item[1].post), item[0]))
    return [candidate for _, candidate in ranked]


def _by_campaign(
    candidates: Sequence[Candidate], campaigns: Campaigns, outlet: Outlet
) -> tuple[list[Candidate], list[Candidate], list[LeftOut]]:
    """Those of no campaign, those of one, and those of one that can't be used."""
    alone: list[Candidate] = []
    together: list[Candidate] = []
    unknown: list[LeftOut] = []
    for candidate in candidates:
        name = "" if has_own_time(candidate.post) else campaigns.name_of(candidate.post, candidate.article)
        try:
            (together if name and campaigns.get(name) else alone).append(candidate)
        except FileUnusable as error:
            unknown.append(left_out(candidate.post, outlet, error.message, error.hint))
    return alone, together, unknown
