"""Planning: every post one slot on every channel that wants it, nobody twice, nothing blocked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.article import Wishes
from scheduler.domain.card import PaintedCard
from scheduler.domain.channel import Capabilities, Measure
from scheduler.domain.closed import Closed, parse_blocked, parse_quiet
from scheduler.domain.delivery import State
from scheduler.domain.findings import Finding, Severity
from scheduler.domain.post import Post
from scheduler.domain.pricing import LinkRule, PriceList, Prices
from scheduler.domain.readymade import ReadyMade, When
from scheduler.domain.slots import parse_slots
from scheduler.domain.timetable import Timetable
from scheduler.testing.samples import NINE, article, delivery, post
from scheduler.usecases.arrange import arrange
from scheduler.usecases.plan import Candidate, Offices, Outlet, Plan

OFFICES = Offices(booking={"city": "https://a.example/city", "south_bay": "https://a.example/bay"}, call="Book:")
BLOCK = Finding(check="claims", severity=Severity.BLOCK, rule="cure", span=(0, 3), message="No.", hint="Edit it.")


def outlet(name: str = "account", *, slots: str = "daily 08:30", limit: int = 280) -> Outlet:
    capabilities = Capabilities(
        text_limit=limit,
        measure=Measure.CHARACTERS,
        alt_text_limit=1000,
        picture_formats=("png",),
        picture_bytes=5_000_000,
        exact=True,
        settle_seconds=0,
    )
    return Outlet(
        name=name,
        network="folder",
        timetable=Timetable(account=name, slots=parse_slots(slots), zone="Etc/UTC"),
        capabilities=capabilities,
        length=len,
    )


def candidates(*counts: int) -> list[Candidate]:
    """So many posts from each article, numbered through; each stands somewhere else in its article."""
    found: list[Candidate] = []
    for number, count in enumerate(counts):
        of = article(f"Article {number}")
        for place in range(count):
            cut = replace(post().excerpt, spans=((place, place + 30),))
            found.append(Candidate(post=Post(id=len(found) + 1, excerpt=cut), article=of))
    return found


def plan(of: list[Candidate], *outlets: Outlet) -> Plan:
    return arrange(of, outlets or [outlet()], deliveries=[], offices=OFFICES, now=NINE)


def test_a_post_whose_card_a_channel_would_refuse_gets_no_delivery_there_and_the_reason() -> None:
    (candidate,) = candidates(1)
    card = PaintedCard(
        path="card.webp",
        template="bold",
        size="square",
        format="webp",
        width=1080,
        height=1080,
        bytes=90_000,
        alt_text="A card.",
        spec_hash="0",
        sha256="0",
    )
    painted = replace(candidate, post=replace(candidate.post, card=card))
    takes_all = outlet("other", slots="daily 09:30")
    takes_all = replace(takes_all, capabilities=replace(takes_all.capabilities, picture_formats=("png", "webp")))
    result = plan([painted], outlet(), takes_all)
    assert [each.delivery.channel for each in result.planned] == ["other"]
    assert [(left.channel, left.reason) for left in result.left_out] == [
        ("account", "Its card is a webp, and this channel takes png.")
    ]


def test_articles_take_turns_each_with_its_best_first() -> None:
    planned = plan(candidates(2, 2)).planned
    assert [(each.delivery.article, each.post.id) for each in planned] == [
        ("Article 0", 1),
        ("Article 1", 3),
        ("Article 0", 2),
        ("Article 1", 4),
    ]


@given(counts=st.lists(st.integers(0, 6), max_size=5), slots=st.sampled_from(["daily 08:30", "mon 9:00, mon 9:01"]))
def test_no_two_deliveries_share_an_instant_or_a_code_and_none_lies_in_the_past(counts: list[int], slots: str) -> None:
    outlets = [outlet("one", slots=slots), outlet("two", slots=slots)]
    deliveries = [each.delivery for each in plan(candidates(*counts), *outlets).planned]
    assert len(deliveries) == 2 * sum(counts)
    assert len({(each.channel, each.due_at) for each in deliveries}) == len(deliveries)
    assert len({each.code for each in deliveries}) == len(deliveries)
    assert all(each.due_at > NINE and each.code in each.link for each in deliveries)


@given(counts=st.lists(st.integers(0, 6), max_size=5))
def test_planning_again_adds_nothing(counts: list[int]) -> None:
    first = [each.delivery for each in plan(candidates(*counts)).planned]
    again = arrange(candidates(*counts), [outlet()], deliveries=first, offices=OFFICES, now=NINE)
    assert again == Plan(planned=(), left_out=())


def test_a_slot_that_is_taken_is_left_to_its_delivery_and_one_given_back_is_used() -> None:
    tomorrow = NINE.replace(hour=8, minute=30) + timedelta(days=1)
    held = delivery(post_id=99, due_at=tomorrow)
    for state, day in ((State.HELD, 25), (State.CANCELLED, 24)):
        given_up = [replace(held, state=state)]
        (planned,) = arrange(candidates(1), [outlet()], deliveries=given_up, offices=OFFICES, now=NINE).planned
        assert planned.delivery.wall_time == f"2026-11-{day}T08:30"


def test_a_blocked_post_and_one_without_a_card_get_no_slot_and_are_told_why() -> None:
    blocked, refused, good = candidates(3)
    blocked = replace(blocked, post=replace(blocked.post, findings=(BLOCK,)))
    refused = replace(refused, post=replace(refused.post, card_refusal="The text is too long."))
    result = plan([blocked, refused, good])
    assert [each.post.id for each in result.planned] == [3]
    assert [each.reason for each in result.left_out] == [
        "A finding blocks it.",
        "It has no card: The text is too long.",
    ]


def test_a_post_that_does_not_fit_a_channel_is_told_and_goes_out_on_the_others() -> None:
    result = plan(candidates(1), outlet("short", limit=40), outlet("long"))
    assert [each.delivery.channel for each in result.planned] == ["long"]
    assert [each.channel for each in result.left_out] == ["short"]


def test_an_article_chooses_its_office_its_link_and_its_channels() -> None:
    of = candidates(1)[0]
    bay = replace(of, article=replace(of.article, wishes=Wishes(office="South Bay", channels=("two",))))
    (planned,) = plan([bay], outlet("one"), outlet("two")).planned
    assert planned.delivery.link.startswith("https://a.example/bay?")
    assert planned.delivery.channel == "two"
    own = replace(of, article=replace(of.article, wishes=Wishes(link="https://b.example/offer")))
    assert plan([own]).planned[0].delivery.link.startswith("https://b.example/offer?")


def test_a_channel_that_saves_links_gives_one_to_every_third_post_and_the_plan_shows_the_price() -> None:
    priced = replace(
        outlet().capabilities, prices=PriceList((Prices(post_usd=0.015, link_post_usd=0.2, alt_text_usd=0.005),))
    )
    saving = replace(outlet(), capabilities=priced, link_rule=LinkRule(every=3))
    first = plan(candidates(4), saving).planned
    assert [bool(each.delivery.link) for each in first] == [True, False, False, True]
    assert [each.cost_usd for each in first] == [0.205, 0.02, 0.02, 0.205]
    assert all("Book:" in each.delivery.text for each in first if each.delivery.link)
    assert all("Book:" not in each.delivery.text for each in first if not each.delivery.link)


def test_a_link_rule_goes_on_where_the_last_plan_ended() -> None:
    saving = replace(outlet(), link_rule=LinkRule(every=3))
    posts = candidates(4)
    before = [each.delivery for each in plan(posts[:2], saving).planned]
    after = arrange(posts, [saving], deliveries=before, offices=OFFICES, now=NINE).planned
    assert [bool(each.delivery.link) for each in after] == [False, True]


WALLS = st.integers(0, 30 * 24 * 2).map(lambda half: f"{NINE + timedelta(minutes=30 * half):%Y-%m-%dT%H:%M}")
ASKS = st.builds(
    ReadyMade,
    row=st.just(2),
    when=st.builds(When, wall_time=WALLS | st.just(""), offset=st.sampled_from([None, 0, 60])),
    category=st.sampled_from(["", "tip", "offer"]),
)
RULED = Timetable(
    account="account",
    slots=parse_slots("daily 08:30, daily 12:15 tip, weekdays 18:00, weekdays 21:10"),
    zone="Europe/Madrid",
    jitter=20,
    spacing=timedelta(minutes=90),
    closed=Closed(quiet=parse_quiet("21:00-07:00"), blocked=parse_blocked("11-28..12-01")),
)


@given(asks=st.lists(st.none() | ASKS, max_size=14), more=st.lists(ASKS, max_size=6))
def test_a_plan_of_fixed_times_and_slots_keeps_the_rules_and_a_second_plan_moves_nothing(
    asks: list[ReadyMade | None], more: list[ReadyMade]
) -> None:
    posts = [
        replace(one, post=replace(one.post, ready=ready))
        for one, ready in zip(candidates(len(asks) + len(more)), [*asks, *more], strict=True)
    ]
    ruled = replace(outlet(), timetable=RULED)
    first = [each.delivery for each in plan(posts[: len(asks)], ruled).planned]
    second = [each.delivery for each in arrange(posts, [ruled], deliveries=first, offices=OFFICES, now=NINE).planned]
    times = sorted(each.due_at for each in [*first, *second])
    assert all(later - earlier >= RULED.spacing for earlier, later in pairwise(times))
    assert all(at > NINE and RULED.is_open(at) for at in times)
    assert not {each.post_id for each in first} & {each.post_id for each in second}


def test_a_post_with_a_time_of_its_own_gets_it_before_slots_are_given_out() -> None:
    first, second = candidates(2)
    own = ReadyMade(row=2, when=When(wall_time="2026-11-24T08:30"))
    fixed = replace(second, post=replace(second.post, ready=own))
    walls = {each.post.id: each.delivery.wall_time for each in plan([first, fixed]).planned}
    assert walls == {2: "2026-11-24T08:30", 1: "2026-11-25T08:30"}


@pytest.mark.parametrize(
    ("wall", "offset", "reason"),
    [
        ("2026-11-23T09:00", 0, "2026-11-23 10:00 has passed."),
        ("2026-11-28T12:00", None, "2026-11-28 12:00 lies in the blocked days 11-28..12-01."),
        ("2026-11-24T21:30", None, "2026-11-24 21:30 lies in the quiet hours 21:00-07:00."),
        ("2026-11-24T20:30", 0, "2026-11-24 21:30 lies in the quiet hours 21:00-07:00."),
    ],
)
def test_a_time_that_can_not_be_is_told_with_the_reason(wall: str, offset: int | None, reason: str) -> None:
    (one,) = candidates(1)
    asks = ReadyMade(row=2, when=When(wall_time=wall, offset=offset))
    result = plan([replace(one, post=replace(one.post, ready=asks))], replace(outlet(), timetable=RULED))
    assert [each.reason for each in result.left_out] == [reason]
    assert result.planned == ()
