"""brand.toml as people write it: which keys there are, and what each may say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from scheduler.cards.colourwords import parsed
from scheduler.cards.fonts import FACES

FAMILIES = tuple(sorted({face.partition("-")[0] for face in FACES}))
MOST_PHOTOS = 100

_Colour = Annotated[str, BeforeValidator(parsed)]
_Share = Annotated[float, Field(ge=0, le=1)]
_Printed = Annotated[str, Field(max_length=120)]
_Name = Annotated[str, Field(min_length=1, max_length=255)]


class ColoursPart(BaseModel):
    """The brand's colours; those that are missing are found from the others."""

    model_config = ConfigDict(extra="forbid")
    primary: _Colour = ""
    secondary: _Colour = ""
    neutral: _Colour = ""


class PhotoPart(BaseModel):
    """A photo, or a folder of photos, and the point that stays in sight, as shares of width and height."""

    model_config = ConfigDict(extra="forbid")
    file: _Name
    focus: tuple[_Share, _Share] = (0.5, 0.5)


def _listed(value: object) -> object:
    """Photos by name, as tables, or one name alone."""
    parts = [value] if isinstance(value, str) else value
    return [{"file": part} if isinstance(part, str) else part for part in parts] if isinstance(parts, list) else parts


def _known_face(face: str) -> str:
    if face not in FACES:
        raise ValueError(f"there is no face “{face}”; the faces are {', '.join(FACES)}")
    return face


def _known_fonts(fonts: Mapping[str, str]) -> Mapping[str, str]:
    if wrong := next((key for key in fonts if key not in (*FACES, *FAMILIES)), ""):
        raise ValueError(
            f"there is no face “{wrong}”; name a family ({', '.join(FAMILIES)}) or a face such as serif-400"
        )
    return fonts


class BrandFile(BaseModel):
    """All keys. `logo` and `photos` are looked for in the folder where they are missing."""

    model_config = ConfigDict(extra="forbid")
    name: _Printed = ""
    address: _Printed = ""
    handle: Annotated[str, Field(max_length=60)] = ""
    wordmark: Annotated[str, AfterValidator(_known_face)] = "display-700"
    logo: str | None = None
    logo_dark: str = ""
    logo_tinted: bool = False
    photos: Annotated[tuple[PhotoPart, ...] | None, BeforeValidator(_listed), Field(max_length=MOST_PHOTOS)] = None
    colours: ColoursPart = ColoursPart()
    fonts: Annotated[Mapping[str, _Name], AfterValidator(_known_fonts)] = Field(default_factory=dict)
    # The packs of claim rules, which the checks read: a card doesn't ask them.
    claims: object = None
