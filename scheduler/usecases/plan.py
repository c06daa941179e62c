"""A post for a channel: every delivery is composed, coded and timed before it is promised."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from scheduler.domain.article import Article
from scheduler.domain.channel import Capabilities, Measure
from scheduler.domain.composing import Composed, compose
from scheduler.domain.delivery import Booking, Delivery, State
from scheduler.domain.errors import DoesNotFit, NotFound
from scheduler.domain.fitting import misfit
from scheduler.domain.links import delivery_code, office_key, slug, tracked
from scheduler.domain.post import Post
from scheduler.domain.pricing import ALWAYS, LinkRule
from scheduler.domain.readymade import BOOKING, NO_LINK
from scheduler.domain.revision import is_stale
from scheduler.domain.slots import SlotTime
from scheduler.domain.timetable import Timetable
from scheduler.domain.wording import wording
from scheduler.usecases.openings import Reason
from scheduler.usecases.rotation import Again, Over, Withdrawn

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
SHORT_LINK = "https://t.co/0123456789"
Said = Mapping[str, Mapping[int, str]]
"""By channel, texts that it has, as domain.wording, each with the code of the delivery that says it."""
NOTHING_SAID: Said = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A channel as the planner sees it. `length` counts as the network does."""

    name: str
    network: str
    timetable: Timetable
    capabilities: Capabilities
    length: Callable[[str], int]
    link_rule: LinkRule = ALWAYS


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
        if own == NO_LINK or (post.ready and own == BOOKING and _ADDRESS.search(post.words)):
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


@dataclass(slots=True, kw_only=True)
class Placer:
    """Composes posts for one channel; `codes` are those taken anywhere, `number` counts the channel's deliveries, for
    its link rule; both grow. `said` are texts that it has, as domain.wording, each with the code of who says it."""

    outlet: Outlet
    offices: Offices
    codes: set[str]
    number: int
    said: Mapping[int, str] = field(default_factory=dict)

    def place(self, candidate: Candidate, seat: Callable[[Post], SlotTime | Reason]) -> Planned | LeftOut:
        """The post at the time that `seat` gives it, which is asked only when it can be composed."""
        post, outlet = candidate.post, self.outlet
        if reason := unfit(post, outlet):
            return left_out(post, outlet, *reason)
        code = free_code(candidate, outlet, self.codes)
        try:
            with_link = outlet.link_rule.gives(self.number)
            composed, link = compose_for(candidate, outlet, offices=self.offices, code=code, with_link=with_link)
        except DoesNotFit as error:
            return left_out(post, outlet, error.message, error.hint)
        twin = self.said.get(wording(composed.text, link), code) if self.said else code
        if twin != code:
            return left_out(post, outlet, f"It says there what {twin} says, word for word.", "Change a word of it.")
        slot_time = seat(post)
        if not isinstance(slot_time, SlotTime):
            return left_out(post, outlet, *slot_time)
        delivery = delivery_of(candidate, outlet, composed, code, link, slot_time)
        cost_usd = cost_of(outlet, link, has_card=post.card is not None or post.lacks_card)
        self.codes.add(code)
        self.number += 1
        return Planned(post=post, composed=composed, delivery=delivery, cost_usd=cost_usd)


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


def unfit(post: Post, outlet: Outlet) -> Reason | None:
    """Why a post can't go to a channel, and a way out."""
    if post.blocked:
        return "A finding blocks it.", f"`quotidian show {post.id}` tells which."
    if is_stale(post):
        return "Its article changed after it went out elsewhere.", ""
    if post.card_refusal:
        return f"It has no card: {post.card_refusal}", ""
    if post.card and (reason := misfit(post.card, outlet.capabilities)):
        return reason, "With CARD_FORMAT=auto new posts get cards that every channel takes."
    return None


def cost_of(outlet: Outlet, link: str, *, has_card: bool = True) -> float:
    """US dollars of a post; `link` is empty where the channel's link rule gives it none."""
    return outlet.capabilities.prices.of(has_link=bool(link), has_alt_text=has_card)


def compose_for(
    candidate: Candidate, outlet: Outlet, *, offices: Offices, code: str, with_link: bool
) -> tuple[Composed, str]:
    """The text of a post on a channel, and its link, which may be empty. Raises DoesNotFit."""
    article = candidate.article
    tracking = {"source": outlet.network, "campaign": slug(article.title), "code": code}
    call, address = offices.lead(candidate.post, article)
    # A row's own link is no matter of the channel's rule.
    link = tracked(address, **tracking) if address and (with_link or not call) else ""
    composed = compose(
        candidate.post.words,
        call=call if link else "",
        link=link,
        hashtags=candidate.post.hashtags,
        limit=outlet.capabilities.text_limit,
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


def left_out(post: Post, outlet: Outlet, reason: str, hint: str) -> LeftOut:
    """What is told of it."""
    return LeftOut(post=post, channel=outlet.name, reason=reason, hint=hint)


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
