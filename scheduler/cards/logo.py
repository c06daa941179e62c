"""A business's logo, ready to be set on any ground: trimmed, freed of its white box, and never lost in the dark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageStat

from scheduler.cards import picturefiles, svg
from scheduler.cards.colour import contrast, luminance

# Twice the height at which templates set it, for a custom one that sets it twice as large.
HEIGHT_PX, WIDEST_PX = 216, 1600
# What the logo's outline needs to be seen at all: more on dark grounds, where the eye tells less apart.
_SEEN, _SEEN_IN_THE_DARK = 1.8, 3.0

_LARGEST_SVG = 500_000
_WHAT = picturefiles.What(
    name="logo",
    largest_bytes=10_000_000,
    most_pixels=20_000_000,
    hint="Save it as a PNG with a transparent ground, about 500 pixels high, or as SVG.",
)
_WHITE = 238
_SOLID = 128
_LOST = 0.25
_ONE_COLOUR = 16.0
_OUTLINE_PX = 96
_DARK = 0.18


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Logo:
    """The picture (RGBA, trimmed to its ink) and the file's SHA-256; `tinted` logos take the card's colour.

    `dark` is the form for dark grounds, where the brand has one.
    """

    image: Image.Image
    sha256: str
    tinted: bool
    dark: Logo | None = None
    warnings: tuple[str, ...] = ()


class Form(NamedTuple):
    """How a logo is shown on one ground: as it is, in the text's colour, or on a plate."""

    logo: Logo
    tint: bool = False
    plated: bool = False


def load(path: Path, *, tinted: bool = False, dark: Path | None = None) -> Logo:
    """Raises CardRefused when a file is no SVG, PNG, JPEG or WebP, is damaged, too large, or empty."""
    image, sha256 = _opened(path)
    if _is_opaque(image) and tinted:
        raise picturefiles.refused(path, _WHAT, "A tinted logo needs a transparent or a white ground.")
    notes = ("The logo has no transparent ground, so it stands in a box.",) if _is_opaque(image) else ()
    other = load(dark) if dark else None
    return Logo(image=image, sha256=sha256, tinted=tinted, dark=other, warnings=notes)


@lru_cache(maxsize=64)
def form_on(logo: Logo, ground: str) -> Form:
    """The form in which the logo can be seen on a ground of this colour."""
    if logo.tinted:
        return Form(logo, tint=True)
    forms = [logo, *([logo.dark] if logo.dark else [])]
    if luminance(ground) < _DARK:
        forms.reverse()
    seen = next((form for form in forms if _lost_on(form, ground) <= _LOST), None)
    if seen:
        return Form(seen)
    return Form(logo, tint=True) if _is_plain(logo) else Form(logo, plated=True)


def plate_for(logo: Logo, light: str, dark: str) -> str:
    """The colour of a plate on which more of the logo is seen."""
    return min((light, dark), key=lambda colour: _lost_on(logo, colour))


def _opened(path: Path) -> tuple[Image.Image, str]:
    """The logo's ink, as large as any card needs it, and the file's SHA-256."""
    if path.suffix.lower() == ".svg":
        data, sha256 = picturefiles.bytes_of(path, _WHAT, largest=_LARGEST_SVG)
        try:
            return svg.rendered(data, height=HEIGHT_PX, widest=WIDEST_PX), sha256
        except svg.Unusable as error:
            raise picturefiles.refused(path, _WHAT, f"The logo {error}.", hint=error.hint) from error
    image, sha256 = picturefiles.opened(path, _WHAT, mode="RGBA")
    image = _smaller(_without_white(_smaller(image, 4)), 1)
    box = image.getchannel("A").getbbox()
    if box is None:
        raise picturefiles.refused(path, _WHAT, "The logo is empty: nothing in it can be seen.")
    return _smaller(image.crop(box), 1), sha256


def _smaller(image: Image.Image, times: int) -> Image.Image:
    """At most so many times as large as a card needs it."""
    share = min(1.0, times * HEIGHT_PX / image.height, times * WIDEST_PX / image.width)
    if share == 1.0:
        return image
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _without_white(image: Image.Image) -> Image.Image:
    """A picture in a white box as the ink alone: what is white lets the ground through, and pale tones partly."""
    if not _is_opaque(image) or not _has_white_edge(image):
        return image
    red, green, blue, _ = image.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    alpha = darkest.point([255 - round(255 * min(value, _WHITE) / _WHITE) for value in range(256)])
    bands = [ImageMath.lambda_eval(_freed, band=band, alpha=alpha) for band in (red, green, blue)]
    return Image.merge("RGBA", (*bands, alpha))


def _freed(given: dict[str, Any]) -> Any:
    """One band of a colour that, painted with its alpha on white, gives what was there."""
    share = given["max"](given["alpha"], 1)
    return given["convert"](given["max"](255 - (255 - given["band"]) * 255 / share, 0), "L")


def _is_opaque(image: Image.Image) -> bool:
    return image.getchannel("A").getextrema() == (255, 255)


def _has_white_edge(image: Image.Image) -> bool:
    wide, high = image.size
    edges = ((0, 0, wide, 1), (0, high - 1, wide, high), (0, 0, 1, high), (wide - 1, 0, wide, high))
    coloured = image.convert("RGB").point(lambda value: 255 * (value < _WHITE))
    return all(coloured.crop(edge).getbbox() is None for edge in edges)


def _lost_on(logo: Logo, ground: str) -> float:
    """The share of the logo's outline that can't be told from the ground."""
    colours = _outline(logo)
    total = sum(count for count, _ in colours)
    least = _SEEN_IN_THE_DARK if luminance(ground) < _DARK else _SEEN
    lost = sum(count for count, colour in colours if contrast(colour, ground) < least)
    return lost / total if total else 0.0


@lru_cache(maxsize=8)
def _outline(logo: Logo) -> tuple[tuple[int, str], ...]:
    """The colours along the edge of the logo's ink, each with its number of pixels."""
    image = logo.image.copy()
    image.thumbnail((_OUTLINE_PX * 8, _OUTLINE_PX))
    padded = Image.new("RGBA", (image.width + 4, image.height + 4))
    padded.paste(image, (2, 2))
    solid = padded.getchannel("A").point(lambda value: 255 * (value > _SOLID))
    edge = ImageChops.subtract(solid, solid.filter(ImageFilter.MinFilter(3)))
    found = padded.convert("RGB").quantize(64).convert("RGB")
    found.putalpha(edge)
    counted = found.getcolors(maxcolors=padded.width * padded.height) or []
    return tuple((count, f"#{bytes(value[:3]).hex()}") for count, value in counted if value[3])  # type: ignore[index]


def _is_plain(logo: Logo) -> bool:
    """Whether its ink is of one colour, so that another colour does it no harm."""
    solid = logo.image.getchannel("A").point(lambda value: 255 * (value > _SOLID))
    if _is_opaque(logo.image) or not solid.getbbox():
        return False
    return max(ImageStat.Stat(logo.image.convert("RGB"), solid).stddev) <= _ONE_COLOUR
