"""A card's description into pixels. What is where has been decided, and equal specs paint equal pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from scheduler.cards import lettering
from scheduler.cards.colour import luminance, rgb
from scheduler.cards.fontfiles import is_of_pictures
from scheduler.cards.fonts import Fonts
from scheduler.cards.itself import Itself
from scheduler.cards.photos import extremes
from scheduler.cards.veils import veiled
from scheduler.domain.card import Box, CardSpec, Code, Line, Ornament, Picture, Point, Shape
from scheduler.domain.errors import CardRefused

LEAST_CONTRAST = 4.5

_Paths = tuple[tuple[Point, ...], ...]

_FINE = 4
# More colours than that are a photo or a field of light; a text on a drawn ground stands on one, or on an edge.
_MOST_COLOURS = 64


def paint(spec: CardSpec, fonts: Fonts, pictures: Mapping[str, Image.Image]) -> Image.Image:
    """The picture, in RGB. Raises CardRefused where a text can't be read on its ground.

    `pictures` are logo and photo by SHA-256, the photo already cut to the card.
    """
    image = ground_of(spec, fonts, pictures)
    for line in spec.lines:
        _require_readable(image, line, fonts)
    for line in spec.lines:
        lettering.write(image, line, fonts)
    return image


def ground_of(spec: CardSpec, fonts: Fonts, pictures: Mapping[str, Image.Image]) -> Image.Image:
    """Everything that lies under the text."""
    if spec.photo:
        image = veiled(pictures[spec.photo.sha256], spec.shades)
    else:
        image = Image.new("RGB", (spec.width, spec.height), spec.ground)
    for shape in spec.shapes:
        _fill(image, shape)
    for ornament in spec.ornaments:
        _adorn(image, ornament, fonts)
    for code in spec.codes:
        _stamp(image, code)
    for picture in spec.pictures:
        _paste(image, picture, pictures[picture.sha256])
    return image


def lowest_contrast(ground: Image.Image, line: Line, fonts: Fonts) -> float:
    """The text's contrast against the worst pixel that lies in the box of its ink."""
    left, top, right, bottom = lettering.ink_box(line, fonts)
    box = max(0, left), max(0, top), min(ground.width, right), min(ground.height, bottom)
    if box[0] >= box[2] or box[1] >= box[3]:
        return 1.0
    text, (low, high) = luminance(line.colour), _luminances(ground.crop(box))
    if low < text < high:
        return 1.0
    return min(_ratio(text, low), _ratio(text, high))


def _luminances(beneath: Image.Image) -> tuple[float, float]:
    """Of the darkest and the brightest pixel: exact for flat grounds, on the safe side for photos."""
    counted = beneath.getcolors(maxcolors=_MOST_COLOURS)
    if counted is None:
        return extremes(beneath)
    found = [luminance(f"#{bytes(value).hex()}") for _, value in counted if isinstance(value, tuple)]
    return min(found), max(found)


def _ratio(one: float, two: float) -> float:
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


def _require_readable(ground: Image.Image, line: Line, fonts: Fonts) -> None:
    if is_of_pictures(fonts.file(line.face)) or not line.text.strip():
        return
    measured = lowest_contrast(ground, line, fonts)
    if measured < LEAST_CONTRAST:
        raise CardRefused(
            f"“{line.text}” would have a contrast of {measured:.1f}:1 only; it needs {LEAST_CONTRAST}:1.",
            hint="Change the brand's colours or the template, so that nothing lies under the text.",
        )


def _fill(image: Image.Image, shape: Box | Shape) -> None:
    if isinstance(shape, Box):
        box = (shape.left, shape.top, shape.right - 1, shape.bottom - 1)
        if box[0] <= box[2] and box[1] <= box[3]:
            ImageDraw.Draw(image).rectangle(box, fill=shape.colour)
        return
    points = [point for outline in shape.outlines for point in outline]
    left, top = (max(0, int(min(axis)) - 1) for axis in zip(*points, strict=True))
    right = min(image.width, int(max(x for x, _ in points)) + 2)
    bottom = min(image.height, int(max(y for _, y in points)) + 2)
    if left >= right or top >= bottom:
        return
    mask = _mask(shape.outlines, shape.holes, (left, top, right, bottom))
    # Pillow lays a picture through a mask in half the time that it needs for a colour.
    image.paste(Image.new("RGB", mask.size, shape.colour), (left, top), mask)


@lru_cache(maxsize=16)
def _mask(outlines: _Paths, holes: _Paths, box: tuple[int, int, int, int]) -> Image.Image:
    """How much of each pixel lies inside. Cards of one look share their shapes, so masks are kept."""
    left, top, right, bottom = box
    mask = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE))
    draw = ImageDraw.Draw(mask)
    for paths, value in ((outlines, 255), (holes, 0)):
        for path in paths:
            draw.polygon(_fine(path, left, top), fill=value)
    return mask.reduce(_FINE)


def _fine(path: Sequence[Point], left: int, top: int) -> list[Point]:
    """Corners as Pillow counts them in the finer picture: it means the middles of pixels."""
    return [((x - left) * _FINE - 0.5, (y - top) * _FINE - 0.5) for x, y in path]


def _adorn(image: Image.Image, ornament: Ornament, fonts: Fonts) -> None:
    left, top, right, bottom = ornament.clip
    right, bottom = min(right, image.width), min(bottom, image.height)
    if left >= right or top >= bottom:
        return
    part = image.crop((left, top, right, bottom))
    font = fonts.load(ornament.face, ornament.size)
    start = ornament.x - left, ornament.baseline - top
    ImageDraw.Draw(part).text(start, ornament.text, fill=ornament.colour, font=font, anchor="ls")
    image.paste(part, (left, top))


def _stamp(image: Image.Image, code: Code) -> None:
    modules = Image.new("L", (len(code.rows[0]), len(code.rows)))
    modules.putdata([255 * (module == "1") for row in code.rows for module in row])
    mask = modules.resize((modules.width * code.module, modules.height * code.module), Image.Resampling.NEAREST)
    image.paste(rgb(code.colour), (code.left, code.top), mask)


def _paste(image: Image.Image, place: Picture, picture: Image.Image) -> None:
    scaled = _scaled(Itself(picture), (place.width, place.height))
    shown = Image.new("RGB", scaled.size, place.tint) if place.tint else scaled
    image.paste(shown, (place.left, place.top), scaled)


@lru_cache(maxsize=4)
def _scaled(picture: Itself, size: tuple[int, int]) -> Image.Image:
    """All cards of a brand have its logo."""
    return picture.image.resize(size, Image.Resampling.LANCZOS)
