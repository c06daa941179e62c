"""Putting a logo or a photo into the brand's folder: tried in a child first, under a name of ours."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from scheduler.bootstrap import hostile
from scheduler.domain.errors import CardRefused, NotAllowedNow, WorkspaceUnusable

LOGOS, PHOTOS = (".svg", ".png", ".webp", ".jpg", ".jpeg"), (".jpg", ".jpeg", ".png", ".webp")
LARGEST_LOGO, LARGEST_PHOTO, MOST_PHOTOS = 10_000_000, 25_000_000, 100
LARGEST_TOML, MOST_TOLD = 100_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandFiles:
    """One brand's folder, `assets/brand`."""

    folder: Path

    @property
    def logo(self) -> str:
        """The name of the logo that lies here; empty where there is none."""
        return next((f"logo{kind}" for kind in LOGOS if (self.folder / f"logo{kind}").is_file()), "")

    @property
    def photos(self) -> Sequence[str]:
        """The names of the photos, as far as cards take them."""
        try:
            found = [path.name for path in (self.folder / "photos").iterdir() if path.suffix.lower() in PHOTOS]
        except OSError:
            return ()
        return sorted(found)[:MOST_PHOTOS]

    def put_logo(self, name: str, data: bytes) -> str:
        """In the place of the one there is, which is kept beside it. What is to be said of it, such as that it stands
        in a box; empty for a good one.

        Raises CardRefused for what is no logo, NotAllowedNow where brand.toml names another, WorkspaceUnusable.
        """
        self._must_choose("logo")
        kind = _kind(name, LOGOS, "logo")
        words = _try(f"logo{kind}", data)
        for old in LOGOS:
            _moved(self.folder / f"logo{old}", self.folder / f"before-logo{old}")
        _written(self.folder / f"logo{kind}", data)
        return words

    def put_photo(self, name: str, data: bytes) -> str:
        """Beside the others, named by what it shows. Raises as a logo does."""
        self._must_choose("photos")
        kind = _kind(name, PHOTOS, "photo")
        if len(self.photos) >= MOST_PHOTOS:
            raise NotAllowedNow(
                f"There are {MOST_PHOTOS} photos already.", hint="Take some out of assets/brand/photos."
            )
        own = f"photo-{hashlib.sha256(data).hexdigest()[:12]}{kind}"
        words = _try(f"photos/{own}", data)
        _written(self.folder / "photos" / own, data)
        return words

    def _must_choose(self, setting: str) -> None:
        """Where brand.toml names files, what lies in the folder counts for nothing."""
        try:
            with (self.folder / "brand.toml").open("rb") as file:
                named = tomllib.loads(file.read(LARGEST_TOML).decode()).get(setting)
        except (OSError, ValueError):
            return
        if named and not (setting == "photos" and named == "photos"):
            words = f"brand.toml names its {setting} itself."
            raise NotAllowedNow(words, hint=f"Take the line `{setting}` out of assets/brand/brand.toml first.")


def _kind(name: str, kinds: Sequence[str], what: str) -> str:
    kind = PurePosixPath(name).suffix.lower()
    if kind not in kinds:
        raise CardRefused(f"A {what} is a file in {', '.join(kinds)}.", hint="Save it as PNG or JPEG.")
    return kind


def _try(name: str, data: bytes) -> str:
    """In a brand of its own, which holds nothing else; what is to be said of it. Raises CardRefused, ChildFailed."""
    with TemporaryDirectory(prefix="quotidian-") as assets:
        path = Path(assets) / "brand" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        rows = {what: (is_well, words) for what, is_well, words in hostile.check_looks(Path(assets))}
    for what in ("brand", "photos"):
        is_well, words = rows.get(what, (True, ""))
        if not is_well:
            raise CardRefused(_ours(words, assets), hint="Nothing was changed.")
    is_well, words = rows.get("logo", (True, ""))
    return "" if is_well else _ours(words, assets)


def _ours(words: str, assets: str) -> str:
    """Without the place where it was tried."""
    return words.replace(f"{assets}/brand/", "").replace(assets, "")[:MOST_TOLD]


def _moved(old: Path, new: Path) -> None:
    try:
        if old.is_file():
            old.replace(new)
    except OSError as error:
        raise _unusable(old, error) from None


def _written(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise _unusable(path, error) from None


def _unusable(path: Path, error: OSError) -> WorkspaceUnusable:
    words = f"The file can't be written: {error.strerror}."
    return WorkspaceUnusable(words, hint="Check the rights of assets/brand.", path=path.name)
