"""Time as a machine counts it by itself: a wall clock may jump, these seconds can't."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A reading of a machine's monotonic clock: `ticks` are seconds that mean something within one `boot` only.

    Where the machine can't tell its boots apart, `boot` is empty and the wall clock has to do.
    """

    boot: str = ""
    ticks: float = 0.0


UNMARKED = Mark()
