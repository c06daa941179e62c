"""The kinds of element that a template is made of, with their keys. What a key may say is checked here, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from scheduler.cards.lengths import Length
from scheduler.cards.roles import Role

Sum = Annotated[Length, BeforeValidator(Length)]
Spoken = Literal[
    "quote", "name", "role", "by", "handle", "address", "question", "answer", "title", "statement", "label"
]
Fact = Literal[
    "quote", "name", "role", "by", "handle", "address", "link", "question", "answer", "title", "items", "number",
    "photo", "square", "landscape", "portrait", "story"
]  # fmt: skip
Facts = Annotated[tuple[Fact, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]
Leading = Annotated[float, Field(ge=1, le=3)]
Share = Annotated[float, Field(ge=0, le=1)]
Tracking = Annotated[float, Field(ge=-0.1, le=0.5)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")]
Point = tuple[Sum, Sum]


class Element(BaseModel):
    """`when` and `unless`: all that the card must have, or be, and what it must not, for this element to be there."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)
    when: Facts = ()
    unless: Facts = ()


class BoxElement(Element):
    """A filled rectangle: a rule, a bar, a panel; `radius` rounds its corners."""

    kind: Literal["box"]
    left: Sum
    right: Sum
    top: Sum
    height: Sum
    radius: Sum = Length(0)
    colour: Role


class DiscElement(Element):
    """A filled circle around (`x`, `y`); what reaches over the card's edge is cut off."""

    kind: Literal["disc"]
    x: Sum
    y: Sum
    radius: Sum
    colour: Role


class PolygonElement(Element):
    """A filled shape with straight edges, from corner to corner."""

    kind: Literal["polygon"]
    points: Annotated[tuple[Point, ...], Field(min_length=3, max_length=20)]
    colour: Role


class SignElement(Element):
    """The quotation mark as a pair of blocks."""

    kind: Literal["sign"]
    left: Sum
    top: Sum
    height: Sum
    colour: Role


class OrnamentElement(Element):
    """One large glyph as decoration, centred on `centre`, seen only between left, top, right and bottom."""

    kind: Literal["ornament"]
    text: Annotated[str, Field(min_length=1, max_length=2)]
    face: Key
    size: Sum
    centre: Sum
    baseline: Sum
    left: Sum
    top: Sum
    right: Sum
    bottom: Sum
    colour: Role


class ParagraphElement(Element):
    """Text over several lines, set at the largest size that fits between its edges.

    It hangs from `top`, or stands on `bottom` with `stands = true`. `leading` is in em, at the largest and at the
    smallest size. With `mark_colour` the words get quotation marks, the opening one hanging left of the axis. Later
    elements may use its `top` (of the first capital), `left`, `baseline` (the last), `leading` and `size` under the
    name of its words, such as `quote.baseline`; without words its `baseline` is its top.
    """

    kind: Literal["paragraph"]
    words: Spoken
    face: Key
    largest: Sum
    smallest: Sum
    leading: tuple[Leading, Leading]
    left: Sum
    right: Sum
    top: Sum
    bottom: Sum
    stands: bool = False
    colour: Role
    mark_colour: Role | None = None


class LineElement(Element):
    """Text on one line, from `left`, or up to `right` with `align = "right"`; it may shrink to `smallest` to fit.

    `texts` are the template's own words by language, for `words = "label"`; `tracking` is in em. Later elements may use
    its `baseline` and its `right`.
    """

    kind: Literal["line"]
    words: Spoken
    texts: Mapping[str, Annotated[str, Field(max_length=40)]] = Field(default_factory=dict)
    face: Key
    size: Sum
    smallest: Sum
    left: Sum
    right: Sum
    baseline: Sum
    align: Literal["left", "right"] = "left"
    tracking: Tracking | None = None
    colour: Role


class PillElement(Element):
    """Words in a bar with round ends, and an arrow after them. Later: `pill.right`."""

    kind: Literal["pill"]
    words: Spoken
    face: Key
    size: Sum
    smallest: Sum
    left: Sum
    right: Sum
    bottom: Sum
    height: Sum
    inset: Sum
    arrow: Sum
    tracking: Tracking | None = None
    colour: Role
    ground: Role


class LockupElement(Element):
    """The logo with the business's name beside it; `centre` is the height of its middle.

    It begins at `left`, or ends at `left` with `align = "right"`. Later: `lockup.right`.
    """

    kind: Literal["lockup"]
    left: Sum
    centre: Sum
    height: Sum
    align: Literal["left", "right"] = "left"
    colour: Role


class CodeElement(Element):
    """A QR code of the booking link on a white plate, as large as its room; without a link, or room for it, none.

    It stands in the room's upper left corner; with `align = "right"` at its right, with `stands = true` at its bottom.
    Later: `code.left`, `code.top`, `code.right`, `code.bottom`; without a code these are that corner.
    """

    kind: Literal["code"]
    left: Sum
    right: Sum
    top: Sum
    bottom: Sum
    align: Literal["left", "right"] = "left"
    stands: bool = False
    colour: Role


class FigureElement(Element):
    """The number, as large as `largest` and `right` allow: digits, “of”, a unit or a percent sign.

    `top` is the digits' top. Later: `figure.baseline`, `figure.size`, `figure.right`.
    """

    kind: Literal["figure"]
    left: Sum
    right: Sum
    top: Sum
    largest: Sum
    smallest: Sum
    digits: Key
    joining: Key
    unit: Key
    colour: Role


class GaugeElement(Element):
    """The number as a picture: so many of up to ten dots, a bar for a share, a short rule for anything else.

    Later: `gauge.bottom`, `gauge.gap` (how far below it the text begins).
    """

    kind: Literal["gauge"]
    left: Sum
    right: Sum
    top: Sum
    dot: Sum
    colour: Role
    open_colour: Role
    track: Role


class ListElement(Element):
    """The items, numbered, in rows of one height between `top` and `bottom`, all at one size.

    `lines` is the most an item may take, `indent` how far right of the numerals the text begins. Later: `list.bottom`.
    """

    kind: Literal["list"]
    face: Key
    largest: Sum
    smallest: Sum
    tightest: Sum
    leading: Leading
    lines: Sum
    left: Sum
    right: Sum
    top: Sum
    bottom: Sum
    tallest: Sum
    indent: Sum
    numeral_face: Key
    numeral_largest: Sum
    colour: Role
    numeral_colour: Role
    first_line: Role
    line: Role


class PhotoElement(Element):
    """A photo of the brand as ground, cut to the card around its focus.

    Its shade begins at `fade_from`, is whole at `fade_to` and goes on to the bottom, as light as text on it allows;
    `side` adds shade from the left, for text beside the picture. Without a photo, a soft field of the brand's colours.
    """

    kind: Literal["photo"]
    shade: Role
    fade_from: Sum
    fade_to: Sum
    side: Sum = Length(0)


AnyElement = Annotated[
    BoxElement
    | DiscElement
    | PolygonElement
    | SignElement
    | OrnamentElement
    | ParagraphElement
    | LineElement
    | PillElement
    | LockupElement
    | CodeElement
    | FigureElement
    | GaugeElement
    | ListElement
    | PhotoElement,
    Field(discriminator="kind"),
]
