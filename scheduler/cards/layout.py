"""A template, a brand and the words, placed: the complete description of the picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.cards import breaking, optics, typography
from scheduler.cards.brand import Brand
from scheduler.cards.fonts import shaping
from scheduler.cards.frames import Frame
from scheduler.cards.lengths import Length
from scheduler.cards.scripts import require_settable
from scheduler.cards.template import BoxElement, LineElement, LockupElement, ParagraphElement, Template
from scheduler.domain.card import Box, CardSpec, Line, Picture
from scheduler.domain.errors import CardRefused

PAINTER = 1

_WORDMARK_SHARE = 0.56
_GAP_SHARE = 0.30
_WIDEST_LOGO = 40.0
_LOGO_WITH_NAME = 2.0
_LINE_STEP = 0.05


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
        colour = self.brand.colours[element.colour]
        name, beside = self.brand.name, left
        if logo := self.brand.logo:
            aspect = logo.image.width / logo.image.height
            width = min(height * aspect, _WIDEST_LOGO * self.frame.u)
            top = round(centre - width / aspect / 2)
            tint = colour if logo.tinted else ""
            picture = Picture(
                sha256=logo.sha256,
                left=round(left),
                top=top,
                width=max(1, round(width)),
                height=max(1, round(width / aspect)),
                tint=tint,
            )
            self.pictures.append(picture)
            beside = left + width + _GAP_SHARE * height
            name = name if self.wordmark and aspect <= _LOGO_WITH_NAME else ""
            self.names["lockup.right"] = (left + width) / self.frame.u
        else:
            self.names["lockup.right"] = left / self.frame.u
        if name:
            size = _WORDMARK_SHARE * height
            baseline = centre + self.brand.fonts.cap(self.brand.wordmark) * size / 2
            self._add(typography.typeset(name), self.brand.wordmark, size, beside, baseline, colour)
            right = beside + size * self.brand.fonts.width(self.brand.wordmark, name)
            self.names["lockup.right"] = right / self.frame.u

    def place_line(self, element: LineElement) -> None:
        text: str = getattr(self.words, element.words)
        if not text:
            return
        left, right, baseline = (self._px(length) for length in (element.left, element.right, element.baseline))
        self._require_settable(text, element.face)
        size = self._size_of_line(element, text, right - left)
        if element.align == "right":
            x = right - optics.ink_width(self.brand.fonts, element.face, text) * size
        else:
            x = left - optics.indent(self.brand.fonts, element.face, text) * size
        self._add(text, element.face, size, x, baseline, self.brand.colours[element.colour])
        self.names[f"{element.words}.baseline"] = baseline / self.frame.u

    def place_paragraph(self, element: ParagraphElement) -> None:
        left, right, top, bottom = (
            self._px(length) for length in (element.left, element.right, element.top, element.bottom)
        )
        fonts, face = self.brand.fonts, element.face
        marked = element.mark_colour is not None
        opening = self.words.opening if marked else ""
        text = getattr(self.words, element.words) + (self.words.closing if marked else "")
        self._require_settable(opening + text, face)
        style = breaking.Style(
            largest=self._px(element.largest),
            smallest=self._px(element.smallest),
            tight=element.leading[0],
            loose=element.leading[1],
            cap=fonts.cap(face),
        )
        parts = breaking.words_of(typography.bind(text), lambda part: fonts.width(face, part))
        setting = breaking.fit(parts, style, width=right - left, height=bottom - top)
        if setting is None:
            raise _too_long(parts, style, right - left, element.words)
        baseline = top + style.cap * setting.size
        for number, line in enumerate(setting.lines):
            x = left - optics.indent(fonts, face, line) * setting.size
            if number == 0 and element.mark_colour is not None:
                hang = optics.hang(fonts, face, opening, line) * setting.size
                self._add(opening, face, setting.size, x - hang, baseline, self.brand.colours[element.mark_colour])
            self._add(
                line, face, setting.size, x, baseline + number * setting.leading, self.brand.colours[element.colour]
            )
        last = baseline + (len(setting.lines) - 1) * setting.leading
        for part, value in (("left", left), ("baseline", last), ("leading", setting.leading), ("size", setting.size)):
            self.names[f"{element.words}.{part}"] = value / self.frame.u

    def _px(self, length: Length) -> float:
        return length.at(self.frame.size, self.names) * self.frame.u

    def _size_of_line(self, element: LineElement, text: str, room: float) -> float:
        largest, smallest = self._px(element.size), self._px(element.smallest)
        width = self.brand.fonts.width(element.face, text)
        size = min(largest, room / width)
        if size < smallest:
            words = {"address": "booking address"}.get(element.words, element.words)
            raise NoRoom(f"The {words} “{text}” is too long for one line.", hint=f"Shorten the {words}.")
        return size

    def _require_settable(self, text: str, face: str) -> None:
        require_settable(text.replace(typography.NO_BREAK, " "), face, self.brand.fonts)

    def _add(self, text: str, face: str, size: float, x: float, baseline: float, colour: str) -> None:
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
    if not parts:
        return CardRefused(f"The {words} is empty.", hint="Give the card some words.")
    widest = max(parts, key=lambda part: part.width)
    if widest.width * style.smallest > width:
        return CardRefused(f"“{widest.text[:40]}” is too wide for one line.", hint="Choose a text with shorter words.")
    length = sum(len(part.text) + bool(part.space) for part in parts)
    return CardRefused(
        f"The {words} is too long for this card: {length} characters don't fit at the smallest readable size.",
        hint="Shorten it, or choose a larger size of card or another template.",
    )
