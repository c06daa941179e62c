"""Every setting of a workspace, from its settings.env and QUOTIDIAN_… variables; the only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from scheduler import envfile
from scheduler.domain.composing import hashtag
from scheduler.domain.errors import SettingsUnusable, WorkspaceUnusable
from scheduler.domain.pricing import parse_link_rule
from scheduler.domain.slots import parse_slots

FILE = "settings.env"
PREFIX = "QUOTIDIAN_"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"'{name}' is not an IANA time zone; write for example Europe/Madrid") from None
    return name


def _web_address(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host or not re.fullmatch(r"https?://[^\s/@]+(/\S*)?|https?://[^\s/@]+\?\S*", url):
        raise ValueError(f"'{url}' is not a web address; write it whole, with https://")
    return url


def _slots(text: str) -> str:
    parse_slots(text)
    return text


def _name(name: str) -> str:
    if not re.fullmatch(r"[\w-]{1,40}", name):
        raise ValueError("a name has letters, digits, - and _ only, and at most 40 of them")
    return name


def _link_rule(text: str) -> str:
    parse_link_rule(text)
    return text


Zone = Annotated[str, AfterValidator(_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Slots = Annotated[str, AfterValidator(_slots)]
Name = Annotated[str, AfterValidator(_name)]


class Approval(StrEnum):
    """Which posts wait for a person. Findings to confirm wait under both."""

    REQUIRED = "required"
    FLAGGED = "flagged"


class ChannelSettings(BaseModel):
    """One account on one network."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(default="folder", description="The network; `folder` writes each post to a directory.")
    options: dict[str, SecretStr] = Field(
        default={}, description="What the network wants to know: CHANNELS__NAME__OPTIONS__KEY=value; never shown."
    )
    slots: Slots = Field(
        default="mon 08:30, wed 12:15, fri 16:30",
        description="When it publishes: `mon 08:30`, `weekdays 12:15`, `daily 18:00`, `every 5 minutes`.",
    )
    link: Annotated[str, AfterValidator(_link_rule)] = Field(
        default="always",
        description="Which posts carry their link: `always`, `every:3`, or `card`: only the address on the picture.",
    )


class Settings(BaseSettings):
    """A workspace's settings. Relative folders are inside the workspace."""

    model_config = SettingsConfigDict(env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True)

    brand: str = Field(
        default="",
        max_length=60,
        description="The business's name in the foot of a card, where brand.toml has neither name nor logo.",
    )
    time_zone: Zone = Field(default="Etc/UTC", description="The zone in which slots are meant, as an IANA name.")
    booking: dict[Name, WebAddress] = Field(
        default={"main": "https://example.com/book"},
        description="Where a post leads, one address an office: BOOKING__OFFICE=https://…; the first is the default.",
    )
    call_to_action: str = Field(
        default="Book a visit:", max_length=80, description="The words before the booking link."
    )
    hashtags: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Used when an article names none; separated by commas."
    )
    approval: Approval = Field(
        default=Approval.REQUIRED,
        description="`required`: every post waits for a yes. `flagged`: only posts with something to confirm.",
    )
    posts_per_article: int = Field(default=8, ge=1, le=50, description="At most so many posts from one article.")
    channels: dict[Name, ChannelSettings] = Field(
        default={"folder": ChannelSettings()},
        description="Accounts, as many as you like: CHANNELS__NAME__NETWORK, __SLOTS, __LINK and __OPTIONS__KEY.",
    )
    card_template: str = Field(
        default="editorial", pattern=r"^[a-z0-9-]{1,40}$", description="A file in assets/templates/, without .toml."
    )
    card_size: Literal["square", "landscape", "portrait", "story"] = Field(
        default="square", description="square, landscape, portrait or story."
    )
    card_format: Literal["png", "jpg", "webp"] = Field(default="png", description="png, jpg or webp.")
    posts_folder: Path = Field(default=Path("posts"), description="Where articles are dropped (in its articles/).")
    assets_folder: Path = Field(default=Path("assets"), description="Brand, card templates and claim rules.")
    var_folder: Path = Field(default=Path("var"), description="What the program makes: database, cards, outbox.")
    database_url: SecretStr = Field(
        default=SecretStr(""), description="An SQLite URL; empty: quotidian.db in the var folder."
    )

    @field_validator("hashtags", mode="before")
    @classmethod
    def _split_hashtags(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(tag for entry in value.split(",") if (tag := hashtag(entry)))

    @field_validator("booking", "channels")
    @classmethod
    def _at_least_one(cls, value: dict[str, object]) -> dict[str, object]:
        if not value:
            raise ValueError("at least one is needed")
        return value

    @field_validator("database_url")
    @classmethod
    def _sqlite_only(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith("sqlite:///"):
            raise ValueError("only SQLite is supported; write sqlite:///path/to/file.db or leave it empty")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Variables of the environment carry the prefix and win; the file's keys are plain."""
        file = dotenv_settings.env_file if isinstance(dotenv_settings, DotEnvSettingsSource) else None
        return (
            EnvSettingsSource(settings_cls, env_prefix=PREFIX),
            DotEnvSettingsSource(settings_cls, env_file=file, env_prefix="", env_file_encoding="utf-8-sig"),
        )


def load(workspace: Path, name: str = FILE) -> Settings:
    """The settings of a workspace, in its file of this name.

    Raises WorkspaceUnusable without the file, SettingsUnusable with place and hint.
    """
    file = workspace / name
    if not file.is_file():
        raise WorkspaceUnusable(f"There is no {FILE} in {workspace}.")
    try:
        envfile.check(file)
        return Settings(_env_file=file)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        raise _refusal(problems, file) from None
    except SettingsError as error:
        field = re.search(r'field "(\w+)"', str(error))
        key = field[1].upper() if field else "A setting"
        raise _unusable(f"{key} takes its values one a line, as {key}__NAME=value.", key, file) from None
    except UnicodeDecodeError:
        raise SettingsUnusable("The file is not UTF-8 text.", hint="Save it as UTF-8.", path=str(file)) from None
    except OSError as error:
        raise SettingsUnusable(f"The file can't be read: {error.strerror}.", path=str(file)) from None


def defaults() -> Settings:
    """The settings where there is no file."""
    return Settings(_env_file=None)


def _refusal(problems: list[ErrorDetails], file: Path) -> SettingsUnusable:
    first = problems[0]
    key = "__".join(str(part).upper() for part in first["loc"] if part != "[key]")
    sentence = _sentence(key, first)
    others = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    hint = _closest(key) if first["type"] == "extra_forbidden" else ""
    return _unusable(sentence + others, key, file, hint)


def _sentence(key: str, problem: ErrorDetails) -> str:
    if problem["type"] == "extra_forbidden":
        return f"{key} is not a setting."
    message = problem["msg"].removeprefix("Value error, ")
    if message.startswith("Input should"):
        return f"{key}{message.removeprefix('Input')}."
    return f"{key} is unusable: {message}."


def _closest(key: str) -> str:
    known = [name for name, _, _ in described()]
    match = get_close_matches(key, known, n=1, cutoff=0.6)
    return f"Did you mean {match[0]}?" if match else f"Remove it, or compare with {FILE}.example."


def _unusable(sentence: str, key: str, file: Path, hint: str = "") -> SettingsUnusable:
    """Laid to the variable of the environment where there is one, as it wins."""
    variable = f"{PREFIX}{key}"
    if any(name.upper().startswith(variable) for name in os.environ):
        return SettingsUnusable(sentence, hint=hint, path="the environment", setting=variable)
    return SettingsUnusable(sentence, hint=hint, path=str(file), line=_line_of(key, file), setting=key)


def _line_of(key: str, file: Path) -> int | None:
    lines = file.read_text("utf-8-sig").splitlines()
    for number, line in enumerate(lines, start=1):
        name = line.removeprefix("export ").split("=", 1)[0].strip().upper()
        if name == key or (name and key.startswith(name + "__")) or name.startswith(key + "__"):
            return number
    return None


def described() -> Iterator[tuple[str, str, str]]:
    """Every key of settings.env with its default as written there and its one-line meaning."""
    for name, field in Settings.model_fields.items():
        default = field.default
        if name == "channels":
            for inner, inner_field in ChannelSettings.model_fields.items():
                if inner != "options":
                    yield f"CHANNELS__FOLDER__{inner.upper()}", str(inner_field.default), inner_field.description or ""
        elif isinstance(default, dict):
            for key, value in default.items():
                yield f"{name.upper()}__{key.upper()}", str(value), field.description or ""
        else:
            yield name.upper(), _written(default), field.description or ""


def _written(default: object) -> str:
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return ", ".join(default) if isinstance(default, tuple) else str(default)


def example() -> str:
    """The text of settings.env.example."""
    head = (
        "# Quotidian's settings. Every line shows its default; change what you need.\n"
        f"# A variable of the environment with {PREFIX} before the name wins over this file.\n"
    )
    return head + "".join(f"\n# {meaning}\n{key}={value}\n" for key, value, meaning in described())
