"""Campaigns spread the posts of an article fairly, and move what stands as little as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.article import Article, Excerpt, ExcerptKind, Wishes
from scheduler.domain.campaign import ANNOUNCED, Campaign, Campaigns, Stretch
from scheduler.domain.channel import Capabilities, Measure
from scheduler.domain.closed import Closed, parse_blocked, parse_quiet
from scheduler.domain.delivery import Delivery, State
from scheduler.domain.post import Approval, Post, PostStatus
from scheduler.domain.slots import parse_slots
from scheduler.domain.timetable import Timetable
from scheduler.testing.samples import NINE, article
from scheduler.usecases.arrange import arrange
from scheduler.usecases.plan import Candidate, Offices, Outlet, Plan

OFFICES = Offices(booking={"main": "https://book.example/visit"}, call="Book:")
DRIP = Campaign(
    name="drip",
    rhythm=(Stretch(weeks=2, posts_a_week=2), Stretch(weeks=5, posts_a_week=1), Stretch(weeks=6, posts_a_week=0.5)),
)
WEEKLY = Campaign(name="weekly", rhythm=(Stretch(weeks=8, posts_a_week=1),))
CAMPAIGNS = Campaigns(known={"drip": DRIP, "weekly": WEEKLY})
KINDS = (ExcerptKind.QUOTE, ExcerptKind.TIP, ExcerptKind.NUMBER, ExcerptKind.QUESTION)
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "inlet", "jetty", "knoll", "ledge")


def outlet(slots: str, *, spacing: int = 0, quiet: str = "", blocked: str = "", jitter: int = 0) -> Outlet:
    capabilities = Capabilities(
        text_limit=400,
        measure=Measure.CHARACTERS,
        alt_text_limit=1000,
        picture_formats=("png",),
        picture_bytes=5_000_000,
        exact=True,
        settle_seconds=0,
    )
    closed = Closed(quiet=parse_quiet(quiet), blocked=parse_blocked(blocked))
    timetable = Timetable(
        account="account",
        slots=parse_slots(slots),
        zone="Europe/Madrid",
        jitter=jitter,
        spacing=timedelta(minutes=spacing),
        closed=closed,
    )
    return Outlet(name="account", network="folder", timetable=timetable, capabilities=capabilities, length=len)


def member(title: str, campaign: str = "drip") -> Article:
    return replace(article(title), wishes=Wishes(campaign=campaign))


def posts_of(number: int, count: int, campaign: str = "drip", kinds: Sequence[ExcerptKind] = KINDS) -> list[Candidate]:
    """One article's stored posts, each in words of its own."""
    whole = member(f"Article {number}", campaign)
    found = []
    for place in range(count):
        text = f"The {WORDS[place % 12]} {WORDS[(place * 7 + 3) % 12]} {number} {place}."
        excerpt = Excerpt(text=text, kind=kinds[place % len(kinds)], score=0.5, spans=((place * 90, place * 90 + 60),))
        found.append(
            Candidate(post=Post(id=number * 100 + place + 1, article_id=number, excerpt=excerpt), article=whole)
        )
    return found


def planned(
    candidates: Sequence[Candidate],
    channel: Outlet,
    *,
    there: Sequence[Delivery] = (),
    now: datetime = NINE,
    campaigns: Campaigns = CAMPAIGNS,
    posts: Mapping[int, Post] | None = None,
) -> Plan:
    posts = posts or {one.post.id: one.post for one in candidates}
    return arrange(candidates, [channel], deliveries=there, offices=OFFICES, now=now, campaigns=campaigns, posts=posts)


def kept(plan: Plan, there: Sequence[Delivery] = ()) -> list[Delivery]:
    """The calendar when a plan was carried out."""
    moves = {move.booking.code: move for move in plan.moves}
    stays = [one for one in there if one.code not in moves]
    for one in there:
        if move := moves.get(one.code):
            slot = move.slot or one.promise
            put = replace(one, due_at=slot.due_at, wall_time=slot.wall_time)
            stays.append(replace(put, campaign=move.campaign, shape=move.shape))
    return sorted([*stays, *(each.delivery for each in plan.planned)], key=lambda one: one.due_at)


def moved(plan: Plan) -> list[str]:
    return [move.booking.code for move in plan.moves if move.slot]


def a_week(deliveries: Sequence[Delivery], number: int) -> Counter[tuple[int, ...]]:
    mine = [one for one in deliveries if (one.post_id - 1) // 100 == number]
    return Counter(tuple(one.due_at.isocalendar()[:2]) for one in mine)


def test_one_article_follows_the_rhythm_of_its_campaign_over_its_whole_length() -> None:
    plan = planned(posts_of(1, 12), outlet("daily 09:30"))
    gaps = [(later.delivery.due_at - sooner.delivery.due_at).days for sooner, later in pairwise(plan.planned)]
    assert max(gaps[:3]) <= 4
    assert min(gaps[5:9]) >= 6
    assert min(gaps[9:]) >= 13
    assert plan.planned[-1].delivery.due_at - NINE > timedelta(weeks=10)
    assert {each.delivery.campaign for each in plan.planned} == {"drip"}


def test_an_article_with_few_posts_spreads_them_over_the_same_weeks() -> None:
    plan = planned(posts_of(1, 4), outlet("daily 09:30"))
    assert timedelta(weeks=6) < plan.planned[-1].delivery.due_at - NINE < timedelta(weeks=13)


def test_a_campaign_begins_on_its_first_day() -> None:
    later = Campaigns(known={"drip": replace(DRIP, start=datetime(2027, 1, 11, tzinfo=UTC).date())})
    plan = planned(posts_of(1, 12), outlet("daily 09:30"), campaigns=later)
    assert plan.planned[0].delivery.wall_time == "2027-01-11T09:30"


def test_a_campaign_takes_the_slots_of_its_category() -> None:
    for_talks = Campaigns(known={"drip": replace(DRIP, category="talks")})
    plan = planned(posts_of(1, 12), outlet("daily 09:30, tue 18:00 talks, fri 18:00 talks"), campaigns=for_talks)
    assert {each.delivery.wall_time[-5:] for each in plan.planned} == {"18:00"}


@settings(max_examples=25, deadline=None)
@given(kinds=st.lists(st.sampled_from(KINDS), min_size=2, max_size=14))
def test_neighbours_differ_in_kind_wherever_they_can(kinds: list[ExcerptKind]) -> None:
    plan = planned(posts_of(1, len(kinds), kinds=kinds), outlet("daily 09:30"))
    order = [each.post.excerpt.kind for each in plan.planned]
    alike = sum(one == other for one, other in pairwise(order))
    most = max(Counter(kinds).values())
    assert alike == max(0, most - (len(kinds) - most) - 1)


@settings(max_examples=20, deadline=None)
@given(count=st.integers(2, 6), slots=st.integers(1, 7))
def test_articles_have_equal_shares_of_every_week(count: int, slots: int) -> None:
    days = ", ".join(f"{day} 09:30" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[:slots])
    plan = planned([one for number in range(count) for one in posts_of(number, 8)], outlet(days))
    deliveries = [each.delivery for each in plan.planned]
    last = min(max(one.due_at for one in deliveries if (one.post_id - 1) // 100 == number) for number in range(count))
    weeks = {tuple(one.due_at.isocalendar()[:2]) for one in deliveries if one.due_at < last - timedelta(weeks=1)}
    for week in weeks:
        shares = [a_week(deliveries, number)[week] for number in range(count)]
        assert max(shares) - min(shares) <= 1, (week, shares)


def test_too_few_slots_are_told_with_how_many_it_would_take() -> None:
    plan = planned([one for number in range(5) for one in posts_of(number, 12)], outlet("mon 09:30"))
    (note,) = plan.notes
    assert "account has too few slots for drip" in note
    assert "The week from 2026-11-23 on needs 10 free slots, and has 0." in note
    assert len(plan.planned) == 60


def test_a_campaign_with_slots_enough_has_nothing_to_tell() -> None:
    assert planned(posts_of(1, 12), outlet("daily 09:30, daily 18:30")).notes == ()


@settings(max_examples=20, deadline=None)
@given(
    counts=st.lists(st.integers(1, 10), min_size=1, max_size=5),
    slots=st.sampled_from(["mon 09:30", "daily 09:30", "mon 09:30, wed 12:15, fri 16:30", "daily 09:00, daily 09:40"]),
    days=st.integers(0, 120),
)
def test_what_was_planned_stays_whenever_it_is_planned_again(counts: list[int], slots: str, days: int) -> None:
    candidates = [one for number, count in enumerate(counts) for one in posts_of(number, count)]
    channel = outlet(slots, spacing=30, quiet="22:00-07:00", blocked="12-24..01-02", jitter=10)
    there = kept(planned(candidates, channel))
    again = planned(candidates, channel, there=there, now=NINE + timedelta(days=days))
    assert (again.planned, again.moves) == ((), ())


@settings(max_examples=25, deadline=None)
@given(
    counts=st.lists(st.integers(2, 10), min_size=1, max_size=5),
    more=st.integers(1, 10),
    slots=st.sampled_from(["mon 09:30", "daily 09:30", "mon 09:30, thu 12:15"]),
    promised=st.sets(st.integers(0, 30)),
    pinned=st.sets(st.integers(0, 30)),
    weeks=st.integers(1, 6),
)
def test_a_newcomer_moves_nothing_that_was_announced(
    counts: list[int], more: int, slots: str, promised: set[int], pinned: set[int], weeks: int
) -> None:
    now = NINE + timedelta(weeks=weeks)
    channel = outlet(slots, spacing=30, blocked="12-24..01-02", jitter=10)
    there = kept(planned([one for number, count in enumerate(counts) for one in posts_of(number, count)], channel))
    there = [replace(one, pinned=index in pinned) for index, one in enumerate(there)]
    old = [one for number, count in enumerate(counts) for one in posts_of(number, count)]
    said = {there[index].post_id for index in promised if index < len(there)}
    old = [replace(one, post=approved(one.post)) if one.post.id in said else one for one in old]
    newcomer = posts_of(9, more)
    plan = planned([*old, *newcomer], channel, there=there, now=now)
    by_code = {one.code: one for one in there}
    for code in moved(plan):
        assert by_code[code].due_at > now + ANNOUNCED
        assert not by_code[code].pinned
        assert by_code[code].post_id not in said
    after = kept(plan, there)
    assert len({one.due_at for one in after}) == len(after) == len(there) + more
    assert all(channel.timetable.is_open(one.due_at) for one in after)
    assert all(later.due_at - sooner.due_at >= timedelta(minutes=30) for sooner, later in pairwise(after))
    again = planned([*old, *newcomer], channel, there=after, now=now)
    assert (again.planned, again.moves) == ((), ())


def approved(post: Post) -> Post:
    yes = Approval(by="Ann", at=NINE, content_hash=post.content_hash)
    return replace(post, status=PostStatus.APPROVED, approval=yes)


def test_a_newcomer_in_a_full_calendar_waits_for_no_other_articles_end() -> None:
    channel = outlet("mon 09:30, wed 09:30, fri 09:30")
    old = [one for number in range(5) for one in posts_of(number, 12)]
    there = kept(planned(old, channel))
    plan = planned([*old, *posts_of(9, 12)], channel, there=there)
    mine = [each.delivery.due_at for each in plan.planned]
    assert mine[0] - NINE < timedelta(weeks=5)
    assert max(later - sooner for sooner, later in pairwise(mine)) <= timedelta(weeks=4)
    assert len(moved(plan)) <= 12


def test_a_newcomer_among_free_slots_moves_nothing() -> None:
    old = posts_of(1, 12)
    channel = outlet("daily 09:30")
    plan = planned([*old, *posts_of(2, 12)], channel, there=kept(planned(old, channel)))
    assert (len(plan.planned), plan.moves) == (12, ())


def test_another_rhythm_moves_only_what_stands_wrong_beyond_the_announced_days() -> None:
    channel = outlet("daily 09:30")
    there = kept(planned(posts_of(1, 12), channel))
    slower = Campaigns(known={"drip": replace(DRIP, rhythm=(Stretch(weeks=26, posts_a_week=0.5),), posts=12)})
    plan = planned(posts_of(1, 12), channel, there=there, campaigns=slower)
    after = kept(plan, there)
    assert [one.due_at for one in after][:4] == [one.due_at for one in there][:4]
    assert after[-1].due_at - NINE > timedelta(weeks=20)
    assert {one.shape for one in after if one.due_at > NINE + ANNOUNCED} == {slower.known["drip"].shape}
    again = planned(posts_of(1, 12), channel, there=after, campaigns=slower)
    assert again.moves == ()


def test_an_article_that_leaves_its_campaign_keeps_its_times() -> None:
    channel = outlet("daily 09:30")
    there = kept(planned(posts_of(1, 12), channel))
    alone = [replace(one, article=member("Article 1", "none")) for one in posts_of(1, 12)]
    plan = planned(alone, channel, there=there)
    assert moved(plan) == []
    assert {move.campaign for move in plan.moves} == {""}


def test_a_post_that_was_cancelled_leaves_its_slot_to_nobody_in_particular() -> None:
    channel = outlet("daily 09:30")
    there = kept(planned(posts_of(1, 12), channel))
    there[6] = replace(there[6], state=State.CANCELLED)
    plan = planned(posts_of(1, 12), channel, there=there)
    assert (plan.planned, plan.moves) == ((), ())


def test_a_campaign_that_is_not_there_is_told_and_others_go_on() -> None:
    unknown = [replace(one, article=member("Article 1", "summer")) for one in posts_of(1, 2)]
    plan = planned([*unknown, *posts_of(2, 3)], outlet("daily 09:30"))
    assert len(plan.planned) == 3
    assert {left.reason for left in plan.left_out} == {"There is no campaign “summer”."}
    assert {left.hint for left in plan.left_out} == {"There are drip, weekly."}
