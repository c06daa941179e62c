"""A template, a brand and the words, placed: the complete description of the picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from scheduler.cards import breaking, optics, typography
from scheduler.cards.brand import Brand
from scheduler.cards.fonts import shaping
from scheduler.cards.frames import Frame
from scheduler.cards.lengths import Length
from scheduler.cards.logo import Logo
from scheduler.cards.scripts import require_settable
from scheduler.cards.template import BoxElement, LineElement, LockupElement, ParagraphElement, Template
from scheduler.domain.card import Box, CardSpec, Line, Picture
from scheduler.domain.errors import CardRefused

PAINTER = 1

_WORDMARK_SHARE = 0.56
_GAP_SHARE = 0.30
_WIDEST_LOGO = 40.0
_LOGO_WITH_NAME = 2.0
_HANGING_MARGIN = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is set: the quote between its marks, and the lines of one element each, typeset; empty ones are left out."""

    opening: str
    quote: str
    closing: str
    name: str = ""
    role: str = ""
    address: str = ""


class NoRoom(CardRefused):
    """A line of this card is too long."""


def lay_out(template: Template, brand: Brand, frame: Frame, words: Words, *, wordmark: bool = True) -> CardSpec:
    """The card's description. Raises CardRefused with the reason; NoRoom when it is a line that is too long.

    Without `wordmark` the logo stands alone, which leaves the address more room.
    """
    scene = _Scene(brand=brand, frame=frame, words=words, wordmark=wordmark)
    for element in template.element:
        match element:
            case BoxElement():
                scene.place_box(element)
            case LockupElement():
                scene.place_lockup(element)
            case LineElement():
                scene.place_line(element)
            case ParagraphElement():
                scene.place_paragraph(element)
    return CardSpec(
        width=frame.width,
        height=frame.height,
        ground=brand.colours[template.ground],
        boxes=tuple(scene.boxes),
        pictures=tuple(scene.pictures),
        lines=tuple(scene.lines),
        painter=PAINTER,
        shaping=shaping(),
    )


@dataclass(slots=True, kw_only=True)
class _Scene:
    """What has been placed so far; `names` are the edges and results that lengths may use, in u."""

    brand: Brand
    frame: Frame
    words: Words
    wordmark: bool
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    names: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {
            **self.frame.edges(),
            "named": float(bool(self.words.name)),
            "titled": float(bool(self.words.role)),
        }

    def place_box(self, element: BoxElement) -> None:
        top = round(self._px(element.top))
        self.boxes.append(
            Box(
                left=round(self._px(element.left)),
                top=top,
                right=round(self._px(element.right)),
                bottom=top + max(1, round(self._px(element.height))),
                colour=self.brand.colours[element.colour],
            )
        )

    def place_lockup(self, element: LockupElement) -> None:
        left, centre, height = (self._px(length) for length in (element.left, element.centre, element.height))
        colour, name, right = self.brand.colours[element.colour], self.brand.name, left
        if logo := self.brand.logo:
            aspect = logo.image.width / logo.image.height
            right = self._place_logo(logo, left, centre, min(height * aspect, _WIDEST_LOGO * self.frame.u), colour)
            name = name if self.wordmark and aspect <= _LOGO_WITH_NAME else ""
        if name:
            x = right + _GAP_SHARE * height if self.brand.logo else left
            right = self._place_wordmark(name, x, centre, _WORDMARK_SHARE * height, colour)
        self.names["lockup.right"] = right / self.frame.u

    def place_line(self, element: LineElement) -> None:
        text: str = getattr(self.words, element.words)
        if not text:
            return
        left, right, baseline = (self._px(length) for length in (element.left, element.right, element.baseline))
        fonts, face = self.brand.fonts, element.face
        self._require_settable(text, face)
        size = self._size_of_line(element, text, right - left)
        if element.align == "right":
            x = right - optics.ink_width(fonts, face, text) * size
        else:
            x = left - optics.indent(fonts, face, text) * size
        self._write(text, face, size, x, baseline, self.brand.colours[element.colour])
        self.names[f"{element.words}.baseline"] = baseline / self.frame.u

    def place_paragraph(self, element: ParagraphElement) -> None:
        words: str = getattr(self.words, element.words)
        if not words:
            raise CardRefused(f"The {element.words} is empty.", hint="Give the card some words.")
        left, right, top, bottom = (
            self._px(edge) for edge in (element.left, element.right, element.top, element.bottom)
        )
        opening, closing = (self.words.opening, self.words.closing) if element.mark_colour else ("", "")
        self._require_settable(opening + words + closing, element.face)
        style = self._style(element)
        reach = partial(optics.reach, self.brand.fonts, element.face)
        parts = breaking.words_of(typography.bind(words + closing), reach)
        setting = breaking.fit(parts, style, width=right - left, height=bottom - top)
        if setting is None:
            raise _too_long(parts, style, right - left, element.words)
        first = top + style.cap * setting.size
        self._write_paragraph(element, setting, opening, left, first)
        last = first + (len(setting.lines) - 1) * setting.leading
        for part, value in (("left", left), ("baseline", last), ("leading", setting.leading)):
            self.names[f"{element.words}.{part}"] = value / self.frame.u

    def _place_logo(self, logo: Logo, left: float, centre: float, width: float, colour: str) -> float:
        """Where the logo ends."""
        height = width * logo.image.height / logo.image.width
        self.pictures.append(
            Picture(
                sha256=logo.sha256,
                left=round(left),
                top=round(centre - height / 2),
                width=max(1, round(width)),
                height=max(1, round(height)),
                tint=colour if logo.tinted else "",
            )
        )
        return left + width

    def _place_wordmark(self, name: str, x: float, centre: float, size: float, colour: str) -> float:
        """Where the wordmark ends."""
        face, text = self.brand.wordmark, typography.typeset(name)
        self._require_settable(text, face)
        self._write(text, face, size, x, centre + self.brand.fonts.cap(face) * size / 2, colour)
        return x + size * self.brand.fonts.width(face, text)

    def _style(self, element: ParagraphElement) -> breaking.Style:
        largest, smallest = self._sizes(element.largest, element.smallest)
        return breaking.Style(
            largest=largest,
            smallest=smallest,
            tight=element.leading[0],
            loose=element.leading[1],
            cap=self.brand.fonts.cap(element.face),
        )

    def _write_paragraph(
        self, element: ParagraphElement, setting: breaking.Setting, opening: str, left: float, baseline: float
    ) -> None:
        fonts, face, size = self.brand.fonts, element.face, setting.size
        for number, line in enumerate(setting.lines):
            x = left - optics.indent(fonts, face, line) * size
            y = baseline + number * setting.leading
            if number == 0 and element.mark_colour:
                hung = optics.hang(fonts, face, opening, line) * size
                if x - hung < _HANGING_MARGIN * self.frame.u:
                    x = left - fonts.bearing(face, line) * size
                self._write(opening.strip(), face, size, x - hung, y, self.brand.colours[element.mark_colour])
            self._write(line, face, size, x, y, self.brand.colours[element.colour])

    def _px(self, length: Length) -> float:
        return length.at(self.frame.size, self.names) * self.frame.u

    def _sizes(self, largest: Length, smallest: Length) -> tuple[float, float]:
        sizes = self._px(largest), self._px(smallest)
        if not sizes[0] >= sizes[1] >= 1:
            raise CardRefused("A size in the template is smaller than its smallest.", hint="Change one of the two.")
        return sizes

    def _size_of_line(self, element: LineElement, text: str, room: float) -> float:
        largest, smallest = self._sizes(element.size, element.smallest)
        width = self.brand.fonts.width(element.face, text)
        size = largest if width * largest <= room else room / width
        if size < smallest:
            words = {"address": "booking address"}.get(element.words, element.words)
            raise NoRoom(f"The {words} “{text}” is too long for one line.", hint=f"Shorten the {words}.")
        return size

    def _require_settable(self, text: str, face: str) -> None:
        require_settable(text.replace(typography.NO_BREAK, " "), face, self.brand.fonts)

    def _write(self, text: str, face: str, size: float, x: float, baseline: float, colour: str) -> None:
        if size < 1 or not (0 <= x < self.frame.width and 0 < baseline < self.frame.height):
            raise CardRefused(f"The template puts “{text}” off the card.", hint="Change its place or size.")
        self.lines.append(
            Line(
                text=text.replace(typography.NO_BREAK, " "),
                face=face,
                font_sha256=self.brand.fonts.sha256(face),
                size=round(size, 3),
                x=round(x, 3),
                baseline=round(baseline, 3),
                colour=colour,
                tracking=self.brand.fonts.tracking(face),
            )
        )


def _too_long(parts: tuple[breaking.Word, ...], style: breaking.Style, width: float, words: str) -> CardRefused:
    widest = max(parts, key=lambda part: part.width)
    if widest.width * style.smallest > width:
        return CardRefused(f"“{widest.text[:40]}” is too wide for one line.", hint="Choose a text with shorter words.")
    length = sum(len(part.text) + bool(part.space) for part in parts)
    return CardRefused(
        f"The {words} is too long for this card: {length} characters don't fit at the smallest readable size.",
        hint="Shorten it, or choose a larger size of card or another template.",
    )
