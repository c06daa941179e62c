"""One account on one network, what that network can take, and what travels to it and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scheduler.domain.pricing import FREE, PriceList


class Measure(StrEnum):
    """How a network counts a post's length."""

    CHARACTERS = "characters"
    WEIGHTED = "weighted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel takes. `text_limit` is in units of `measure`; `picture_bytes` is the largest picture.

    `picture_sizes` are the sizes of card that it shows whole, the one that looks best there first.
    `exact` means that publishing the same key twice has the effect of once, so an unknown outcome may be replayed.
    `settle_seconds` is how long after sending a read-back may still miss the post. `threads` means that a post can
    continue another.
    """

    text_limit: int
    measure: Measure
    alt_text_limit: int
    picture_formats: tuple[str, ...]
    picture_bytes: int
    exact: bool
    settle_seconds: int
    prices: PriceList = FREE
    picture_sizes: tuple[str, ...] = ("square", "portrait", "landscape")
    threads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a channel is opened with: its name and options in the settings, and a folder that is its own.

    `options` hold secrets, so they are never shown.
    """

    name: str
    folder: str
    options: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """The final post, fixed when it was claimed: the same values for every try.

    `card_sha256` is of the picture's bytes, so that a channel can refuse a file that changed since. `reply_to` is the
    network's id of the post that it continues, in a thread. `taken` are ids of posts that say the same and belong to
    other deliveries: who looks for this one passes them over.
    """

    code: str
    key: str
    channel: str
    text: str
    link: str
    alt_text: str
    card_path: str
    card_sha256: str
    article: str
    created_at: datetime
    reply_to: str = ""
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A post whose media are up: all that is left is the one request that publishes.

    A channel asks `in_time()` right before its bytes leave: a worker that was stopped for long must not send any more.
    """

    outgoing: Outgoing
    media: tuple[str, ...] = ()
    in_time: Callable[[], bool] = field(default=lambda: True, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that the network took the post."""

    remote_id: str
    url: str
