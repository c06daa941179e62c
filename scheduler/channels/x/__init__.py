"""X, through tweepy with the account's own keys (OAuth 1.0a)."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from scheduler.channels.x.api import Keys
from scheduler.channels.x.channel import X
from scheduler.domain.channel import Account
from scheduler.domain.errors import SettingsUnusable

__all__ = ["OPTIONS", "open_x"]

OPTIONS = {
    "api_key": "API key",
    "api_secret": "API key secret",
    "access_token": "Access token",
    "access_secret": "Access token secret",
}
"""What an account needs, with the names that X's developer portal gives it."""
SERVER = "server"


def open_x(account: Account) -> X:
    """An account on X. Raises SettingsUnusable for options that are missing or that X doesn't have.

    The option `server` sends everything to a stand-in on this machine instead.
    """
    options = account.options
    for name in options:
        if name not in OPTIONS and name != SERVER:
            raise _unusable(account, name, f"X has no option '{name}'.", f"It has {', '.join(OPTIONS)}.")
    for name, words in OPTIONS.items():
        if not options.get(name, "").strip():
            hint = f"Copy the {words} from the app's keys in X's developer portal."
            raise _unusable(account, name, f"X needs the {words}.", hint)
    server = options.get(SERVER, "")
    if server and not _is_here(server):
        raise _unusable(account, SERVER, "A stand-in for X can only be on this machine.", "Remove the line.")
    return X(Keys(**{name: options[name].strip() for name in OPTIONS}), server=server)


def _unusable(account: Account, option: str, sentence: str, hint: str) -> SettingsUnusable:
    setting = f"CHANNELS__{account.name.upper()}__OPTIONS__{option.upper()}"
    return SettingsUnusable(sentence, hint=hint, setting=setting)


def _is_here(address: str) -> bool:
    """Whether it is `http://` and a loopback address, with a port and nothing else."""
    try:
        parts = urlsplit(address)
        host = ipaddress.ip_address(parts.hostname or "")
        return (
            host.is_loopback and address == f"http://{parts.netloc}" and parts.port is not None and "@" not in address
        )
    except ValueError:
        return False
