"""The look of one business: a folder with brand.toml and a logo. Without that folder, a quiet look of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from scheduler.cards import logo, tomlfiles
from scheduler.cards.colourwords import parsed
from scheduler.cards.fonts import Fonts
from scheduler.cards.partners import completed
from scheduler.cards.photos import BrandPhoto
from scheduler.cards.roles import palette
from scheduler.domain.errors import CardRefused

_Colour = Annotated[str, BeforeValidator(parsed)]
_Share = Annotated[float, Field(ge=0, le=1)]
_Printed = Annotated[str, Field(max_length=120)]


class _Colours(BaseModel):
    model_config = ConfigDict(extra="forbid")
    primary: _Colour = ""
    secondary: _Colour = ""
    neutral: _Colour = ""


class _Photo(BaseModel):
    model_config = ConfigDict(extra="forbid")
    file: str
    focus: tuple[_Share, _Share] = (0.5, 0.5)


class _BrandFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: _Printed = ""
    address: _Printed = ""
    handle: Annotated[str, Field(max_length=60)] = ""
    wordmark: str = "display-700"
    logo: str = ""
    logo_tinted: bool = False
    photos: Annotated[tuple[_Photo, ...], Field(max_length=100)] = ()
    colours: _Colours = _Colours()
    fonts: Mapping[str, str] = Field(default_factory=dict)
    # The packs of claim rules, which the checks read: a card doesn't ask them.
    claims: object = None


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
    warnings: tuple[str, ...] = field(default=())


def load(folder: Path) -> Brand:
    """The brand in this folder. Raises CardRefused for an unusable file, with line and key."""
    path = folder / "brand.toml"
    file = tomlfiles.read(path, _BrandFile) if path.exists() else _BrandFile()
    picture = logo.load(_inside(folder, file.logo, "logo"), tinted=file.logo_tinted) if file.logo else None
    return Brand(
        name=file.name,
        address=file.address,
        handle=file.handle,
        wordmark=file.wordmark,
        colours=palette(*completed(file.colours.primary, file.colours.secondary, file.colours.neutral)),
        fonts=Fonts({face: str(_inside(folder, name, f"fonts.{face}")) for face, name in file.fonts.items()}),
        logo=picture,
        photos=tuple(
            BrandPhoto(path=_inside(folder, photo.file, "photos"), focus=photo.focus) for photo in file.photos
        ),
        warnings=picture.warnings if picture else (),
    )


def _inside(folder: Path, name: str, setting: str) -> Path:
    """A file of the brand's folder; raises CardRefused when it isn't there, or lies elsewhere."""
    path = folder / name
    toml = str(folder / "brand.toml")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CardRefused(
            f"“{name}” lies outside the brand's folder.", path=toml, setting=setting, hint=f"Copy it into {folder}."
        )
    if not path.is_file():
        raise CardRefused(f"There is no file “{name}”.", path=toml, setting=setting, hint=f"Put it into {folder}.")
    return path
