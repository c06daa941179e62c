"""How each account stands, told by what is known without asking its network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler import plugins
from scheduler.bootstrap import App
from scheduler.bootstrap.telling import token_ends
from scheduler.domain.errors import QuotidianError
from scheduler.domain.pause import Pause

SOON = timedelta(days=21)


class Standing(StrEnum):
    """The worst first: pages show those that need a person before the others."""

    BAD = "bad"
    CARE = "care"
    QUIET = "quiet"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One channel of the settings. `refusal` and `hint` say why it can't be opened; `ends` is when its login ends."""

    name: str
    network: str
    standing: Standing
    pause: Pause | None = None
    ends: datetime | None = None
    refusal: str = ""
    hint: str = ""
    missing: tuple[str, ...] = ()

    @property
    def needs_you(self) -> bool:
        """Whether somebody should act."""
        return self.standing in (Standing.BAD, Standing.CARE)


def accounts_of(app: App, *, now: datetime) -> list[Account]:
    """All of the settings, those that need a person first."""
    pauses, ends = app.store.pauses.all(), token_ends(app)
    found = [_account(app, name, pauses.get(name), ends.get(name), now) for name in app.settings.channels]
    return sorted(found, key=lambda one: list(Standing).index(one.standing))


def _account(app: App, name: str, pause: Pause | None, ends: datetime | None, now: datetime) -> Account:
    channel = app.settings.channels[name]
    refusal = hint = ""
    missing: tuple[str, ...] = ()
    try:
        missing = tuple(one for one in plugins.wanted_options(channel.network) if one not in channel.options)
        app.channels.publisher(name)
    except QuotidianError as error:
        refusal, hint = error.message, error.hint
    return Account(
        name=name,
        network=channel.network,
        standing=_standing(pause, ends, is_open=not refusal, now=now),
        pause=pause,
        ends=ends,
        refusal=refusal,
        hint=hint,
        missing=missing,
    )


def _standing(pause: Pause | None, ends: datetime | None, *, is_open: bool, now: datetime) -> Standing:
    if not is_open or (ends and ends <= now) or (pause and pause.by_network):
        return Standing.BAD
    if ends and ends - now <= SOON:
        return Standing.CARE
    return Standing.QUIET if pause else Standing.GOOD
