"""What a post costs on a network, and how often it carries its link: on some networks a link is most of the price."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """US dollars of one post, of one with a link (instead), and of the alt text of its picture (on top)."""

    post_usd: float = 0.0
    link_post_usd: float = 0.0
    alt_text_usd: float = 0.0

    def of(self, *, has_link: bool, has_alt_text: bool) -> float:
        """The price of one post, in US dollars."""
        post = self.link_post_usd if has_link else self.post_usd
        return round(post + (self.alt_text_usd if has_alt_text else 0.0), 4)


FREE = Prices()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRule:
    """Every `every`-th post of a channel carries its link; 0 means none, as the address stands on the card."""

    every: int = 1

    def gives(self, number: int) -> bool:
        """Whether the `number`-th post of a channel, counted from 0, carries its link."""
        return self.every > 0 and number % self.every == 0


ALWAYS = LinkRule()


def parse_link_rule(text: str) -> LinkRule:
    """`always`, `every:3` or `card`. Raises ValueError with one sentence."""
    if text in ("always", "card"):
        return LinkRule(every=1 if text == "always" else 0)
    every = re.fullmatch(r"every:([1-9]\d{0,2})", text)
    if not every:
        raise ValueError(f"'{text}' is not a link rule; write always, every:3 or card")
    return LinkRule(every=int(every[1]))
