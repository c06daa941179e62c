"""The card while it is laid out: what has been placed so far, and what later elements may build on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.cards import optics, typography
from scheduler.cards.brand import Brand
from scheduler.cards.frames import FRAMES, Frame
from scheduler.cards.lengths import Length
from scheduler.cards.words import Words
from scheduler.domain.card import Box, Code, Line, Ornament, Photo, Picture, Shade, Shape
from scheduler.domain.errors import CardRefused


class NoRoom(CardRefused):
    """A line of this card is too long."""


class TooLong(CardRefused):
    """A text of this card doesn't fit at its smallest readable size."""


# A line of both directions may have its first letter anywhere.
_MIXED_INDENT = 0.05


def around(lines: Sequence[str], number: int) -> tuple[str, str]:
    """What stands before and after a line in its paragraph."""
    before, after = " ".join(lines[:number]), " ".join(lines[number + 1 :])
    return f"{before} " if before else "", f" {after}" if after else ""


@dataclass(slots=True, kw_only=True)
class Scene:
    """Layers as in CardSpec; `names` are the edges and results that lengths may use, in u."""

    brand: Brand
    frame: Frame
    words: Words
    wordmark: bool = True
    squeeze: int = 0
    settle: float = 0.0
    photo: Photo | None = None
    shades: list[Shade] = field(default_factory=list)
    shapes: list[Box | Shape] = field(default_factory=list)
    ornaments: list[Ornament] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    names: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {
            **self.frame.edges(),
            "W": self.frame.width / self.frame.u,
            "H": self.frame.height / self.frame.u,
            "named": float(bool(self.words.name)),
            "titled": float(bool(self.words.role)),
            "addressed": float(bool(self.words.address)),
            "items": float(len(self.words.items)),
            "squeeze": float(self.squeeze),
            "settle": self.settle,
        }

    def has(self, fact: str) -> bool:
        """Whether the card has this part, or this size."""
        return fact == self.frame.size if fact in FRAMES else self.words.has(fact)

    def px(self, length: Length) -> float:
        """A length of the template in pixels."""
        return length.at(self.frame.size, self.names) * self.frame.u

    def sizes(self, largest: Length, smallest: Length) -> tuple[float, float]:
        """Two sizes in pixels. Raises CardRefused when they are the wrong way round."""
        sizes = self.px(largest), self.px(smallest)
        if not sizes[0] >= sizes[1] >= 1:
            raise CardRefused("A size in the template is smaller than its smallest.", hint="Change one of the two.")
        return sizes

    def result(self, name: str, value: float) -> None:
        """Lets later elements use a value, given in pixels."""
        self.names[name] = value / self.frame.u

    @property
    def rtl(self) -> bool:
        """Whether the finished card is mirrored."""
        return self.brand.fonts.rtl

    def require_settable(self, text: str, face: str) -> None:
        """Raises CardRefused where no installed font can show the text."""
        self.brand.fonts.runs(face, text.replace(typography.NO_BREAK, " "))

    def within(self, width: float, lines: Sequence[str], face: str, size: float) -> float:
        """The size, or a smaller one at which lines of several fonts keep to the width.

        A mark takes the font of its neighbours, so a line may be wider than its words were by themselves.
        """
        fonts = self.brand.fonts
        for number, line in enumerate(lines):
            before, after = around(lines, number)
            if len(fonts.runs(face, line, before, after)) > 1:
                wide = fonts.width(face, line, before=before, after=after)
                ink = wide - self.indent(lines, number, face)
                size = min(size, width / ink) if ink > 0 else size
        return size

    def indent(self, lines: Sequence[str], number: int, face: str) -> float:
        """How far a line's pen starts before the axis, in em: as its first letter wants it, where that stands there."""
        fonts, line = self.brand.fonts, lines[number]
        wanted = optics.indent(fonts, face, line)
        if self.rtl and any(run.direction == "ltr" for run in fonts.runs(face, line, *around(lines, number))):
            return min(max(wanted, -_MIXED_INDENT), _MIXED_INDENT)
        return wanted

    def write(
        self,
        text: str,
        face: str,
        size: float,
        x: float,
        baseline: float,
        colour: str,
        tracking: float | None = None,
        *,
        before: str = "",
        after: str = "",
    ) -> None:
        """Adds a line of text, one entry for each run of one font and direction; on a mirrored card, mirrored.

        `before` and `after` are what stands around it in its paragraph. Raises CardRefused where it would stand off the
        card.
        """
        fonts = self.brand.fonts
        ink = x if x >= 0 else x + fonts.bearing(face, text, after) * size
        if size < 1 or not (0 <= ink < self.frame.width and 0 < baseline < self.frame.height):
            raise CardRefused(f"The template puts “{text[:40]}” off the card.", hint="Change its place or size.")
        runs = fonts.runs(face, text.replace(typography.NO_BREAK, " "), before, after)
        if self.rtl:
            wide = sum(fonts.advance(face, run, tracking) for run in runs) - fonts.spacing(face, runs[-1], tracking)
            x = self.frame.width - x - wide * size
        for run in runs:
            self.lines.append(
                Line(
                    text=run.text,
                    face=fonts.name(face, run),
                    font_sha256=fonts.sha256(fonts.name(face, run)),
                    size=round(size * fonts.scale(face, run), 3),
                    x=round(x, 3),
                    baseline=round(baseline - fonts.lift(face, run) * size, 3),
                    colour=colour,
                    tracking=fonts.spacing(face, run, tracking) / fonts.scale(face, run),
                    direction=run.direction,
                    language=fonts.language,
                )
            )
            x += fonts.advance(face, run, tracking) * size
