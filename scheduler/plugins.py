"""Built-in and installed adapters by name; one is imported only when a setting or a file names it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from scheduler.domain.channel import Account, Measure
from scheduler.domain.errors import SettingsUnusable
from scheduler.ports import Publisher

CHANNELS = {"folder": "scheduler.channels.folder:open_folder", "x": "scheduler.channels.x:open_x"}
READERS = {
    ".docx": "scheduler.readers.docx:Docx",
    ".htm": "scheduler.readers.html:Html",
    ".html": "scheduler.readers.html:Html",
    ".xhtml": "scheduler.readers.html:Html",
    ".md": "scheduler.readers.markdown:Markdown",
    ".markdown": "scheduler.readers.markdown:Markdown",
    ".txt": "scheduler.readers.plaintext:PlainText",
}
LINKS = {
    Measure.WEIGHTED: "scheduler.domain.textlength:has_link",
    Measure.CHARACTERS: "scheduler.domain.links:has_link",
}
"""Which words of a text a network takes for a link, by the way in which it counts."""
MEASURES = {Measure.WEIGHTED: "scheduler.domain.textlength:weighted", Measure.CHARACTERS: "builtins:len"}


def channels() -> dict[str, str]:
    """Network name to `module:class`; installed ones come from the entry points `quotidian.channels`."""
    return {**CHANNELS, **_installed("quotidian.channels")}


def readers() -> dict[str, str]:
    """File suffix to `module:class`; installed ones from `quotidian.readers`, each named by its suffix without dot."""
    return READERS | {f".{name}": target for name, target in _installed("quotidian.readers").items()}


@cache
def _installed(group: str) -> Mapping[str, str]:
    """Looked for once: it reads a file of every package there is."""
    return {point.name: point.value for point in entry_points(group=group)}


def open_channel(network: str, account: Account) -> Publisher:
    """The publisher of an account. Raises SettingsUnusable, naming the networks that there are."""
    publisher: Publisher = _loaded(network, setting=f"CHANNELS__{account.name.upper()}__NETWORK")(account)
    return publisher


def wanted_options(network: str) -> Mapping[str, str]:
    """What an account of this network needs, by name, with what to ask for: `OPTIONS` of the channel's module.

    Raises SettingsUnusable, naming the networks that there are.
    """
    _loaded(network, setting="")
    module = importlib.import_module(channels()[network].partition(":")[0])
    options: Mapping[str, str] = getattr(module, "OPTIONS", {})
    return options


def _loaded(network: str, *, setting: str) -> Any:
    known = channels()
    if network not in known:
        hint = f"These are installed: {', '.join(sorted(known))}."
        raise SettingsUnusable(f"'{network}' is not a network that this program knows.", hint=hint, setting=setting)
    try:
        return load(known[network])
    except (ImportError, AttributeError) as error:
        raise SettingsUnusable(
            f"The network '{network}' can't be loaded: {error}.", hint="Install what it needs.", setting=setting
        ) from None


def load(target: str) -> Any:
    """The object that `module:name` names."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
