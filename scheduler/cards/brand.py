"""The look of one business: a folder with brand.toml, logo, photos and fonts. Without it, a quiet look of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from scheduler.cards import brandfolder, logo, ownfonts, tomlfiles
from scheduler.cards.brandfile import BrandFile
from scheduler.cards.brandfolder import Folder
from scheduler.cards.fonts import Fonts
from scheduler.cards.partners import completed
from scheduler.cards.photos import BrandPhoto
from scheduler.cards.roles import palette

# What logos stand on in the templates that come with the program.
_UNDER_LOGOS = ("paper", "bold", "cool", "warm", "night")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """`name`, `address` and `handle` as printed, `wordmark` the face of the name beside the logo, colours by role."""

    name: str
    address: str
    handle: str
    wordmark: str
    colours: Mapping[str, str]
    fonts: Fonts
    logo: logo.Logo | None = None
    photos: tuple[BrandPhoto, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def pictures(self) -> Mapping[str, Image.Image]:
        """The logo's forms by SHA-256."""
        forms = (self.logo, self.logo.dark if self.logo else None)
        return {form.sha256: form.image for form in forms if form}


def load(folder: Path) -> Brand:
    """The brand in this folder. Raises CardRefused for an unusable file, with line and key."""
    place = Folder(folder)
    file = tomlfiles.read(place.toml, BrandFile) if place.toml.exists() else BrandFile()
    colours = palette(*completed(file.colours.primary, file.colours.secondary, file.colours.neutral))
    picture = _logo(place, file)
    return Brand(
        name=file.name,
        address=file.address,
        handle=file.handle,
        wordmark=file.wordmark,
        colours=colours,
        fonts=Fonts(ownfonts.chosen({key: place.file(name, f"fonts.{key}") for key, name in file.fonts.items()})),
        logo=picture,
        photos=brandfolder.photos(place, file.photos),
        warnings=(*picture.warnings, *_plates(picture, colours)) if picture else (),
    )


def _logo(place: Folder, file: BrandFile) -> logo.Logo | None:
    """The logo that the file names, or the one that lies in the folder under that name; none where the key is empty."""
    path = place.file(file.logo, "logo") if file.logo else place.logo() if file.logo is None else None
    dark = place.file(file.logo_dark, "logo_dark") if file.logo_dark else None
    return logo.load(path, tinted=file.logo_tinted, dark=dark) if path else None


def _plates(picture: logo.Logo, colours: Mapping[str, str]) -> tuple[str, ...]:
    """What the owner of a logo should know who gave one form only."""
    plated = [ground for ground in _UNDER_LOGOS if logo.form_on(picture, colours[ground]).plated]
    if not plated or picture.dark:
        return ()
    where = ", ".join(plated)
    return (f"The logo is hard to see on some grounds ({where}), so it stands on a plate there; see logo_dark.",)
