"""What a post costs on a network and since when, and how often it carries its link, which may be most of the price."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

NAMES = {"post": "post_usd", "link": "link_post_usd", "alt": "alt_text_usd", "read": "read_usd"}
"""How a price list in words names its prices."""
LONGEST_LIST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """US dollars of one post, of one with a link (instead), of its picture's alt text (on top), of reading one back.

    They count from the day `since` on.
    """

    post_usd: float = 0.0
    link_post_usd: float = 0.0
    alt_text_usd: float = 0.0
    read_usd: float = 0.0
    since: date = date.min

    def of(self, *, has_link: bool, has_alt_text: bool) -> float:
        """The price of one post, in US dollars."""
        post = self.link_post_usd if has_link else self.post_usd
        return round(post + (self.alt_text_usd if has_alt_text else 0.0), 4)


@dataclass(frozen=True, slots=True)
class PriceList:
    """What a network charged and charges, oldest first; an empty list is free."""

    steps: tuple[Prices, ...] = ()

    def on(self, day: date) -> Prices:
        """The prices that count on a day; before the first step those of the first."""
        index = bisect_right([step.since for step in self.steps], day) - 1
        return self.steps[max(index, 0)] if self.steps else Prices()

    @property
    def is_free(self) -> bool:
        """Whether no post ever costs anything."""
        return not any(step.of(has_link=link, has_alt_text=True) for step in self.steps for link in (True, False))


FREE = PriceList()


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one post costs, in US dollars, and the day since which that is its price; empty where it is free."""

    usd: float = 0.0
    since: str = ""


NOTHING = Price()


def parse_prices(text: str) -> PriceList:
    """`2026-04-20 post 0.015 link 0.20 alt 0.005, 2027-01-01 …`; empty is an empty list. Raises ValueError."""
    steps = [_step(words.split()) for words in text[:LONGEST_LIST].split(",") if words.strip()]
    if len({step.since for step in steps}) < len(steps):
        raise ValueError("a day stands twice in the price list")
    return PriceList(tuple(sorted(steps, key=lambda step: step.since)))


def _step(words: list[str]) -> Prices:
    day, rest = words[0], words[1:]
    pairs = list(zip(rest[::2], rest[1::2], strict=False))
    if len(rest) % 2 or not pairs or any(name not in NAMES for name, _ in pairs):
        raise ValueError(f"'{' '.join(words)}' is no price list; write 2026-04-20 post 0.015 link 0.20 alt 0.005")
    prices = {NAMES[name]: _usd(amount) for name, amount in pairs}
    if len(prices) < len(pairs):
        raise ValueError(f"a price stands twice in '{' '.join(words)}'")
    return Prices(since=_day(day), **{"link_post_usd": prices.get("post_usd", 0.0)} | prices)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a day; write for example 2026-04-20") from None


def _usd(text: str) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", text):
        raise ValueError(f"'{text}' is not a price in US dollars; write for example 0.20")
    return float(text)


def dollars(usd: float) -> str:
    """An amount as people read it: cents, and parts of a cent only where there are some."""
    return f"${usd:.2f}" if round(usd, 2) == round(usd, 4) else f"${usd:.4f}".rstrip("0")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """Every `every`-th post of a channel carries its link; 0 means none.

    Then the address stands on the card, unless it `is_bare`: no link anywhere, not even one that a row names.
    """

    every: int = 1
    is_bare: bool = False

    def gives(self, number: int) -> bool:
        """Whether the `number`-th post of a channel, counted from 0, carries its link."""
        return self.every > 0 and number % self.every == 0


ALWAYS = LinkRule()
RULES = {"always": ALWAYS, "card": LinkRule(every=0), "never": LinkRule(every=0, is_bare=True)}


def parse_link_rule(text: str) -> LinkRule:
    """`always`, `every:3`, `card` or `never`. Raises ValueError with one sentence."""
    if text in RULES:
        return RULES[text]
    every = re.fullmatch(r"every:([1-9]\d{0,2})", text)
    if not every:
        raise ValueError(f"'{text}' is not a link rule; write always, every:3, card or never")
    return LinkRule(every=int(every[1]))
