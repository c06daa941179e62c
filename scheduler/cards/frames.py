"""The sizes of card and the safe frame in each: outside it stand only grounds and hung quotation marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.errors import CardRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Pixels of the card, and the frame's margins in u; u is a hundredth of the shorter side."""

    size: str
    width: int
    height: int
    side: float
    top: float
    bottom: float

    @property
    def u(self) -> float:
        """Pixels to the unit."""
        return min(self.width, self.height) / 100

    def edges(self) -> dict[str, float]:
        """Left, right, top and bottom of the frame in u."""
        return {
            "L": self.side,
            "R": self.width / self.u - self.side,
            "T": self.top,
            "B": self.height / self.u - self.bottom,
        }


FRAMES: Mapping[str, Frame] = {
    frame.size: frame
    for frame in (
        Frame(size="square", width=1080, height=1080, side=8, top=8, bottom=8),
        Frame(size="landscape", width=1600, height=900, side=10, top=8, bottom=8),
        Frame(size="portrait", width=1080, height=1350, side=8, top=8, bottom=8),
        Frame(size="story", width=1080, height=1920, side=8.5, top=19.2 / 10.8 * 14, bottom=19.2 / 10.8 * 20),
    )
}


def frame(size: str) -> Frame:
    """The frame of a size by name; raises CardRefused."""
    if size not in FRAMES:
        raise CardRefused(f"There is no size “{size}”.", hint=f"The sizes are {', '.join(FRAMES)}.")
    return FRAMES[size]
