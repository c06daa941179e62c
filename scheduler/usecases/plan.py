"""A post for a channel: every delivery is composed, coded and timed before it is promised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count

from scheduler.domain.article import Article
from scheduler.domain.channel import Capabilities, Measure
from scheduler.domain.composing import Composed, compose
from scheduler.domain.delivery import Booking, Delivery, State
from scheduler.domain.errors import DoesNotFit, NotFound
from scheduler.domain.links import delivery_code, has_link, office_key, slug, tracked
from scheduler.domain.post import Post
from scheduler.domain.pricing import ALWAYS, NOTHING, LinkRule, Price
from scheduler.domain.readymade import BOOKING, NO_LINK
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Timetable
from scheduler.usecases.rotation import Again, Over, Withdrawn

SHORT_LINK = "https://t.co/0123456789"
Said = Mapping[str, Mapping[int, str]]
"""By channel, texts that it has, as domain.wording, each with the code of the delivery that says it."""
NOTHING_SAID: Said = {}


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
        own = post.link
        if own == NO_LINK or (post.ready and own == BOOKING and has_link(post.words)):
            return "", ""
        if own and post.ready is None:
            return post.call or self.call, own
        return ("", own) if own else (post.call or self.call, self.link(article))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post that may be planned, with its article."""

    post: Post
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A delivery in its slot, and how its text came to fit; `again` where its post was there before."""

    post: Post
    delivery: Delivery
    composed: Composed
    cost_usd: float
    again: Again | None = None
    answers: tuple[Planned, ...] = ()

    @property
    def parts(self) -> tuple[Planned, ...]:
        """Itself and its answers."""
        return (self, *self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A post that gets no slot on a channel, and why."""

    post: Post
    channel: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A delivery of a campaign that goes to another `slot`, or stays (None); it then belongs to `campaign`, in the
    version `shape` of that."""

    booking: Booking
    slot: SlotTime | None
    campaign: str
    shape: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What planning would add, later runs that it would call off, and posts that never come again.

    `moves` are deliveries of campaigns that go elsewhere; `notes` are sentences about campaigns.
    """

    planned: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    moves: tuple[Move, ...] = ()
    notes: tuple[str, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    over: tuple[Over, ...] = ()


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


def free_code(candidate: Candidate, outlet: Outlet, codes: Collection[str]) -> str:
    """A code for one more delivery of a post on a channel that is none of `codes`."""
    return next(code for salt in count() if (code := first_code(candidate, outlet, salt=salt)) not in codes)


def delivery_of(
    candidate: Candidate, outlet: Outlet, composed: Composed, code: str, link: str, slot_time: SlotTime
) -> Delivery:
    """A composed post in its slot."""
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
