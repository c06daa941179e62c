"""Posts into slots: every delivery composed, coded and timed before it is promised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import count

from scheduler.domain.article import Article
from scheduler.domain.channel import Capabilities, Measure
from scheduler.domain.composing import Composed, compose
from scheduler.domain.delivery import Booking, Delivery, State
from scheduler.domain.errors import DoesNotFit, NotFound
from scheduler.domain.fitting import misfit
from scheduler.domain.links import delivery_code, has_link, office_key, slug, tracked
from scheduler.domain.post import Post
from scheduler.domain.pricing import ALWAYS, NOTHING, LinkRule, Price
from scheduler.domain.readymade import BOOKING, NO_LINK
from scheduler.domain.revision import is_stale
from scheduler.domain.slots import SlotTime
from scheduler.domain.thread import beside, refuse_thread
from scheduler.domain.timetable import Timetable
from scheduler.usecases.openings import Openings, booked, has_own_time

SHORT_LINK = "https://t.co/0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A channel as the planner sees it. `length` counts as the network does, and `has_link` finds what it would link.

    `cap_usd` is what it may cost in a month; None is without end.
    """

    name: str
    network: str
    timetable: Timetable
    capabilities: Capabilities
    length: Callable[[str], int]
    link_rule: LinkRule = ALWAYS
    has_link: Callable[[str], bool] = has_link
    cap_usd: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """Where posts lead: booking addresses by office, the first is the default, and the words before the link."""

    booking: Mapping[str, str]
    call: str

    def link(self, article: Article) -> str:
        """The article's own link, else the booking address of its office, else the first."""
        of_office = self.booking.get(office_key(article.wishes.office))
        return article.wishes.link or of_office or next(iter(self.booking.values()))

    def lead(self, post: Post, article: Article) -> tuple[str, str]:
        """The words before a post's link and where it leads, both empty for one that leads nowhere.

        A ready-made post may have a link of its own, which speaks for itself, or one among its words.
        """
        own = post.ready.link if post.ready else BOOKING
        if own == NO_LINK or (post.ready and own == BOOKING and has_link(post.words)):
            return "", ""
        return ("", own) if own else (self.call, self.link(article))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post that may be planned, with its article."""

    post: Post
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A delivery in its slot, and how its text came to fit."""

    post: Post
    delivery: Delivery
    composed: Composed
    cost_usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A post that gets no slot on a channel, and why."""

    post: Post
    channel: str
    reason: str
    hint: str


Part = tuple[str, Composed, str]  # Code, text and link of one delivery to be.


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What planning would add."""

    planned: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]


def arrange(
    candidates: Sequence[Candidate],
    outlets: Sequence[Outlet],
    *,
    deliveries: Sequence[Booking],
    offices: Offices,
    now: datetime,
) -> Plan:
    """Puts every post that has no delivery on a channel into that channel's next free slots, or where it asks to be.

    Posts with a time of their own come first. Articles take turns, each with its best excerpt first. Blocked posts and
    posts without a card are left out.
    """
    planned: list[Planned] = []
    left_out: list[LeftOut] = []
    codes = {delivery.code for delivery in deliveries}
    in_turn = _in_turn(candidates)
    for outlet in outlets:
        own = [delivery for delivery in deliveries if delivery.channel == outlet.name]
        served, number = {delivery.post_id for delivery in own}, sum(not delivery.part for delivery in own)
        openings = Openings(outlet.timetable, booked(own), now)
        for candidate in in_turn:
            if candidate.post.id in served or not asked_for(candidate.post, candidate.article, outlet.name):
                continue
            result = _place(candidate, outlet, openings, number=number, codes=codes, offices=offices)
            if isinstance(result, LeftOut):
                left_out.append(result)
            else:
                planned += result
                codes |= {each.delivery.code for each in result}
                number += 1
    return Plan(planned=tuple(planned), left_out=tuple(left_out))


def outlet_of(outlets: Iterable[Outlet], channel: str) -> Outlet:
    """One channel. Raises NotFound when the settings no longer name it."""
    for outlet in outlets:
        if outlet.name == channel:
            return outlet
    raise NotFound(f"The settings name no channel '{channel}'.", hint="Put it back, or cancel the delivery.")


def asked_for(post: Post, article: Article, channel: str) -> bool:
    """Whether a post goes to a channel: every one, unless its row or its article names some."""
    if post.ready and post.ready.removed:
        return False
    named = post.ready.channels if post.ready else article.wishes.channels
    return not named or channel in named


def _in_turn(candidates: Sequence[Candidate]) -> list[Candidate]:
    turns: dict[str, Iterator[int]] = {}
    ranked: list[tuple[int, Candidate]] = []
    for candidate in candidates:
        ranked.append((next(turns.setdefault(candidate.article.fingerprint, count())), candidate))
    ranked.sort(key=lambda item: (not has_own_time(item[1].post), item[0]))
    return [candidate for _, candidate in ranked]


def _place(
    candidate: Candidate,
    outlet: Outlet,
    openings: Openings,
    *,
    number: int,
    codes: Collection[str],
    offices: Offices,
) -> list[Planned] | LeftOut:
    """Its delivery, or one for each part of a thread. `number` counts the channel's posts, for its link rule."""
    post = candidate.post
    if post.blocked:
        return _left_out(post, outlet, "A finding blocks it.", f"`quotidian show {post.id}` tells which.")
    if is_stale(post):
        return _left_out(post, outlet, "Its article changed after it went out elsewhere.", "")
    if post.card_refusal:
        return _left_out(post, outlet, f"It has no card: {post.card_refusal}", "")
    if post.card and (reason := misfit(post.card, outlet.capabilities)):
        return _left_out(post, outlet, reason, "With CARD_FORMAT=auto new posts get cards that every channel takes.")
    try:
        parts = _parts(candidate, outlet, codes=codes, offices=offices, with_link=outlet.link_rule.gives(number))
    except DoesNotFit as error:
        return _left_out(post, outlet, error.message, error.hint)
    slot_time = openings.take(post)
    if not isinstance(slot_time, SlotTime):
        return _left_out(post, outlet, *slot_time)
    return list(_planned(candidate, outlet, parts, slot_time))


def _parts(
    candidate: Candidate, outlet: Outlet, *, codes: Collection[str], offices: Offices, with_link: bool
) -> list[Part]:
    refuse_thread(candidate.post.parts, network=outlet.network, takes=outlet.capabilities.threads)
    parts: list[Part] = []
    for part in range(len(candidate.post.parts)):
        code = _free_code(candidate, outlet, {*codes, *(known for known, _, _ in parts)})
        parts.append(
            (code, *compose_for(candidate, outlet, offices=offices, code=code, with_link=with_link, part=part))
        )
    return parts


def _planned(candidate: Candidate, outlet: Outlet, parts: Sequence[Part], slot_time: SlotTime) -> Iterator[Planned]:
    """One delivery a part, each the answer to the one before; the card belongs to the first."""
    parent = ""
    for part, (code, composed, link) in enumerate(parts):
        delivery = _delivery(candidate, outlet, composed, code, link, beside(slot_time, part))
        if part:
            delivery = replace(delivery, parent=parent, part=part, alt_text="", card_path="", card_sha256="")
        has_card = part == 0 and (candidate.post.card is not None or candidate.post.lacks_card)
        price = price_of(outlet, composed.text, link, has_card=has_card, day=slot_time.due_at.date())
        yield Planned(post=candidate.post, composed=composed, delivery=delivery, cost_usd=price.usd)
        parent = code


def price_of(outlet: Outlet, text: str, link: str, *, has_card: bool, day: date) -> Price:
    """What a post costs on a day; words that the network would link cost as much as our own link."""
    prices = outlet.capabilities.prices
    if prices.is_free:
        return NOTHING
    step = prices.on(day)
    is_linked = bool(link) or outlet.has_link(text)
    return Price(usd=step.of(has_link=is_linked, has_alt_text=has_card), since=step.since.isoformat())


def compose_for(
    candidate: Candidate, outlet: Outlet, *, offices: Offices, code: str, with_link: bool, part: int = 0
) -> tuple[Composed, str]:
    """The text of a post, or of a part of its thread; only the first has a link, if any. Raises DoesNotFit."""
    article, parts = candidate.article, candidate.post.parts
    if part >= len(parts):
        raise DoesNotFit(f"Its thread has no part {part + 1} any more.", hint="Cancel it.")
    limit, bare = outlet.capabilities.text_limit, partial(length_of, outlet, "")
    if part:
        return compose(parts[part], call="", link="", hashtags=(), limit=limit, length=bare), ""
    tracking = {"source": outlet.network, "campaign": slug(article.title), "code": code}
    call, address = offices.lead(candidate.post, article)
    # A row's own link is no matter of the channel's rule, unless that wants none at all.
    wanted = with_link or not (call or outlet.link_rule.is_bare)
    link = tracked(address, **tracking) if address and wanted else ""
    composed = compose(
        parts[0],
        call=call if link else "",
        link=link,
        hashtags=candidate.post.hashtags,
        limit=limit,
        length=partial(length_of, outlet, link),
    )
    return composed, link


def length_of(outlet: Outlet, link: str, text: str) -> int:
    """The length of a post's text as this channel counts it.

    Where every link counts alike, ours does too: X's own count wants a top-level domain that exists.
    """
    shortens = link and outlet.capabilities.measure is Measure.WEIGHTED
    return outlet.length(text.replace(link, SHORT_LINK) if shortens else text)


def first_code(candidate: Candidate, outlet: Outlet, *, salt: int = 0) -> str:
    """The code that a post's first delivery on a channel gets, unless it collides."""
    return delivery_code(candidate.article.fingerprint, str(candidate.post.excerpt.spans), outlet.name, salt=salt)


def _free_code(candidate: Candidate, outlet: Outlet, codes: Collection[str]) -> str:
    return next(code for salt in count() if (code := first_code(candidate, outlet, salt=salt)) not in codes)


def _left_out(post: Post, outlet: Outlet, reason: str, hint: str) -> LeftOut:
    return LeftOut(post=post, channel=outlet.name, reason=reason, hint=hint)


def _delivery(
    candidate: Candidate, outlet: Outlet, composed: Composed, code: str, link: str, slot_time: SlotTime
) -> Delivery:
    card = candidate.post.card
    return Delivery(
        post_id=candidate.post.id,
        channel=outlet.name,
        code=code,
        text=composed.text,
        link=link,
        alt_text=card.alt_text if card else "",
        card_path=card.path if card else "",
        card_sha256=card.sha256 if card else "",
        article=candidate.article.title,
        due_at=slot_time.due_at,
        wall_time=slot_time.wall_time,
        zone=slot_time.zone,
        fold=slot_time.fold,
        state=State.SCHEDULED,
    )
