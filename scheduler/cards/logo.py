"""A business's logo, ready to be set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from scheduler.cards import picturefiles

_WHAT = picturefiles.What(
    name="logo",
    largest_bytes=10_000_000,
    most_pixels=20_000_000,
    hint="Save it as a PNG with a transparent ground, about 500 pixels high.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The picture (RGBA, trimmed to its ink) and the file's SHA-256; `tinted` logos take the card's colour."""

    image: Image.Image
    sha256: str
    tinted: bool
    warnings: tuple[str, ...] = ()


def load(path: Path, *, tinted: bool) -> Logo:
    """Raises CardRefused when the file is no PNG, JPEG or WebP, is damaged, too large, or empty."""
    image, sha256 = picturefiles.opened(path, _WHAT, mode="RGBA")
    alpha = image.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    if opaque and tinted:
        raise picturefiles.refused(path, _WHAT, "A tinted logo needs a transparent ground.")
    box = alpha.getbbox()
    if box is None:
        raise picturefiles.refused(path, _WHAT, "The logo is empty: every pixel is transparent.")
    notes = ("The logo has no transparent ground, so it stands in a box.",) if opaque else ()
    return Logo(image=image.crop(box), sha256=sha256, tinted=tinted, warnings=notes)
