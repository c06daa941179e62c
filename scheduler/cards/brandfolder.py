"""The files of a brand's folder: those that brand.toml names, and those that are found where it names none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scheduler.cards import tomlfiles
from scheduler.cards.brandfile import MOST_PHOTOS, PhotoPart
from scheduler.cards.photos import BrandPhoto
from scheduler.domain.errors import CardRefused

_LOGOS = ("logo.svg", "logo.png", "logo.webp", "logo.jpg", "logo.jpeg")
_PHOTOS = "photos"
_PHOTO_KINDS = {".jpg", ".jpeg", ".webp", ".png"}
_MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Folder:
    """A brand's folder; it need not be there."""

    path: Path

    @property
    def toml(self) -> Path:
        """Its file."""
        return self.path / "brand.toml"

    def file(self, name: str, setting: str) -> Path:
        """A file that brand.toml names; raises CardRefused when it isn't there, or lies elsewhere."""
        path = self._inside(name, setting)
        if not path.is_file():
            message = f"“{name}” is not a file." if path.exists() else f"There is no file “{name}”."
            raise self._refused(message, setting, f"Put it into {self.path}.")
        return path

    def files(self, name: str, setting: str) -> tuple[Path, ...]:
        """A file, or all pictures of a folder, by name."""
        path = self._inside(name, setting)
        if not path.is_dir():
            return (self.file(name, setting),)
        found = tuple(self.file(f"{name}/{picture}", setting) for picture in sorted(_pictures(path)))
        if not found:
            raise self._refused(f"The folder “{name}” holds no photo.", setting, "Put JPEG files into it.")
        return found

    def logo(self) -> Path | None:
        """The logo that lies here under that name."""
        found = next((name for name in _LOGOS if (self.path / name).is_file()), "")
        return self.file(found, "logo") if found else None

    def _inside(self, name: str, setting: str) -> Path:
        try:
            path = self.path / name
            if path.resolve().is_relative_to(self.path.resolve()):
                return path
        except (OSError, ValueError, RuntimeError):
            raise self._refused(
                f"“{name[:40]}” is no name of a file.", setting, f"Name a file in {self.path}."
            ) from None
        raise self._refused(f"“{name}” lies outside the brand's folder.", setting, f"Copy it into {self.path}.")

    def _refused(self, message: str, setting: str, hint: str) -> CardRefused:
        if not self.toml.exists():
            return CardRefused(message, path=str(self.path), hint=hint)
        line = tomlfiles.line_of(self.toml, setting)
        return CardRefused(message, path=str(self.toml), line=line, setting=setting, hint=hint)


def photos(place: Folder, named: tuple[PhotoPart, ...] | None) -> tuple[BrandPhoto, ...]:
    """The photos that brand.toml names; where it says nothing of them, those in the folder of that name."""
    if named is None:
        named = (PhotoPart(file=_PHOTOS),) if any(_pictures(place.path / _PHOTOS)) else ()
    found = [BrandPhoto(path=path, focus=part.focus) for part in named for path in place.files(part.file, "photos")]
    if len(found) > MOST_PHOTOS:
        hint = "Take some out of the folder."
        raise CardRefused(
            f"These are more than {MOST_PHOTOS} photos.", path=str(place.path), setting="photos", hint=hint
        )
    return tuple(found)


def _pictures(folder: Path) -> Iterator[str]:
    """The names of the picture files in a folder that may not be there."""
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, _MOST_ENTRIES):
                if Path(entry.name).suffix.lower() in _PHOTO_KINDS and not entry.name.startswith("."):
                    yield entry.name
    except OSError:
        return
