"""A post as each network will show it: its text there, how long the network finds it, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scheduler.bootstrap import App
from scheduler.domain.article import Article
from scheduler.domain.channel import Measure
from scheduler.domain.delivery import Delivery
from scheduler.domain.errors import DoesNotFit, NotFound
from scheduler.domain.post import Post
from scheduler.domain.pricing import dollars
from scheduler.usecases.plan import (
    Candidate,
    Outlet,
    asked_for,
    compose_for,
    first_code,
    length_of,
    outlet_of,
    price_of,
)
from scheduler.web.dashboard.naming import name_of

LINK_SHOWN = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class OnNetwork:
    """One delivery, or one that would be; `limit` is 0 where the settings no longer name the channel.

    `words` are the text before its link, the link as networks show it, and the text after it.
    """

    channel: str
    network: str = ""
    words: tuple[str, str, str]
    link: str = ""
    length: int = 0
    limit: int = 0
    cost_usd: float = 0.0
    why_cost: str = ""
    trouble: str = ""
    hint: str = ""
    delivery: Delivery | None = None

    @property
    def percent(self) -> int:
        """Of what the network takes."""
        return round(100 * self.length / self.limit) if self.limit else 0

    @property
    def key(self) -> str:
        """What tells it from the others of a page."""
        return self.delivery.code if self.delivery else self.channel

    @property
    def said(self) -> str:
        """Its length in words."""
        return f"{self.length} of {self.limit}" if self.limit else ""

    @property
    def host(self) -> str:
        """Where its link leads, in short."""
        return self.link.partition("://")[2].partition("/")[0].partition("?")[0]

    @property
    def name(self) -> str:
        """As people call it."""
        return name_of(self.channel, self.network)


def planned(app: App, deliveries: Sequence[Delivery]) -> list[OnNetwork]:
    """What is planned, each as it was composed."""
    return [_planned(app, one) for one in deliveries]


def would_be(app: App, post: Post, article: Article, deliveries: Sequence[Delivery] = ()) -> list[OnNetwork]:
    """As it would be composed: for what is planned, else wherever it would go."""
    candidate = Candidate(post=post, article=article)
    known = {outlet.name: outlet for outlet in app.channels.priced}
    if deliveries:
        return [_composed(app, candidate, known[one.channel], one) for one in deliveries if one.channel in known]
    return [_composed(app, candidate, one) for one in known.values() if asked_for(post, article, one.name)]


def total(shown: Sequence[OnNetwork]) -> float:
    """US dollars."""
    return round(sum(one.cost_usd for one in shown), 4)


def split(text: str, link: str) -> tuple[str, str, str]:
    """The text before its link, the link as networks show it, and the text after it."""
    if not link:
        return text, "", ""
    before, found, after = text.partition(link)
    shown = found.partition("://")[2]
    return before, shown[:LINK_SHOWN] + ("…" if len(shown) > LINK_SHOWN else ""), after


def _planned(app: App, one: Delivery) -> OnNetwork:
    words = split(one.text, one.link)
    try:
        outlet = outlet_of(app.channels.priced, one.channel)
    except NotFound as error:
        return OnNetwork(
            channel=one.channel, words=words, link=one.link, delivery=one, trouble=error.message, hint=error.hint
        )
    cost, why = _cost(outlet, one.text, one.link, has_card=bool(one.card_sha256), day=one.due_at.date())
    return OnNetwork(
        channel=one.channel,
        network=outlet.network,
        words=words,
        link=one.link,
        length=_length(outlet, one.link, one.text),
        limit=outlet.capabilities.text_limit,
        cost_usd=cost,
        why_cost=why,
        delivery=one,
    )


def _composed(app: App, candidate: Candidate, outlet: Outlet, one: Delivery | None = None) -> OnNetwork:
    words = candidate.post.words
    bare = OnNetwork(
        channel=outlet.name,
        network=outlet.network,
        words=(words, "", ""),
        length=_length(outlet, "", words),
        limit=outlet.capabilities.text_limit,
        delivery=one,
    )
    try:
        composed, link = compose_for(
            candidate,
            outlet,
            offices=app.offices,
            code=one.code if one else first_code(candidate, outlet),
            with_link=bool(one.link) if one else outlet.link_rule.gives(0),
            part=one.part if one else 0,
        )
    except DoesNotFit as error:
        return replace(bare, trouble=error.message, hint=error.hint)
    cost, why = _cost(outlet, composed.text, link, has_card=True, day=app.clock.now().date())
    shown = split(composed.text, link)
    return replace(bare, words=shown, link=link, length=composed.length, cost_usd=cost, why_cost=why)


def _length(outlet: Outlet, link: str, text: str) -> int:
    try:
        return length_of(outlet, link, text)
    except DoesNotFit:
        return len(text)


def _cost(outlet: Outlet, text: str, link: str, *, has_card: bool, day: date) -> tuple[float, str]:
    """US dollars, and where they come from."""
    usd = price_of(outlet, text, link, has_card=has_card, day=day).usd
    bare = outlet.capabilities.prices.on(day).of(has_link=False, has_alt_text=has_card)
    because = f", because of the link ({dollars(bare)} without)" if link and usd > bare else ""
    counts = " Every link counts as 23." if link and outlet.capabilities.measure is Measure.WEIGHTED else ""
    return usd, (f"{dollars(usd)}{because}.{counts}" if usd else f"No cost.{counts}")
