"""What a trial is to do, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.testing.faults import Fault
from scheduler.testing.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of network: how a lost answer of it is resolved."""

    readable: bool
    exact: bool
    settle_seconds: int


KINDS: Mapping[str, Kind] = {
    "readable": Kind(readable=True, exact=False, settle_seconds=4),
    "keyed": Kind(readable=False, exact=True, settle_seconds=2),
    "put": Kind(readable=True, exact=True, settle_seconds=2),
    "blind": Kind(readable=False, exact=False, settle_seconds=0),
}
"""As X, Mastodon with its key, Bluesky with its record key, and a webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a trial is to do. `rate` is the share of requests that fail, in the ways `among`."""

    deliveries: int
    seed: int
    workers: int = 1
    kills: int = 0
    stops: int = 0
    jumps: int = 0
    rate: float = 0.05
    among: tuple[Fault, ...] = tuple(Fault)
    kinds: tuple[str, ...] = tuple(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of it: of all networks, and of each."""

    plan: Plan
    total: Tally
    by_kind: Mapping[str, Tally]
    kills: Mapping[str, int]
    stopped: int
    jumped: int
    seconds: float
