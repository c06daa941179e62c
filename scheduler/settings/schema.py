"""Every setting of a workspace: its kind, its default and its one-line meaning."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from scheduler.domain.composing import hashtag
from scheduler.domain.lateness import LateRule, late_rule
from scheduler.settings.fields import (
    BlockedDays,
    ClockTime,
    Day,
    Dollars,
    LinkRule,
    ListenAddress,
    Locale,
    Name,
    NotifyAddresses,
    PriceWords,
    QuietHours,
    Slots,
    WebAddress,
    Zone,
    calls_of,
)

PREFIX = "QUOTIDIAN_"


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
    jitter: int = Field(
        default=0, ge=0, le=120, description="Up to so many minutes earlier or later than a slot, another each day."
    )
    spacing: int = Field(default=0, ge=0, le=10_080, description="At least so many minutes between two posts.")
    quiet: QuietHours = Field(default="", description="When nothing goes out: `22:00-07:00`; separated by commas.")
    senders: int = Field(
        default=1,
        ge=1,
        le=32,
        description="So many posts are on their way at once where many are due; 1 keeps their order.",
    )
    link: LinkRule = Field(
        default="always",
        description="Which posts carry their link: `always`, `every:3`, `card` (only on the picture), or `never`.",
    )
    prices: PriceWords = Field(
        default="", description="Empty: what the network told; or `2026-04-20 post 0.015 link 0.20 alt 0.005`, …"
    )
    token_ends: Day = Field(default="", description="The day on which its keys end, such as 2027-05-03; empty: never.")
    monthly_cap: Dollars = Field(
        default=None, description="US dollars a month; what would go over it is held. Empty: no end."
    )


class Settings(BaseSettings):
    """A workspace's settings. Relative folders are inside the workspace."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__",
        env_file_encoding="utf-8-sig",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

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
        default="Book a visit:",
        max_length=600,
        description="The words before the booking link; several, with ; between, take turns when posts come again.",
    )
    evergreen_days: int = Field(
        default=14, ge=0, le=366, description="How many days ahead posts that come again take slots that are free."
    )
    hashtags: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Used when an article names none; separated by commas."
    )
    date_order: Literal["", "day first", "month first"] = Field(
        default="",
        description="How tables of posts mean 03/04/2026: `day first` or `month first`; empty: such dates are refused.",
    )
    approval: Approval = Field(
        default=Approval.REQUIRED,
        description="`required`: every post waits for a yes. `flagged`: only posts with something to confirm.",
    )
    blocked: BlockedDays = Field(
        default="", description="Days on which nothing goes out: `2026-12-24`, `12-24..01-02` every year; with commas."
    )
    calendar: str = Field(
        default="", max_length=200, description="An .ics file in the workspace; nothing goes out while an event lasts."
    )
    late: Annotated[LateRule, BeforeValidator(late_rule)] = Field(
        default=LateRule.CATCH_UP,
        description="A post over 15 minutes late: `catch up` within a day, `send`, `reslot`, `skip` or `ask`.",
    )
    feeds: Annotated[tuple[WebAddress, ...], NoDecode] = Field(
        default=(), description="RSS and Atom feeds whose new items become articles; separated by commas."
    )
    posts_per_article: int = Field(default=8, ge=1, le=50, description="At most so many posts from one article.")
    campaign: str = Field(
        default="",
        pattern=r"^([a-z0-9][a-z0-9-]{0,39})?$",
        description="What every article joins that names no campaign, such as `three-month-drip`; empty: none.",
    )
    channels: dict[Name, ChannelSettings] = Field(
        default={"folder": ChannelSettings()},
        description="Accounts, as many as you like: CHANNELS__NAME__NETWORK, __SLOTS, __LINK and __OPTIONS__KEY.",
    )
    notify: NotifyAddresses = Field(
        default=SecretStr(""),
        description="Who is told of what goes wrong: apprise addresses, with blanks between them.",
    )
    notify_digest: ClockTime = Field(
        default="", description="What isn't urgent waits for one message a day at this time, such as 08:00."
    )
    card_template: str = Field(
        default="auto",
        pattern=r"^[a-z0-9-]{1,40}$",
        description="`auto`: the one that suits each post; or a file in assets/templates/, without .toml.",
    )
    card_size: Literal["auto", "square", "landscape", "portrait", "story"] = Field(
        default="auto",
        description="`auto`: one that all channels show whole; or square, landscape, portrait or story.",
    )
    card_format: Literal["auto", "png", "jpg", "webp"] = Field(
        default="auto", description="`auto`: the one that suits the picture and all channels; or png, jpg or webp."
    )
    locale: Locale = Field(default="en", description="How dates are written on the dashboard: en_US, de, pt_BR.")
    dashboard: ListenAddress = Field(
        default="", description="Where the worker serves the dashboard, such as 127.0.0.1:8470; empty: nowhere."
    )
    dashboard_password: SecretStr = Field(
        default=SecretStr(""), description="Made by `quotidian dashboard --set-password`; needed beyond this machine."
    )
    dashboard_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Names under which a proxy serves the dashboard; separated by commas."
    )
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

    @field_validator("dashboard_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(dict.fromkeys(host.lower() for entry in value.split(",") if (host := entry.strip())))

    @field_validator("feeds", mode="before")
    @classmethod
    def _split_feeds(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(dict.fromkeys(address for entry in value.split(",") if (address := entry.strip())))

    @field_validator("call_to_action")
    @classmethod
    def _short_calls(cls, value: str) -> str:
        if any(len(call) > 80 for call in calls_of(value)):
            raise ValueError("a call to action has at most 80 characters")
        return value

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

    @property
    def calls(self) -> tuple[str, ...]:
        """The calls to action, the first one first."""
        return calls_of(self.call_to_action)

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
        return EnvSettingsSource(settings_cls, env_prefix=PREFIX), dotenv_settings
