"""Campaigns from TOML files, one a file: read strictly, and a bad one never stops the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from scheduler import tomlfile
from scheduler.domain.article import ExcerptKind
from scheduler.domain.campaign import OUT, Campaign, Campaigns, Stretch
from scheduler.domain.errors import SettingsUnusable
from scheduler.domain.fatigue import Evergreen
from scheduler.domain.lateness import LateRule
from scheduler.tomlfile import TomlFile

MOST_FILES = 200
MOST_WEEKS = 520
MOST_POSTS = 200
HINT = "Compare the file with assets/campaigns/three-month-drip.toml."
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
_Call = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
_STRICT = ConfigDict(extra="forbid", frozen=True)


class _Stretch(BaseModel):
    model_config = _STRICT
    weeks: int = Field(ge=1, le=MOST_WEEKS)
    posts_a_week: float = Field(gt=0, le=70, allow_inf_nan=False)


class _Evergreen(BaseModel):
    model_config = _STRICT
    cool_down_days: int = 90
    max_runs: int = 4
    season: str = Field(default="", max_length=200)
    end: str | date = ""

    @model_validator(mode="after")
    def _can_be_kept(self) -> _Evergreen:
        self.rules()
        return self

    def rules(self) -> Evergreen:
        """Raises ValueError."""
        rest, runs, end = self.cool_down_days, self.max_runs, str(self.end)
        return Evergreen(cool_down_days=rest, max_runs=runs, season=self.season, end=end)


class _File(BaseModel):
    """The keys of a campaign file."""

    model_config = _STRICT
    about: str = Field(default="", max_length=300)
    rhythm: tuple[_Stretch, ...] = Field(min_length=1, max_length=60)
    posts: int | None = Field(default=None, ge=1, le=MOST_POSTS)
    start: date | None = None
    kinds: tuple[ExcerptKind, ...] = ()
    category: str = Field(default="", pattern=r"^[\w-]{0,40}$")
    templates: tuple[_Word, ...] = Field(default=(), max_length=20)
    calls: tuple[_Call, ...] = Field(default=(), max_length=20)
    late: LateRule | None = None
    evergreen: _Evergreen | None = None

    @model_validator(mode="after")
    def _ends(self) -> _File:
        if sum(stretch.weeks for stretch in self.rhythm) > MOST_WEEKS:
            raise ValueError(f"a campaign lasts at most {MOST_WEEKS} weeks")
        if self.posts is None and sum(one.weeks * one.posts_a_week for one in self.rhythm) > MOST_POSTS:
            raise ValueError(f"this rhythm has room for over {MOST_POSTS} posts of one article; name fewer as `posts`")
        return self


def read_campaigns(folders: Iterable[Path], *, templates: Collection[str], everybody: str) -> Campaigns:
    """Every campaign in `folders`; one in a later folder takes the place of its namesake. Cards have `templates`.

    Raises SettingsUnusable where there is no campaign `everybody`, which may be empty.
    """
    files = {path.stem: path for folder in folders for path in islice(sorted(folder.glob("*.toml")), MOST_FILES)}
    known: dict[str, Campaign] = {}
    broken: dict[str, str] = {}
    for name, path in files.items():
        try:
            known[name] = read_campaign(path, templates=templates)
        except SettingsUnusable as error:
            broken[name] = f"{error.message} ({error.place})"
    if everybody and everybody not in known:
        why = broken.get(everybody) or f"There is no campaign “{everybody}”."
        hint = f"There are {', '.join(sorted(known))}; leave it empty for none."
        raise SettingsUnusable(why, hint=hint, setting="CAMPAIGN")
    return Campaigns(known=known, broken=broken, everybody=everybody)


def read_campaign(path: Path, *, templates: Collection[str]) -> Campaign:
    """One file. Raises SettingsUnusable with file, line and key."""
    file = tomlfile.read(path, what="The campaign", hint=HINT)
    if not _NAME.fullmatch(path.stem) or path.stem == OUT:
        message = "A campaign's file is named with small letters, digits and dashes, and not `none`."
        raise SettingsUnusable(message, hint="Rename it: spring-offer.toml.", path=str(path))
    try:
        said = _File.model_validate(file.data)
    except ValidationError as error:
        raise _refusal(file, error) from None
    for template in said.templates:
        if template not in ("auto", *templates):
            known = ", ".join(("auto", *sorted(templates)))
            line = file.line_of(r"\s*templates\b")
            message = f"There is no card template “{template}”."
            raise SettingsUnusable(message, hint=f"There are {known}.", path=str(path), line=line, setting="templates")
    return Campaign(
        name=path.stem,
        about=said.about,
        rhythm=tuple(Stretch(weeks=one.weeks, posts_a_week=one.posts_a_week) for one in said.rhythm),
        posts=said.posts,
        start=said.start,
        kinds=said.kinds,
        category=said.category,
        templates=said.templates,
        calls=said.calls,
        late=said.late,
        evergreen=said.evergreen.rules() if said.evergreen else None,
    )


def _refusal(file: TomlFile, error: ValidationError) -> SettingsUnusable:
    first = error.errors(include_url=False)[0]
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    keys = [key for key in first["loc"] if isinstance(key, str)]
    if first["type"] == "extra_forbidden":
        message = f"there is no key “{keys[-1]}” here"
    elif first["type"] == "missing":
        message = f"the key “{keys[-1]}” is missing"
    sentence = f"{message[:1].upper()}{message[1:]}."
    return SettingsUnusable(
        sentence, hint=HINT, path=str(file.path), line=_line(file, first["loc"]), setting=".".join(keys)
    )


def _line(file: TomlFile, loc: tuple[Any, ...]) -> int | None:
    """Of the innermost key that stands in the file; of the n-th table where a list of tables is meant."""
    for depth in range(len(loc), 0, -1):
        key, above = loc[depth - 1], loc[depth - 2] if depth > 1 else None
        if isinstance(key, str):
            nth = above if isinstance(above, int) else 0
            line = file.line_of(rf"[\s\[]*(?:[\w-]+\.)*{re.escape(key)}\s*[\]=]", nth=nth)
            if line is not None:
                return line
    return None
